"""LAIP looks after those whom suggestions pass by, and brings two together under its name."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.models import HandSuggestion
from marketplace.matching.rules import THIN_BELOW
from marketplace.matching.settings import Factor
from marketplace.moderation.suggestion_rules import unsaid_of_listing, unsaid_of_partner
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.rules import LifeStatus
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.factories.suggestions import a_list
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
WHY = "Keduanya bertemu di forum kota cerdas bulan lalu."


def test_what_is_unsaid_is_named() -> None:
    everything = [
        Factor.SECTOR,
        Factor.VALUE,
        Factor.SCHEME,
        Factor.READINESS,
        Factor.KIND,
        Factor.CAPABILITY,
    ]
    assert unsaid_of_listing(Listing(1, "71")) == everything
    whole = Listing(
        1, "71", sector="water", schemes=frozenset({"kpbu"}), amount_idr=1, rung=2, partner_kinds=frozenset({"bumn"}),
        capabilities=frozenset({"fund"}),
    )  # fmt: skip
    assert unsaid_of_listing(whole) == []
    everything = [
        Factor.SECTOR,
        Factor.VALUE,
        Factor.SCHEME,
        Factor.CAPABILITY,
        Factor.EXPERIENCE,
        Factor.TEXT,
    ]
    assert unsaid_of_partner(Partner(1)) == everything
    some = frozenset({"x"})
    told = Partner(
        1, sectors=some, largest_idr=5, schemes=some, capabilities=some, records=1, terms=(("air", 1.0),)
    )
    assert unsaid_of_partner(told) == []


def test_thin_listings_are_open_ones_the_fewest_fits_first(session: Any, client_as: ClientAs) -> None:
    startup = an_organisation_id("startup")
    few = a_published_opportunity(title_id="Sedikit calon", sector_code=None)
    none = a_published_opportunity(title_id="Tanpa calon")
    many = a_published_opportunity(title_id="Banyak calon")
    gone = a_published_opportunity(title_id="Sudah ditarik", life=LifeStatus.WITHDRAWN)
    a_list(Side.LISTING, few.id, [(startup, 900_000)])
    a_list(Side.LISTING, none.id, [(startup, 100_000)])
    a_list(Side.LISTING, many.id, [(startup, 900_000)] * THIN_BELOW)
    a_list(Side.LISTING, gone.id, [])
    page = client_as("moderator").get("/moderasi/saran").text
    assert page.index("Tanpa calon") < page.index("Sedikit calon")
    assert "Banyak calon" not in page
    assert "Sudah ditarik" not in page
    assert "Sektor peluang" in page
    assert f"/moderasi/saran/tulis?peluang={few.id}" in page


def test_partners_in_nobodys_list(session: Any, client_as: ClientAs) -> None:
    a_list(Side.PARTNER, an_organisation_id("investor"), [])
    a_list(Side.PARTNER, an_organisation_id("new_partner"), [])
    page = client_as("moderator").get("/moderasi/saran/mitra").text
    assert "PT Tirta Uji" in page
    assert "PT Baru Uji" not in page
    assert "Rekam jejak mitra" in page


def test_a_suggestion_by_hand_says_who_made_it(session: Any, client_as: ClientAs) -> None:
    listing, investor = a_published_opportunity(title_id="Pasar Girian"), an_organisation_id("investor")
    a_list(Side.LISTING, listing.id, [])
    browser = client_as("moderator")
    path = "/moderasi/saran/tulis"
    assert f"{path}?peluang={listing.id}" in browser.get(f"{path}?q=girian").text
    assert f"mitra={investor}" in browser.get(f"{path}?peluang={listing.id}&q=tirta").text
    chosen = f"{path}?peluang={listing.id}&mitra={investor}"
    assert browser.submit(chosen, {"words": "Cocok"}).status_code == 422
    assert browser.submit(chosen, {"words": WHY}).location == "/moderasi/saran"
    made = session.scalars(select(HandSuggestion)).one()
    assert (made.opportunity_id, made.organisation_id, made.words) == (listing.id, investor, WHY)
    assert session.scalars(select(NoticeRow.kind)).all() == ["match_suggested"] * 2
    again = browser.get(chosen).text
    assert "Maya Lestari" in again
    assert 'name="words"' not in again
    page = client_as("pemda_editor").get(f"/dasbor/peluang/{listing.id}/calon-mitra").text
    assert "Maya Lestari" in page
    assert WHY in page


@pytest.mark.parametrize("address", ["?peluang=abc&mitra=1", "?peluang=99999999", "?mitra=-1", "?q=%25%27"])
def test_made_up_choices_lead_back_to_choosing(client_as: ClientAs, address: str) -> None:
    assert client_as("moderator").get(f"/moderasi/saran/tulis{address}").status_code == 200
