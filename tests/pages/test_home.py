"""The figures of the home page are counted, and only what is open and posted counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.rules import InterestStatus
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.pages.figures import OpenFigures, count_open, newest_examples
from marketplace.pages.queries import count_meetings
from marketplace.search.index import open_index
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

STATEMENTS_AT_MOST = 6


def an_example(**options: Any) -> Any:
    """A public example, published."""
    return a_published_opportunity(
        origin=Origin.PUBLIC_EXAMPLE,
        closes_on=None,
        life_values={
            "example_source_name": "Bisnis.com",
            "example_year": 2099,
            "closes_on": None,
            "closes_at": None,
        },
        **options,
    )


def figures_now() -> OpenFigures:
    return replace(count_open(open_index().view(), clock.now(), 1), newest=())


def circles(page: str) -> str:
    """What the drawing of the two circles tells a screen reader."""
    return str(html.fromstring(page.encode()).xpath("//svg[contains(@class, 'tt-circles')]/@aria-label")[0])


def titles_under(page: str, heading: str) -> list[str]:
    tree = html.fromstring(page.encode())
    cards = tree.xpath(f"//section[@aria-labelledby='{heading}']//*[contains(@class, 'tt-card-title')]")
    return [card.text_content().strip() for card in cards]


@pytest.fixture(autouse=True)
def _indexed(index_now: Callable[[], int]) -> None:
    index_now()


def test_nothing_open_is_said_plainly(client: PageClient, session: Any) -> None:
    page = client.get("/").text
    assert circles(page).startswith("0 peluang terbuka, belum ada;")
    assert "Belum ada peluang terbuka" in page
    assert 'id="baru-terbit"' not in page


def test_open_listings_are_counted_by_province_dimension_and_sector(index_now: Callable[[], int]) -> None:
    a_published_opportunity("bitung")
    a_published_opportunity("bitung", value_amount=None, value_idr=None)
    a_published_opportunity("madiun", dimension_code="smart-environment", sector_code="waste")
    index_now()
    assert figures_now() == OpenFigures(
        listings=3,
        regions=2,
        valued=2,
        value_idr=500_000_000_000,
        by_province={"71": 2, "35": 1},
        by_dimension={"smart-living": 2, "smart-environment": 1},
        by_sector={"water-supply": 2, "waste": 1},
    )


@pytest.mark.parametrize("life", [LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND, LifeStatus.NO_PARTNER])
def test_what_is_over_is_not_counted(index_now: Callable[[], int], life: LifeStatus) -> None:
    a_published_opportunity(life=life, closes_on=date(2026, 1, 31))
    index_now()
    assert figures_now().listings == 0


def test_drafts_past_deadlines_and_examples_are_not_counted(index_now: Callable[[], int]) -> None:
    an_opportunity()
    a_published_opportunity(closes_on=date(2026, 1, 31))
    an_example()
    index_now()
    assert figures_now() == OpenFigures()


def test_figures_of_the_page_change_with_the_rows(client: PageClient, index_now: Callable[[], int]) -> None:
    a_published_opportunity("bitung")
    an_example()
    index_now()
    before = client.get("/").text
    a_published_opportunity("madiun")
    index_now()
    after = client.get("/").text
    assert circles(before).startswith("1 peluang terbuka dari 1 daerah; 0 bertemu;")
    assert circles(after).startswith("2 peluang terbuka dari 2 daerah; 0 bertemu;")
    assert "Rp250 miliar" in before
    assert "Rp500 miliar" in after


def test_introductions_and_verified_partners_are_counted(session: Any) -> None:
    before = count_meetings()
    for status, partner in (
        (CollaborationStatus.EXPLORING, "investor"),
        (CollaborationStatus.REFUSED, "startup"),
    ):
        interest = an_interest(partner=partner, status=InterestStatus.ACCEPTED)
        db.session.add(Collaboration(interest_id=interest.id, status=status, decided_at=clock.now()))
    db.session.flush()
    after = count_meetings()
    assert after.introduced == before.introduced + 1
    # Of the personas, two partners and three governments are verified; one of each is not.
    assert (after.partners, after.governments) == (2, 3)


def test_examples_fill_what_fresh_listings_leave_free(
    client: PageClient, index_now: Callable[[], int]
) -> None:
    for number in range(3):
        a_published_opportunity(title_id=f"Peluang nomor {number}")
    an_example(title_id="Contoh dari berita")
    index_now()
    page = client.get("/").text
    assert titles_under(page, "baru-terbit") == ["Peluang nomor 2", "Peluang nomor 1", "Peluang nomor 0"]
    assert "Contoh dari berita" in titles_under(page, "contoh-publik")


def test_of_the_newest_no_more_than_asked_for(index_now: Callable[[], int]) -> None:
    numbers = [a_published_opportunity().id for _ in range(4)]
    example = an_example()
    index_now()
    view = open_index().view()
    assert list(count_open(view, clock.now(), 3).newest) == numbers[:0:-1]
    assert newest_examples(view, clock.now(), 0) == []
    assert newest_examples(view, clock.now(), 1) == [example.id]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_statements_do_not_grow_with_the_listings(
    client: PageClient, index_now: Callable[[], int], count_queries: QueryCounter, prefix: str
) -> None:
    client.get(f"{prefix}/")
    numbers = []
    for more in (3, 27):
        for _ in range(more):
            a_published_opportunity()
        index_now()
        with count_queries() as counted:
            client.get(f"{prefix}/")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= STATEMENTS_AT_MOST


def test_links_lead_to_what_was_counted(client: PageClient, index_now: Callable[[], int]) -> None:
    a_published_opportunity("bitung")
    index_now()
    tree = html.fromstring(client.get("/en/").data)
    links = set(tree.xpath("//main//a/@href"))
    assert {
        "/en/peluang?daerah=71&status=terbuka",
        "/en/peluang?sektor=water-supply&status=terbuka",
        "/en/peluang?dimensi=smart-living&status=terbuka",
    } <= links


def test_start_leads_to_registration_or_to_ones_own_desk(client: PageClient, client_as: Any) -> None:
    def starts(page: str) -> set[str]:
        return set(html.fromstring(page.encode()).xpath("//*[contains(@class, 'tt-invite')]//a/@href"))

    assert starts(client.get("/").text) == {"/daftar"}
    assert starts(client_as("pemda_editor").get("/").text) == {"/dasbor"}
