"""Everything that a mouse reaches, the keyboard reaches, and it shows where it stands."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 120
# What tells an element with the focus from one without: an outline or a shadow on it, or on what is drawn for it.
SHOWN = """
() => {
  const drawn = one => {
    const style = getComputedStyle(one);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return outline || style.boxShadow !== 'none';
  };
  const here = document.activeElement;
  return drawn(here) || (here.closest('label') !== null && drawn(here.closest('label')));
}
"""


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the element has the focus, and sees that this shows."""
    element = target.element_handle()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement === one", element):
            assert page.evaluate(SHOWN), f"no visible focus on {target}"
            return
    pytest.fail(f"{target} is not reached by Tab")


def test_the_skip_link_leads_past_the_header(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/peluang")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "isi"


def test_the_menus_open_by_keyboard(open_browser: Callable[..., Page]) -> None:
    phone = open_browser(width=360)
    phone.goto("/")
    tab_to(phone, phone.locator(".tt-phone-menu > summary"))
    phone.keyboard.press("Enter")
    link = phone.locator(".tt-phone-menu nav").get_by_role("link", name="Daerah")
    tab_to(phone, link)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/daerah")
    page = open_browser("pemda_editor")
    page.goto("/dasbor")
    tab_to(page, page.locator(".tt-person > summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".tt-person").get_by_role("button", name="Keluar")).to_be_visible()


@pytest.mark.usefixtures("searchable")
def test_the_filters_work_by_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/peluang")
    box = page.locator("form.tt-filters input[name=skema][value=kpbu]")
    tab_to(page, box)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/peluang\?skema=kpbu"))


def test_the_switch_of_moderation_works_by_keyboard(
    open_browser: Callable[..., Page], world: dict[str, Any]
) -> None:
    page = open_browser("moderator")
    page.goto(f"/moderasi/peluang/{world['submitted_version']}")
    row = page.get_by_role("group", name="Masalah", exact=True)
    tab_to(page, row.locator("input[value=tidak]"))
    page.keyboard.press("ArrowRight")
    expect(row.locator("input[value=ya]")).to_be_checked()
    assert page.evaluate(SHOWN)
    tab_to(page, row.get_by_role("textbox"))
    page.keyboard.type("Sebut angkanya.")
    expect(row.get_by_role("textbox")).to_have_value("Sebut angkanya.")


def test_errors_take_the_focus_and_lead_to_their_fields(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/daftar")
    page.get_by_role("button", name="Buat akun").click()
    summary = page.locator(".tt-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.press("Enter")
    expect(page.locator("#name")).to_be_focused()
