"""Where the listings of a question are: how many and of which value, region by region."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from marketplace.search.index import View
from marketplace.search.schema import Facet
from marketplace.search.sets.keys import VALUED, WORTH


@dataclass(frozen=True, slots=True)
class Figures:
    """How many listings, and the rupiah of those of them (`valued`) that state a value."""

    count: int = 0
    value_idr: int = 0
    valued: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """The listings of a question by region, a province with all that is in it: the figures of those regions that were asked
    for, and of all regions that have any how many there are; `alone` are those of whole provinces, which are in none of
    their kabupaten and kota."""

    total: Figures = Figures()
    of: Mapping[str, Figures] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    alone: Mapping[str, Figures] = field(default_factory=dict)

    def regions(self) -> set[str]:
        """The kabupaten, kota and whole provinces that the listings are of."""
        return {code for code in self.counts if len(code) > 2} | {*self.alone}


def spread(view: View, listings: BitMap, codes: Iterable[str] = ()) -> Spread:
    """Where the listings are, with the figures of the regions of these codes."""
    by_region = view.sets.group(Facet.REGION)
    counts = {
        code: count
        for code, those in by_region.items()
        if (count := listings.intersection_cardinality(those))
    }
    return Spread(
        _figures(view, listings),
        {code: _figures(view, listings & by_region[code]) for code in codes if code in counts},
        counts,
        {
            province: _figures(view, left)
            for province, parts in _parts(counts).items()
            if (
                left := listings
                & by_region[province] - BitMap.union(BitMap(), *(by_region[code] for code in parts))
            )
        },
    )


def _parts(codes: Iterable[str]) -> dict[str, list[str]]:
    """The provinces among the codes, with those in them."""
    parts: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        parts[code[:2]] += [code] if len(code) > 2 else []
    return parts


def _figures(view: View, listings: BitMap) -> Figures:
    valued = listings.intersection_cardinality(view.sets.get(VALUED, VALUED))
    return Figures(len(listings), view.sets.numbers(WORTH).sum_of(listings), valued)
