"""The map by keyboard alone and without JavaScript: filter, province, kabupaten or kota, listing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import sees
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
