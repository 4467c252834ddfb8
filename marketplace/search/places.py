"""Where the listings of a question are: how many and of which value, region by region, in one pass of the index."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tantivy import Query

from marketplace.search.index import View

_MOST_SETS = 5000


@dataclass(frozen=True, slots=True)
class Figures:
    """How many listings, and the rupiah of those of them (`valued`) that state a value."""

    count: int = 0
    value_idr: int = 0
    valued: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.count + other.count, self.value_idr + other.value_idr, self.valued + other.valued)


@dataclass(frozen=True, slots=True)
class Spread:
    """The listings of a question by the set of regions that each stands in (a province beside its kabupaten)."""

    total: Figures
    by_set: dict[frozenset[str], Figures]

    def of(self, code: str) -> Figures:
        """Those of a region; a province has all that is in it."""
        return _sum(figures for codes, figures in self.by_set.items() if code in codes)

    def by_region(self) -> dict[str, Figures]:
        """The same for every region that has any."""
        found: dict[str, Figures] = {}
        for codes, figures in self.by_set.items():
            for code in codes:
                found[code] = found.get(code, Figures()) + figures
        return found

    def regions(self) -> set[str]:
        """The kabupaten, kota and whole provinces that the listings are of."""
        return {
            code
            for codes in self.by_set
            for code in codes
            if not any(each != code and each.startswith(code) for each in codes)
        }

    def of_province_alone(self, code: str) -> Figures:
        """Those of the whole province, which are in none of its kabupaten and kota."""
        return _sum(
            figures
            for codes, figures in self.by_set.items()
            if code in codes and not any(each != code and each.startswith(code) for each in codes)
        )


def spread(view: View, query: Query) -> Spread:
    """What the query finds, by region. The cost grows with the hits, not with the regions."""
    value = {"stats": {"field": "value_idr"}}
    wanted = {
        "sets": {"terms": {"field": "region_set", "size": _MOST_SETS}, "aggs": {"value": value}},
        "value": value,
    }
    found = view.searcher.aggregate(query, wanted)
    by_set = {
        frozenset(bucket["key"].split()): _figures(bucket["doc_count"], bucket["value"])
        for bucket in found["sets"]["buckets"]
    }
    count = sum(figures.count for figures in by_set.values())
    return Spread(_figures(count, found["value"]), by_set)


def _figures(count: int, stats: dict[str, Any]) -> Figures:
    return Figures(count, int(stats["sum"] or 0), int(stats["count"]))


def _sum(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())
