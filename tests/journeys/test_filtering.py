"""Filters act at once where a script runs, and to the same end where none does."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import press
from tests.journeys.test_keyboard import tab_to


def count_of(page: Page) -> str:
    page.wait_for_load_state()
    found = re.match(r"[\d.]+ peluang cocok", page.locator("#hasil").inner_text())
    assert found is not None
    return found[0]


def shown(page: Page) -> tuple[str, list[str], list[str], list[str]]:
    """What the page says of the question: count, chips, ticked boxes and titles."""
    ticked = page.locator(".tt-filters :checked").evaluate_all("boxes => boxes.map(box => box.id)")
    titles = page.locator(".tt-card-title").all_inner_texts()
    return count_of(page), page.locator(".tt-chip-on").all_inner_texts(), ticked, titles


def choose(page: Page, box: str) -> None:
    """Ticks it by keyboard; the keyboard stays there, and the new count is said."""
    page.locator(f"#{box}").focus()
    page.keyboard.press("Space")
    name, value = box.removeprefix("saring-").split("-", 1)
    expect(page).to_have_url(re.compile(rf"[?&]{name}={value}(&|$)"))
    expect(page.locator(f"#{box}")).to_be_focused()
    expect(page.locator(f"#{box}")).to_be_checked()
    # The map says of where, too.
    expect(page.locator("#kabar")).to_have_text(re.compile(rf"(^|: ){re.escape(count_of(page))}$"))


@pytest.mark.usefixtures("searchable")
def test_filters_by_keyboard_with_and_without_a_script(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/peluang")
    everything = count_of(page)
    expect(page.get_by_role("button", name="Terapkan")).to_be_hidden()
    tab_to(page, page.locator("#saring-dimensi-smart-living"))
    choose(page, "saring-dimensi-smart-living")
    one = shown(page)
    assert one[0] != everything
    for fold in ("kbli", "mitra"):
        page.locator(f"#kelompok-{fold} > summary").focus()
        page.keyboard.press("Enter")
    choose(page, "saring-mitra-operator")
    expect(page.locator("#kelompok-kbli[open]")).to_be_visible()
    choose(page, "saring-daerah-71")
    expect(page.locator(".tt-branch #saring-daerah-71\\.72")).to_be_visible()
    expect(page.locator("#bahasa")).to_have_attribute("href", re.compile(r"daerah=71.*mitra=operator"))
    three, address = shown(page), page.url

    plain = open_browser(java_script_enabled=False)
    plain.goto(address)
    assert shown(plain) == three
    plain.goto("/peluang")
    for box in ("dimensi-smart-living", "daerah-71", "mitra-operator"):
        if not plain.locator(f"#saring-{box}").is_visible():
            plain.locator(f"details:has(> fieldset #saring-{box}) > summary").click()
        plain.locator(f"#saring-{box}").check()
    press(plain, "Terapkan")
    assert shown(plain) == three

    for box in ("#saring-daerah-71", "#saring-mitra-operator"):
        page.evaluate("history.back()")
        expect(page.locator(box)).not_to_be_checked()
    assert page.url.endswith("/peluang?dimensi=smart-living")
    assert shown(page) == one
    for box in ("#saring-mitra-operator", "#saring-daerah-71"):
        page.evaluate("history.forward()")
        expect(page.locator(box)).to_be_checked()
    assert (page.url, shown(page)) == (address, three)
    page.get_by_role("link", name="Lepas saringan Mitra: Operator").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#hasil")).to_be_focused()
    # The map says of where, too.
    expect(page.locator("#kabar")).to_have_text(re.compile(rf"(^|: ){re.escape(count_of(page))}$"))
    expect(page.locator("#saring-mitra-operator")).not_to_be_checked()
    page.get_by_role("link", name="Hapus semua").click()
    expect(page).to_have_url(re.compile(r"/peluang$"))
    assert count_of(page) == everything


@pytest.mark.usefixtures("searchable")
def test_the_sheet_of_a_phone_tells_what_its_button_shows(open_browser: Callable[..., Page]) -> None:
    page = open_browser(width=360)
    page.goto("/peluang")
    page.get_by_role("main").get_by_role("link", name="Saring", exact=True).click()
    expect(page.locator(".tt-group[open]")).to_have_count(0)
    button = page.get_by_role("button", name=re.compile(r"^Tampilkan \d"))
    expect(button).to_be_in_viewport(ratio=1)
    before = button.inner_text()
    page.locator("#kelompok-skema > summary").click()
    page.locator("#saring-skema-kpbu").check()
    expect(button).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"/peluang/saring\?skema=kpbu$"))
    page.locator("#kelompok-daerah > summary").click()
    for region in ("71", "71\\.72"):
        page.locator(f"#saring-daerah-{region}").check()
        expect(page).to_have_url(re.compile(rf"daerah={region}&"))
    page.locator("#saring-daerah-71").uncheck()
    expect(page).to_have_url(re.compile(r"/peluang/saring\?skema=kpbu$"))
    number = re.sub(r"\D", "", button.inner_text())
    button.click()
    expect(page).to_have_url(re.compile(r"/peluang\?skema=kpbu"))
    assert count_of(page) == f"{number} peluang cocok"
    page.evaluate("history.back()")
    expect(page.locator("#saring-skema-kpbu")).to_be_checked()
