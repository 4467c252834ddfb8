"""The map by keyboard alone: filter, province, kabupaten or kota, listing without a script; with one it is drawn anew."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import sees
from tests.journeys.test_filtering import choose, count_of
from tests.journeys.test_keyboard import tab_to


@pytest.mark.usefixtures("searchable")
def test_the_map_leads_to_a_listing_by_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser(java_script_enabled=False)

    def go_on(role: str, name: str, address: str) -> None:
        """Tabs to the control and presses Enter."""
        tab_to(page, page.get_by_role("main").get_by_role(role, name=re.compile(name)).first)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(address))

    page.goto("/peluang")
    go_on("link", "^Lihat di peta$", r"/peluang/peta$")
    tab_to(page, page.locator("form.tt-filters input[name=skema][value=kpbu]"))
    page.keyboard.press("Space")
    go_on("button", "^Terapkan$", r"/peluang/peta\?.*skema=kpbu")
    go_on("link", "^Sulawesi Utara: ", r"/peluang/peta\?daerah=71&skema=kpbu$")
    sees(page, "Peta peluang: Sulawesi Utara", "Kota Bitung")
    go_on("link", "^Kota Bitung: ", r"/peluang\?daerah=71\.72&skema=kpbu$")
    page.get_by_role("main").get_by_role("link", name=re.compile("^SPAM Bitung")).first.press("Enter")
    page.wait_for_url(re.compile(r"/peluang/[a-z0-9-]+$"))
    sees(page, "SPAM Bitung", "Ringkasan dua halaman (PDF)")

    drawn_anew_at_each_choice(open_browser())


def drawn_anew_at_each_choice(page: Page) -> None:
    """With a script: the keyboard stays, the count is said, the address has it all, and Back undoes it."""
    page.goto("/peluang/peta?warna=nilai")
    everything = count_of(page)
    choose(page, "saring-daerah-71")
    assert count_of(page) != everything
    expect(page.get_by_role("heading", name="Peta peluang: Sulawesi Utara")).to_be_visible()
    assert page.url.endswith("/peluang/peta?daerah=71&warna=nilai")
    page.locator("#warna-jumlah").press("Enter")
    expect(page.locator("#warna-jumlah[aria-current]")).to_be_focused()
    assert page.url.endswith("/peluang/peta?daerah=71")
    page.evaluate("history.back()")
    expect(page.locator("#warna-nilai[aria-current]")).to_be_visible()
    assert page.url.endswith("/peluang/peta?daerah=71&warna=nilai")
    page.evaluate("history.back()")
    expect(page.locator("#saring-daerah-71")).not_to_be_checked()
    assert (page.url.rpartition("/")[2], count_of(page)) == ("peta?warna=nilai", everything)
    page.locator(".tt-map").get_by_role("link", name=re.compile("^Sulawesi Utara: ")).press("Enter")
    expect(page.locator("#hasil")).to_be_focused()
    assert page.title().startswith("Peta peluang: Sulawesi Utara")
    page.locator("#susun-nama").press("Enter")
    expect(page.locator("#susun-nama[aria-current]")).to_be_focused()
    assert page.url.endswith("/peluang/peta?daerah=71&warna=nilai&susun=nama")
