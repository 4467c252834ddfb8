"""Figures by region against a plain count in Python."""

from pathlib import Path

import pytest

from marketplace.search.finding import find
from marketplace.search.index import OpenIndex
from marketplace.search.places import Figures, Spread, spread
from marketplace.search.query import SearchRequest
from marketplace.search.schema import Document, Facet
from tests.search.documents import NOW, build, corpus, home_in

LISTINGS = corpus(700, seed=5)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    return build(home_in(tmp_path_factory.mktemp("places")), LISTINGS)


def ask(index: OpenIndex, **chosen: tuple[str, ...]) -> Spread:
    view = index.view()
    request = SearchRequest(NOW, chosen={Facet(facet): values for facet, values in chosen.items()})
    codes = view.sets.group(Facet.REGION)
    return spread(view, find(view, request).wanted.listings(view), codes)


def plain(listings: list[Document]) -> Figures:
    values = [listing.value_idr for listing in listings if listing.value_idr is not None]
    return Figures(len(listings), sum(values), len(values))


def places(listing: Document) -> set[str]:
    return {*listing.regions, *(code[:2] for code in listing.regions)}


@pytest.mark.parametrize("scheme,regions", [((), ()), (("kpbu",), ()), (("kpbu",), ("33", "32.01"))])
def test_each_region_has_what_a_plain_count_finds(
    index: OpenIndex, scheme: tuple[str, ...], regions: tuple[str, ...]
) -> None:
    found = ask(index, scheme=scheme, region=regions)
    hits = [
        listing
        for listing in LISTINGS
        if (not scheme or {*scheme} & {*listing.schemes}) and (not regions or {*regions} & places(listing))
    ]
    assert found.total == plain(hits)
    assert set(found.of) == set(found.counts) == {code for listing in hits for code in places(listing)}
    for code, figures in found.of.items():
        assert figures == plain([listing for listing in hits if code in places(listing)])
        assert found.counts[code] == figures.count


def test_what_is_of_the_whole_province_is_in_none_of_its_parts(index: OpenIndex) -> None:
    whole = [listing for listing in LISTINGS if listing.regions == ("32",)]
    assert whole
    assert ask(index).alone["32"] == plain(whole)


def test_no_listing_gives_no_figures(tmp_path: Path) -> None:
    assert ask(build(home_in(tmp_path), [])) == Spread()
