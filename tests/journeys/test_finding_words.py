"""A visitor's words: a slip is mended and said, what was found is marked, an empty answer has a way on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, sees
from tests.support.axe import violations_in_both


@pytest.mark.usefixtures("searchable")
def test_from_a_slip_to_the_listing_and_on_from_nothing(open_browser: Callable[..., Page]) -> None:
    page = open_browser(width=360)
    page.goto("/peluang")
    page.get_by_role("searchbox").first.fill("hopsital gorontalo")
    page.keyboard.press("Enter")
    sees(page, "Tidak ada yang memuat persis “hopsital gorontalo”", "KPBU RSUD dr. Hasri Ainun Habibie")
    expect(page.locator(".tt-snippet mark").first).to_have_text(re.compile("rumah sakit", re.IGNORECASE))
    assert violations_in_both(page) == []
    follow(page, "hospital gorontalo")
    page.wait_for_url("**/peluang?q=hospital+gorontalo")
    expect(page.locator(".tt-nudge")).to_have_count(0)
    page.goto("/peluang?q=hospital+gorontalo&skema=hibah&status=contoh")
    sees(page, "Belum ada peluang yang cocok")
    assert violations_in_both(page) == []
    page.get_by_role("link", name="Tanpa Hibah: 1 peluang").press("Enter")
    page.wait_for_url("**/peluang?q=hospital+gorontalo&status=contoh")
    sees(page, "KPBU RSUD dr. Hasri Ainun Habibie")
