"""With JavaScript off everything still works: it is comfort, never the only way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.opportunities.rules import VersionStatus
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import fill, mark, press, sees, write_interest
from tests.personas import PEOPLE
from tests.support.sites import Site


@pytest.fixture
def plain(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a browser that runs no script."""
    return lambda persona=None, **options: open_browser(persona, java_script_enabled=False, **options)


@pytest.mark.usefixtures("searchable")
@pytest.mark.parametrize("width", [360, 1280])
def test_search_and_filter(plain: Callable[..., Page], width: int) -> None:
    page = plain(width=width)
    page.goto("/peluang")
    page.get_by_role("searchbox").first.fill("spam")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url("**/peluang?q=spam*")
    sees(page, "SPAM Bitung")
    if width < 992:
        page.get_by_role("main").get_by_role("link", name="Saring", exact=True).click()
        page.wait_for_url("**/peluang/saring**")
        page.locator("#kelompok-skema > summary").click()
    page.locator("main form:visible input[name=skema][value=kpbu]").check()
    page.get_by_role("button", name=re.compile(r"^(Terapkan|Tampilkan \d.*)$")).locator(
        "visible=true"
    ).first.click()
    page.wait_for_url(re.compile(r"/peluang\?.*skema=kpbu"))
    sees(page, "SPAM Bitung")
    page.locator("main select[name=urut]").select_option(index=1)
    page.get_by_role("button", name="Urutkan").click()
    page.wait_for_url(re.compile(r"urut="))


def test_sign_in_and_send_an_interest(site: Site, plain: Callable[..., Page]) -> None:
    with site.writing():
        path = f"/peluang/{a_published_opportunity(title_id='Air tanpa skrip').slug}"
    page = plain(width=360)
    page.goto(path)
    page.get_by_role("link", name="Nyatakan minat").first.click()
    fill_sign_in(page, PEOPLE["startup"].email)
    page.wait_for_url("**/minat")
    press(page, "Kirim minat")
    sees(page, "perlu diperbaiki")
    write_interest(page, "Kami mengoperasikan dua instalasi serupa sejak 2019.", button="Kirim minat")
    sees(page, "Terkirim")
    page.locator(".tt-phone-menu > summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Keluar").locator("visible=true").click()
    page.goto("/dasbor")
    expect(page).to_have_url(re.compile("/masuk"))


def test_moderate(site: Site, plain: Callable[..., Page]) -> None:
    with site.writing():
        version = the_version(an_opportunity(review=VersionStatus.SUBMITTED)).id
    page = plain("moderator")
    page.goto(f"/moderasi/peluang/{version}")
    note = page.get_by_role("group", name="Masalah", exact=True).locator("textarea")
    expect(note).to_be_hidden()
    mark(page, "Masalah", "Sebut angkanya.")
    fill(page, reason="kembalikan:unclear")
    press(page, "Kembalikan untuk diperbaiki")
    sees(page, "Perlu perbaikan", "Sebut angkanya.")
