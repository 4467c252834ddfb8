"""A partner fills its profile, reads why a listing fits, adds the fact that was missing and sees the list change."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import update

from marketplace.changes import actions as changes
from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.matching.lists.refreshing import RefreshRuns, refresh
from marketplace.partners.models import PartnerProfile
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.journeys.steps import fill, follow, press, sees
from tests.support.axe import list_violations
from tests.support.sites import Site

LIGHTS, HARBOUR = "Lampu jalan bertenaga surya Lembeh", "Dermaga apung wisata Lembeh"
LIST = "/dasbor/cocok"


@pytest.fixture
def partner(site: Site) -> int:
    """A partner whose profile says next to nothing, two listings, and lists made of what there is."""
    with site.application().app_context():
        number = an_organisation_id("startup")
        bare = {
            "sector_codes": [],
            "scheme_codes": [],
            "region_codes": [],
            "about_id": "",
            "nib": "9120001234567",
        }
        db.session.execute(
            update(PartnerProfile).where(PartnerProfile.organisation_id == number).values(bare)
        )
        for title, sector in ((LIGHTS, "street-lighting"), (HARBOUR, "tourism-ticketing")):
            listing = a_published_opportunity(
                title_id=title, title_en="", summary_id=title, sector_code=sector, partner_kinds=["startup"]
            )
            changes.record("opportunity", listing.id)
        changes.record("organisation", number)
        db.session.commit()
        try:
            refresh()
        except RefreshRuns:
            # The site's own worker is at it.
            db.session.rollback()
        db.session.remove()
        close_connections(db)
    return number


def until(page: Page, change: Callable[[], bool]) -> None:
    """Looks again until the worker has followed the change."""
    patience = time.monotonic() + 60
    while page.goto(LIST) and not change():
        assert time.monotonic() < patience, page.locator("main").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator(".tt-suggested .tt-card-title").all_inner_texts()


def test_profile_to_reasons_to_the_missing_fact(
    site: Site, partner: int, open_browser: Callable[..., Page]
) -> None:
    page = open_browser("startup", width=360)
    page.goto(f"/dasbor/organisasi/{partner}/mitra")
    fill(
        page, about_id="Kami memasang lampu jalan bertenaga surya di pesisir.", ticket_max="Rp900 miliar",
        statement="Kepala pengembangan usaha.",
    )  # fmt: skip
    press(page, "Simpan")
    page.wait_for_url(f"**/dasbor/organisasi/{partner}")
    until(page, lambda: {LIGHTS, HARBOUR} <= set(titles(page)))
    first = page.locator(".tt-suggested > li", has_text=LIGHTS)
    assert "Jenis mitra dicari" in first.inner_text()
    assert "Sektor mitra" in first.inner_text()
    before = number_of(first.inner_text())
    assert list_violations(page, "light") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    first.get_by_role("link", name="Pilih sektor").click()
    page.wait_for_url(f"**/dasbor/organisasi/{partner}/mitra#sector_codes")
    page.get_by_role("checkbox", name="Penerangan jalan").check()
    press(page, "Simpan")
    until(page, lambda: "Sektor sama" in page.locator(".tt-suggested > li", has_text=LIGHTS).inner_text())
    # Reasons are read from the profile at once; the order of the list follows.
    until(page, lambda: titles(page).index(LIGHTS) < titles(page).index(HARBOUR))
    assert number_of(page.locator(".tt-suggested > li", has_text=LIGHTS).inner_text()) > before
    assert "Sektor lain" in page.locator(".tt-suggested > li", has_text=HARBOUR).inner_text()

    page.locator(".tt-suggested > li", has_text=HARBOUR).get_by_role("link", name="Tidak cocok").click()
    page.get_by_role("radio", name="Bukan bidang kami").check()
    press(page, "Sisihkan")
    assert HARBOUR not in titles(page)
    press(page, f"Kembalikan {HARBOUR}")
    assert HARBOUR in titles(page)
    follow(page, "Baca peluang")
    sees(page, "Nyatakan minat")


def number_of(text: str) -> int:
    """The fit as it is written: "64 dari 100"."""
    return int(text.partition(" dari 100")[0].split()[-1])
