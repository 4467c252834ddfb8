"""A partner's own list: reasons, putting one aside, taking that back, taking no part; and the fit beside a listing."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from marketplace.changes.models import Change
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.matching import queries, taking_part
from marketplace.matching.factors import Side
from marketplace.matching.models import Dismissal, HandSuggestion, MatchModel
from marketplace.matching.settings import Factor, Settings
from marketplace.matching.wording import Told, tell
from marketplace.organisations.models import Member
from marketplace.partners.models import PartnerProfile
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.factories.suggestions import a_list, a_model
from tests.personas import actor
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

LIST = "/dasbor/cocok"
Browser = Callable[[str], PageClient]


def suggest(number: int, partner: str = "investor") -> list[Any]:
    """So many listings in the partner's list, best first."""
    made = [a_published_opportunity(title_id=f"Instalasi {n}", title_en="") for n in range(1, number + 1)]
    rows = [(listing.id, 900_000 - place) for place, listing in enumerate(made)]
    a_list(Side.PARTNER, an_organisation_id(partner), rows)
    return made


def test_reasons_what_is_against_and_what_is_missing(client_as: Browser) -> None:
    (listing,) = suggest(1)
    partner = an_organisation_id("investor")
    db.session.execute(
        update(PartnerProfile)
        .where(PartnerProfile.organisation_id == partner)
        .values(ticket_min_idr=None, ticket_max_idr=20_000_000_000)
    )
    page = client_as("investor").get(LIST).text
    assert "Sektor sama" in page
    assert "Air minum dan air baku ada di profil mitra." in page
    assert "Di atas kisaran nilai" in page
    assert "mitra mencari sampai Rp20 miliar" in page
    assert f'href="/dasbor/organisasi/{partner}/rekam-jejak"' in page
    assert " dari 100</span>" in page
    english = client_as("investor").get(f"/en{LIST}").text
    assert "Same sector" in english
    assert "Rp20 billion" in english
    # An editor may put aside, but not change the profile.
    assert "rekam-jejak" not in client_as("investor_editor").get(LIST).text
    assert listing.slug in page


def test_put_aside_at_once_taken_back_and_pressed_twice(client_as: Browser) -> None:
    first, second = suggest(2)
    browser, other_tab = client_as("investor"), client_as("investor_editor")
    form = f"{LIST}/{first.id}/lewati"
    wrong = browser.submit(form, {"words": "tanpa alasan"})
    assert (wrong.status_code, "tanpa alasan" in wrong.text, "Pilih alasannya" in wrong.text) == (
        422,
        True,
        True,
    )
    for tab in (browser, other_tab):
        assert tab.submit(form, {"reason": "size", "words": "Terlalu besar."}).status_code == 302
    assert db.session.query(Dismissal).count() == 1
    page = other_tab.get(LIST).text
    above, _, aside = page.partition('id="disisihkan"')
    assert first.slug not in above
    assert second.slug in above
    assert first.slug in aside
    assert "Terlalu besar." in aside
    for _press in range(2):
        assert browser.submit(f"{LIST}/{first.id}/kembali", on=LIST).status_code == 302
    assert first.slug in browser.get(LIST).text
    assert 'id="disisihkan"' not in browser.get(LIST).text
    # Nobody else learns of it, and nobody else can.
    assert client_as("pemda_owner").get(LIST).status_code == 404
    assert client_as("startup").get(form).status_code == 200


def test_a_viewer_reads_and_does_nothing(client_as: Browser) -> None:
    (listing,) = suggest(1)
    me = actor(db.session.connection(), "investor_editor").user_id
    db.session.execute(update(Member).where(Member.user_id == me).values(role="viewer"))
    viewer = client_as("investor_editor")
    page = viewer.get(LIST).text
    assert listing.slug in page
    assert "lewati" not in page
    assert "rekam-jejak" not in page
    assert viewer.get(f"{LIST}/{listing.id}/lewati").status_code == 403
    for path in (
        f"{LIST}/{listing.id}/lewati",
        f"{LIST}/{listing.id}/kembali",
        f"{LIST}/keluar",
        f"{LIST}/ikut",
    ):
        assert viewer.submit(path, {"reason": "size"}, on=LIST).status_code == 403, path


def test_by_hand_stands_first_under_its_makers_name(client_as: Browser) -> None:
    suggest(2)
    named = a_published_opportunity(title_id="Pasar ikan Girian")
    maker = actor(db.session.connection(), "moderator").user_id
    db.session.add(
        HandSuggestion(
            opportunity_id=named.id, organisation_id=an_organisation_id("investor"), made_by=maker,
            words="Pernah membangun pasar serupa.", made_at=clock.now(),
        )
    )  # fmt: skip
    for path in (LIST, "/dasbor"):
        page = client_as("investor").get(path).text
        assert page.index("Pasar ikan Girian") < page.index("Instalasi 1")
        assert "oleh Maya Lestari" in page
    assert "Pernah membangun pasar serupa." in client_as("investor").get(LIST).text


def test_lists_cost_the_same_with_more_rows(client_as: Browser, count_queries: QueryCounter) -> None:
    browser, numbers = client_as("investor"), []
    made = suggest(20)
    rows = [(listing.id, 900_000) for listing in made]
    for size in (3, 20):
        a_list(Side.PARTNER, an_organisation_id("investor"), rows[:size])
        numbers.append([])
        for path in (LIST, "/dasbor"):
            browser.get(path)
            with count_queries() as counted:
                page = browser.get(path).text
            numbers[-1].append(counted.number)
            assert page.count("tt-fit-line") == min(size, 3 if path == "/dasbor" else 20)
    assert numbers[0] == numbers[1], numbers


def test_before_there_is_anything(client_as: Browser) -> None:
    assert "Saran sedang disiapkan" in client_as("investor").get(LIST).text
    a_model()
    assert "Belum ada saran" in client_as("investor").get(LIST).text
    assert "Saran menunggu verifikasi" in client_as("new_partner").get(LIST).text
    assert client_as("investor").get("/dasbor").status_code == 200


def test_who_takes_no_part_is_in_no_list(client_as: Browser) -> None:
    (listing,) = suggest(1)
    partner, owner = an_organisation_id("investor"), client_as("investor")
    a_list(Side.LISTING, listing.id, [(partner, 900_000)])
    for _press in range(2):
        assert owner.submit(f"{LIST}/keluar", on=LIST).status_code == 302
    assert queries.list_for_listing(listing.id, now=clock.now()).rows == []
    assert queries.list_for_partner(partner, now=clock.now()).rows == []
    assert "tidak ikut pencocokan" in owner.get(LIST).text
    assert db.session.scalar(select(Change.object_id).where(Change.kind == "organisation")) == partner
    taking_part.choose(
        partner, takes_part=True, actor=actor(db.session.connection(), "investor"), now=clock.now()
    )
    assert len(queries.list_for_listing(listing.id, now=clock.now()).rows) == 1


def test_the_fit_stands_beside_a_listing_for_partners_only(client_as: Browser, client: PageClient) -> None:
    (listing,) = suggest(1)
    path = f"/peluang/{listing.slug}"
    partner = an_organisation_id("investor")
    for reader, sees in (
        ("investor", True),
        ("new_partner", False),
        ("pemda_owner", False),
        ("moderator", False),
    ):
        page = client_as(reader).get(path).text
        assert ("Sektor sama" in page) is sees, reader
    assert "Sektor sama" not in client.get(path).text
    assert "Sektor sama" not in client.get(path).text, "the kept page"
    page = client_as("investor").get(path).text
    assert f'href="/dasbor/organisasi/{partner}/rekam-jejak"' in page
    assert "Nyatakan minat" in page
    assert "Sektor sama" in client_as("investor").get(f"{path}/minat").text


def test_a_project_added_with_its_sector_closes_the_gap_and_counts(client_as: Browser) -> None:
    (listing,) = suggest(1)
    partner = an_organisation_id("investor")

    def told() -> Told:
        facts = queries.pair(listing.id, partner, now=clock.now())
        assert facts is not None
        return tell(facts, "id")

    before = told()
    assert "records" in {gap.place for gap in before.gaps}
    project = {"title": "SPAM Umbulan", "evidence_words": "Berita acara.", "sector_code": "water-supply"}
    assert (
        client_as("investor").submit(f"/dasbor/organisasi/{partner}/rekam-jejak", project).status_code == 302
    )
    after = told()
    assert "records" not in {gap.place for gap in after.gaps}
    assert "Berpengalaman di sektor ini" in {str(point.title) for point in after.reasons}
    assert before.percent is not None
    assert (after.percent or 0) > before.percent


@pytest.mark.parametrize(
    "prefix, words, weight",
    [("", "Bagaimana saran dibuat", "Bobot"), ("/en", "How suggestions are made", "Weight")],
)
def test_the_guide_says_what_the_lists_are_made_with(
    client: PageClient, prefix: str, words: str, weight: str
) -> None:
    number = a_model()
    usual = Settings().for_partner
    moved = {Factor.SECTOR: usual[Factor.SECTOR] + 1, Factor.TEXT: usual[Factor.TEXT] - 1}
    weights = usual | moved
    db.session.execute(
        update(MatchModel)
        .where(MatchModel.id == number)
        .values(settings=Settings(for_partner=weights, exposure=7, shown=13).as_json())
    )
    page = client.get(f"{prefix}/bantuan/saran").text
    assert words in page
    assert all(f'data-l="{weight}">{share}%</td>' in page for share in moved.values())
    assert {"": "lebih dari 7 kali", "/en": "more than 7 times"}[prefix] in page
    assert {"": "paling banyak 13 saran", "/en": "at most 13 suggestions"}[prefix] in page
