"""How many listings stand behind each value of each facet, under what is chosen in the others."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tantivy import Query

from marketplace.search.index import View
from marketplace.search.schema import Facet, Status

Counts = dict[Facet, dict[str, int]]
QueryWithout = Callable[[Facet | None], Query]
RUNGS = range(1, 7)
_MOST_VALUES = 5000
_FIELDS = {
    Facet.DIMENSION: ("dimension",),
    Facet.SECTOR: ("sector",),
    Facet.SCHEME: ("scheme_set",),
    Facet.READINESS: ("readiness",),
    Facet.VALUE: ("value",),
    Facet.STATUS: ("ends",),
    Facet.ORGANISATION: ("organisation",),
}
SHOWN = (
    Facet.DIMENSION, Facet.SECTOR, Facet.REGION, Facet.SCHEME, Facet.READINESS, Facet.VALUE, Facet.STATUS,
)  # fmt: skip


def count(view: View, now: datetime, chosen: set[Facet], query_without: QueryWithout) -> Counts:
    """The counts of every shown facet: one pass for all in which nothing is chosen, and one for each of the
    others, since a facet is counted as if nothing were chosen in it. `query_without` gives the query."""
    untouched = [facet for facet in SHOWN if facet not in chosen]
    counts = _aggregate(view, query_without(None), untouched, now, chosen)
    for facet in SHOWN:
        if facet in chosen:
            counts |= _aggregate(view, query_without(facet), [facet], now, chosen)
    return counts


def count_by_region(view: View) -> dict[str, int]:
    """How many listings each region has; a province counts what is in it too."""
    wanted = {"region": {"terms": {"field": "region_set", "size": _MOST_VALUES}}}
    return _read_sets(view.searcher.aggregate(Query.all_query(), wanted)["region"]["buckets"])


def _aggregate(view: View, query: Query, facets: list[Facet], now: datetime, chosen: set[Facet]) -> Counts:
    if not facets:
        return {}
    wanted = {facet.value: _aggregation(facet, now, chosen) for facet in facets}
    found = view.searcher.aggregate(query, wanted)
    return {facet: _READERS.get(facet, _read_words)(found[facet.value]["buckets"]) for facet in facets}


def _aggregation(facet: Facet, now: datetime, chosen: set[Facet]) -> dict[str, Any]:
    if facet is Facet.STATUS:
        opens = int(now.timestamp()) + 1
        return {"range": {"field": "ends", "ranges": [{"to": 0}, {"from": 0, "to": opens}, {"from": opens}]}}
    if facet is Facet.REGION:
        # Counting 552 regions is only worth its time once a province is open.
        return {"terms": {"field": "region_set" if facet in chosen else "province_set", "size": _MOST_VALUES}}
    return {"terms": {"field": _FIELDS[facet][0], "size": _MOST_VALUES}}


def _read_words(buckets: list[dict[str, Any]]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets if bucket["key"]}


def _read_sets(buckets: list[dict[str, Any]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for bucket in buckets:
        for value in bucket["key"].split():
            found[value] += bucket["doc_count"]
    return dict(found)


def _read_rungs(buckets: list[dict[str, Any]]) -> dict[str, int]:
    """How many stand on each rung or above it; an unknown rung counts as the lowest."""
    by_rung: Counter[int] = Counter()
    for bucket in buckets:
        by_rung[max(int(bucket["key"]), 1)] += bucket["doc_count"]
    return {str(least): sum(n for rung, n in by_rung.items() if rung >= least) for least in RUNGS}


def _read_statuses(buckets: list[dict[str, Any]]) -> dict[str, int]:
    # An empty index gives no bucket at all.
    found = {status.value: 0 for status in Status}
    for bucket in buckets:
        found[_status_of(bucket).value] += bucket["doc_count"]
    return found


def _status_of(bucket: dict[str, Any]) -> Status:
    if "from" not in bucket:
        return Status.EXAMPLE
    return Status.CLOSED if "to" in bucket else Status.OPEN


_READERS = {
    Facet.REGION: _read_sets,
    Facet.SCHEME: _read_sets,
    Facet.READINESS: _read_rungs,
    Facet.STATUS: _read_statuses,
}
