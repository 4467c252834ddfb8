"""Listings side by side: what is said, what is not, what differs; only what is public; the same cost for one and for four."""

from decimal import Decimal
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter


def address(*listings: Opportunity, prefix: str = "") -> str:
    return f"{prefix}/peluang/banding?" + "&".join(f"id={each.tail}" for each in listings)


def row(page: str, label: str) -> str:
    """The HTML of one criterion."""
    before, found, rest = page.partition(f'<th scope="row">{label}')
    assert found, label
    return before.rpartition("<tr")[2] + found + rest.partition("</tr>")[0]


def test_what_is_said_and_what_differs(session: Any, client: PageClient) -> None:
    first = a_published_opportunity(
        irr_percent=Decimal("15.69"), finance_source="Pra-FS 2025", must_haves_id=["Izin usaha", "Pernah mengelola"],
        must_haves_en=["A licence", "Experience"],
    )  # fmt: skip
    second = a_published_opportunity("madiun", title_id="Lampu jalan", value_amount=None, value_idr=None)
    page = client.get(address(first, second)).text
    assert "Bandingkan 2 peluang" in page
    irr = row(page, "IRR")
    assert "15,69%" in irr
    assert "Sumber: Pra-FS 2025" in irr
    assert irr.count("belum diisi") == 1
    assert "berbeda" in irr
    assert "tt-differs" not in row(page, "Skema kerja sama")
    assert "Kabupaten Madiun" in row(page, "Letak")
    assert row(page, "NPV").count("belum diisi pada semuanya") == 1
    assert "Rp0" not in page
    english = client.get(address(first, second, prefix="/en")).text
    assert "A licence" in row(english, "Must")
    assert "noindex" in page


def test_only_what_is_public_with_a_sentence_for_the_rest(session: Any, client: PageClient) -> None:
    shown = a_published_opportunity(title_id="Tampil")
    withdrawn = a_published_opportunity(title_id="Rahasia tarik", life=LifeStatus.WITHDRAWN)
    hidden = [an_opportunity(title_id="Rahasia draf"), withdrawn]
    page = client.get(address(shown, *hidden) + "&id=zzzzzz").text
    assert "Rahasia" not in page
    assert "3 peluang tidak dikenal atau tidak lagi tampil untuk umum" in page
    more = [a_published_opportunity(title_id=f"Lebih {number}") for number in range(5)]
    full = client.get(address(*more)).text
    assert "Bandingkan 4 peluang" in full
    assert "Lebih 4" not in full
    assert "1 yang dipilih terakhir" in full
    for odd in ("", "?id=", "?id=%F0%9F%98%80&id='--&id=" + "x" * 9000):
        assert client.get(f"/peluang/banding{odd}").status_code == 200


def test_an_example_stands_beside_a_listing(session: Any, client: PageClient) -> None:
    example = a_published_opportunity(
        origin=Origin.PUBLIC_EXAMPLE,
        life_values={"example_source_name": "Bisnis.com"},
        title_id="Contoh SPAM",
    )
    page = client.get(address(example, a_published_opportunity())).text
    assert "Sumber: Bisnis.com" in row(page, "Nilai investasi")
    assert "tidak dihitung untuk contoh" in row(page, "Kelengkapan")


@pytest.mark.parametrize("persona", ["visitor", "investor"])
def test_four_cost_what_one_costs(
    session: Any, client: PageClient, client_as: Any, count_queries: QueryCounter, persona: str
) -> None:
    listings = [a_published_opportunity(title_id=f"P {number}", now=clock.now()) for number in range(4)]
    ways = [address(*listings[:1]), address(*listings)]
    reader = client if persona == "visitor" else client_as(persona)
    reader.get(ways[1])
    numbers = []
    for way in ways:
        with count_queries() as counted:
            reader.get(way)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 4, counted.statements
