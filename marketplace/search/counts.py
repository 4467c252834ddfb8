"""How many listings stand behind each value of each facet, under what is chosen in the others."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from tantivy import Query

from marketplace.search.index import View
from marketplace.search.schema import EXAMPLE, NEVER, NO_DEADLINE, PART, Facet, Status
from marketplace.search.windows import DAYS, closes_by, posted_from

Counts = dict[Facet, dict[str, int]]
QueryWithout = Callable[[Facet | None], Query | None]
Buckets = list[dict[str, Any]]
_Whole = dict[tuple[Facet, tuple[str, int]], dict[str, int]]
RUNGS = range(1, 7)
_MOST_VALUES = 5000
# The column that counts a facet, and the part of its words that is meant.
_COLUMNS = {
    Facet.DIMENSION: ("topic", 0),
    Facet.SECTOR: ("topic", 1),
    Facet.KBLI: ("topic", 2),
    Facet.REGION: ("area", 0),
    Facet.COHORT: ("area", 1),
    Facet.CLUSTER: ("area", 2),
    Facet.VALUE: ("size", 0),
    Facet.READINESS: ("size", 1),
    Facet.SCHEME: ("scheme_set", 0),
    Facet.PARTNER: ("partner_set", 0),
    Facet.STATUS: ("ends", 0),
    Facet.DEADLINE: ("ends", 0),
    Facet.POSTED: ("by_newest", 0),
}
# Counting 552 regions is only worth its time once a province is open.
_REGIONS = ("region_set", 0)
SHOWN = tuple(_COLUMNS)
_LATER = "later"


def count(view: View, now: datetime, chosen: set[Facet], query_without: QueryWithout) -> Counts:
    """The counts of every shown facet: one pass for all in which nothing is chosen, and one for each of the
    others, since a facet is counted as if nothing were chosen in it. `query_without` gives the query, None for
    everything there is."""
    columns = _COLUMNS | ({Facet.REGION: _REGIONS} if Facet.REGION in chosen else {})
    untouched = {facet: column for facet, column in columns.items() if facet not in chosen}
    counts = _aggregate(view, query_without(None), untouched, now)
    for facet in chosen & columns.keys():
        counts |= _aggregate(view, query_without(facet), {facet: columns[facet]}, now)
    return counts


def count_by_region(view: View) -> dict[str, int]:
    """How many listings each region has; a province counts what is in it too."""
    wanted = {"region": _of_words("region_set")}
    return _read_words(view.searcher.aggregate(Query.all_query(), wanted)["region"]["buckets"], 0)


def _aggregate(
    view: View, query: Query | None, columns: dict[Facet, tuple[str, int]], now: datetime
) -> Counts:
    if not columns:
        return {}
    if query is not None:
        return _counted(view, query, columns, now)
    return {facet: _of_everything(view, now, facet, column) for facet, column in columns.items()}


def _of_everything(view: View, now: datetime, facet: Facet, column: tuple[str, int]) -> dict[str, int]:
    """The dearest question, which each with a single filter asks too: counted once a second for each state of the
    index, since deadlines pass at seconds."""
    second = int(now.timestamp())
    whole: _Whole | None = view.whole.get(second)
    if whole is None:
        view.whole.clear()
        whole = view.whole[second] = {}
    if (facet, column) not in whole:
        # All at once, but for the 552 regions, which few ask for.
        columns = _COLUMNS if _COLUMNS[facet] == column else {facet: column}
        counted = _counted(view, Query.all_query(), columns, now)
        whole.update({(each, columns[each]): found for each, found in counted.items()})
    return whole[facet, column]


def _counted(view: View, query: Query, columns: dict[Facet, tuple[str, int]], now: datetime) -> Counts:
    wanted = {name: _aggregation(name, now) for name, _part in columns.values()}
    found = view.searcher.aggregate(query, wanted)
    return {
        facet: _READERS.get(facet, _read_words)(found[name]["buckets"], part)
        for facet, (name, part) in columns.items()
    }


def _aggregation(name: str, now: datetime) -> dict[str, Any]:
    if name == "ends":
        return {"range": {"field": name, "ranges": _ranges_of_ends(now)}}
    if name == "by_newest":
        return {"range": {"field": name, "ranges": _ranges_of_days(now)}}
    return _of_words(name)


def _of_words(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _MOST_VALUES}}


def _ranges_of_ends(now: datetime) -> list[dict[str, Any]]:
    """Examples, closed ones, then open ones by the days that are left."""
    keys = [Status.EXAMPLE.value, Status.CLOSED.value, *map(str, DAYS), _LATER, NO_DEADLINE]
    return _ranges(
        keys, [EXAMPLE + 1, int(now.timestamp()) + 1, *(closes_by(now, days) + 1 for days in DAYS), NEVER]
    )


def _ranges_of_days(now: datetime) -> list[dict[str, Any]]:
    keys = [_LATER, *(str(days) for days in reversed(DAYS))]
    return _ranges(keys, [posted_from(now, days) << 32 for days in reversed(DAYS)])


def _ranges(keys: list[str], bounds: list[int]) -> list[dict[str, Any]]:
    """One range for each key, one bound between two neighbours."""
    named: list[dict[str, Any]] = [{"key": key} for key in keys]
    for below, above, bound in zip(named, named[1:], bounds, strict=False):
        below["to"] = above["from"] = bound
    return named


@lru_cache(maxsize=20_000)
def _values(word: str, part: int) -> list[str]:
    return word.split(PART)[part].split()


def _read_words(buckets: Buckets, part: int) -> dict[str, int]:
    found: dict[str, int] = {}
    known = found.get
    for bucket in buckets:
        number = bucket["doc_count"]
        for value in _values(bucket["key"], part):
            found[value] = known(value, 0) + number
    return found


def _read_rungs(buckets: Buckets, part: int) -> dict[str, int]:
    """How many stand on each rung or above it; an unknown rung counts as the lowest."""
    by_rung = dict.fromkeys(RUNGS, 0)
    for rung, number in _read_words(buckets, part).items():
        by_rung[max(int(rung), 1)] += number
    return {str(least): sum(n for rung, n in by_rung.items() if rung >= least) for least in RUNGS}


def _read_statuses(buckets: Buckets, _part: int) -> dict[str, int]:
    # An empty index gives no bucket at all.
    found = _by_key(buckets)
    left = [*map(str, DAYS), _LATER, NO_DEADLINE]
    return {
        Status.OPEN.value: sum(found[key] for key in left),
        Status.CLOSED.value: found[Status.CLOSED.value],
        Status.EXAMPLE.value: found[Status.EXAMPLE.value],
    }


def _read_deadlines(buckets: Buckets, _part: int) -> dict[str, int]:
    return _read_days(buckets, 0) | {NO_DEADLINE: _by_key(buckets)[NO_DEADLINE]}


def _read_days(buckets: Buckets, _part: int) -> dict[str, int]:
    """A window holds those that are shorter."""
    found = _by_key(buckets)
    return {str(days): sum(found[str(each)] for each in DAYS if each <= days) for days in DAYS}


def _by_key(buckets: Buckets) -> Counter[str]:
    return Counter({bucket["key"]: bucket["doc_count"] for bucket in buckets})


_READERS = {
    Facet.READINESS: _read_rungs,
    Facet.STATUS: _read_statuses,
    Facet.DEADLINE: _read_deadlines,
    Facet.POSTED: _read_days,
}
