"""What is open now, as the search index counts it: the cost of the home page does not grow with the table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.places import spread
from marketplace.search.query import SearchRequest
from marketplace.search.schema import Facet, Status


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """Open listings, public examples left out; `value_idr` is the sum of those `valued` that state one.

    A listing of several provinces counts in each; `newest` are the ids of the last published.
    """

    listings: int = 0
    regions: int = 0
    valued: int = 0
    value_idr: int = 0
    by_province: dict[str, int] = field(default_factory=dict)
    by_dimension: dict[str, int] = field(default_factory=dict)
    by_sector: dict[str, int] = field(default_factory=dict)
    newest: Sequence[int] = ()


def count_open(view: View, now: datetime, newest: int) -> OpenFigures:
    """The figures of what is open at that moment, and that many of the newest."""
    found = find(view, _of_status(Status.OPEN, now, newest))
    where = spread(view, found.wanted.listings(view))
    return OpenFigures(
        listings=where.total.count,
        regions=len(where.regions()),
        valued=where.total.valued,
        value_idr=where.total.value_idr,
        by_province=_counted(found.counts[Facet.REGION]),
        by_dimension=_counted(found.counts[Facet.DIMENSION]),
        by_sector=_counted(found.counts[Facet.SECTOR]),
        newest=found.ids,
    )


def newest_examples(view: View, now: datetime, limit: int) -> list[int]:
    """The ids of the newest public examples."""
    return find(view, _of_status(Status.EXAMPLE, now, limit)).ids if limit else []


def _of_status(status: Status, now: datetime, size: int) -> SearchRequest:
    return SearchRequest(now, chosen={Facet.STATUS: (status.value,)}, size=size)


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {code: count for code, count in counts.items() if count}
