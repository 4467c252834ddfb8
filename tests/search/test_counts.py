"""Hits, order and counts against a plain count in Python, on questions with several values a filter."""

import random
from functools import cache
from pathlib import Path

import pytest

from marketplace.core.dates import HOME_ZONE, days_left, end_of_day, local_day
from marketplace.search.counts import SHOWN
from marketplace.search.finding import find
from marketplace.search.index import OpenIndex
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.schema import NO_DEADLINE, Document, Facet, Status
from marketplace.search.windows import DAYS
from tests.search.documents import NOW, ZONES, build, corpus, home_in

LISTINGS = corpus(700, seed=11)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    return build(home_in(tmp_path_factory.mktemp("counts")), LISTINGS)


def _status(listing: Document) -> Status:
    if listing.example:
        return Status.EXAMPLE
    return Status.CLOSED if listing.closes_at and listing.closes_at <= NOW else Status.OPEN


@cache
def _having(facet: Facet) -> dict[str, set[int]]:
    """By value, the ids of the listings that have it."""
    found: dict[str, set[int]] = {}
    for listing in LISTINGS:
        for value in _values(listing, facet):
            found.setdefault(value, set()).add(listing.id)
    return found


@cache
def _saying(word: str) -> set[int]:
    return {listing.id for listing in LISTINGS if word in f"{listing.title} {listing.body}".split()}


def _values(listing: Document, facet: Facet) -> set[str]:
    if facet is Facet.REGION:
        return set(listing.regions) | {code[:2] for code in listing.regions}
    if facet is Facet.READINESS:
        return {str(rung) for rung in range(1, max(listing.readiness, 1) + 1)}
    if facet is Facet.DEADLINE:
        return _windows(listing)
    if facet is Facet.POSTED:
        today, posted = local_day(NOW, HOME_ZONE), local_day(listing.published_at, HOME_ZONE)
        return {str(days) for days in DAYS if (today - posted).days <= days}
    simple = {
        Facet.DIMENSION: {listing.dimension},
        Facet.SECTOR: {listing.sector},
        Facet.SCHEME: set(listing.schemes),
        Facet.KBLI: set(listing.kbli),
        Facet.PARTNER: set(listing.partners),
        Facet.COHORT: set(listing.cohorts),
        Facet.CLUSTER: set(listing.clusters),
        Facet.VALUE: {listing.value_band},
        Facet.STATUS: {_status(listing).value},
        Facet.ORGANISATION: {listing.organisation},
    }
    return simple[facet]


def _windows(listing: Document) -> set[str]:
    """By the calendar of the zone whose midnight the deadline is."""
    if _status(listing) is not Status.OPEN:
        return set()
    if listing.closes_at is None:
        return {NO_DEADLINE}
    (zone,) = (
        zone for zone in ZONES if listing.closes_at == end_of_day(local_day(listing.closes_at, zone), zone)
    )
    return {str(days) for days in DAYS if days_left(listing.closes_at, NOW, zone) <= days}


def _matching(request: SearchRequest, but: Facet | None = None) -> set[int]:
    found = {listing.id for listing in LISTINGS}
    for word in request.text.split():
        found &= _saying(word)
    for facet, values in request.chosen.items():
        if facet is not but:
            found &= set().union(*(_having(facet)[value] for value in values))
    return found


def _expected_ids(request: SearchRequest) -> list[int]:
    def key(listing: Document) -> tuple[float, ...]:
        status = _status(listing)
        closes = int(listing.closes_at.timestamp()) if listing.closes_at else 2**32 - 1
        soonest = (closes, listing.id) if status is Status.OPEN else (-closes, -listing.id)
        value = listing.value_idr or 0
        by_sort = {
            Sort.NEWEST: (-int(listing.published_at.timestamp()), -listing.id),
            Sort.DEADLINE: soonest,
            Sort.VALUE: (-value, -listing.id),
        }
        return (list(Status).index(status), *by_sort[request.sort])

    matching = _matching(request)
    return [listing.id for listing in sorted(LISTINGS, key=key) if listing.id in matching]


def _expected_counts(request: SearchRequest, facet: Facet) -> dict[str, int]:
    matching = _matching(request, but=facet)
    return {value: len(ids & matching) for value, ids in _having(facet).items() if ids & matching}


def _random_request(source: random.Random) -> SearchRequest:
    choices = {facet: sorted(_having(facet)) for facet in SHOWN}
    chosen = {}
    for facet in source.sample(SHOWN, source.choice([0, 1, 2, 2, 3, 4, 6])):
        most = 1 if facet is Facet.READINESS else min(4, len(choices[facet]))
        chosen[facet] = tuple(source.sample(choices[facet], source.randint(1, most)))
    return SearchRequest(
        NOW,
        text=source.choice(["", "", "", "pasar", "air pasar", "kereta energi"]),
        chosen=chosen,
        sort=source.choice([Sort.NEWEST, Sort.DEADLINE, Sort.VALUE]),
        page=source.randint(1, 4),
        size=source.choice([5, 20]),
    )


def test_200_random_mixes_equal_a_plain_count(index: OpenIndex):
    source = random.Random(2026)
    for _ in range(200):
        request = _random_request(source)
        found, expected = find(index.view(), request), _expected_ids(request)
        assert found.total == len(expected), request
        start = (found.page - 1) * request.size
        assert found.ids == expected[start : start + request.size], request
        for facet in SHOWN:
            wanted = _expected_counts(request, facet)
            if facet is Facet.REGION and facet not in request.chosen:
                wanted = {code: n for code, n in wanted.items() if len(code) == 2}
            got = {value: n for value, n in found.counts[facet].items() if n}
            assert got == wanted, (facet, request)


def test_a_page_past_the_end_is_the_last_one(index: OpenIndex):
    found = find(index.view(), SearchRequest(NOW, page=10**9))
    assert (found.page, found.pages) == (35, 35)
    assert find(index.view(), SearchRequest(NOW, page=-3)).page == 1


def test_nothing_found_is_one_empty_page(index: OpenIndex):
    found = find(index.view(), SearchRequest(NOW, chosen={Facet.DIMENSION: ("none",)}))
    assert (found.ids, found.total, found.pages, found.corpus_total) == ([], 0, 1, 700)


def test_unknown_values_of_a_facet_match_nothing_and_break_nothing(index: OpenIndex):
    odd = ("", "\x00", "x" * 5000, "🚀")
    for facet in (Facet.DIMENSION, Facet.REGION, Facet.KBLI, Facet.PARTNER, Facet.COHORT, Facet.VALUE):
        assert find(index.view(), SearchRequest(NOW, chosen={facet: odd})).total == 0


def test_an_organisation_can_be_asked_for(index: OpenIndex):
    assert find(index.view(), SearchRequest(NOW, chosen={Facet.ORGANISATION: ("7",)})).total == 700


def test_an_empty_index_counts_nothing(tmp_path: Path):
    found = find(build(home_in(tmp_path), []).view(), SearchRequest(NOW, text="pasar"))
    assert (found.ids, found.total, found.corpus_total) == ([], 0, 0)
    assert found.counts[Facet.STATUS] == {"open": 0, "closed": 0, "example": 0}
