"""A question, and tantivy's queries for what was chosen in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tantivy import FieldType, Occur, Query, Schema

from marketplace.search.schema import EXAMPLE, NEVER, NO_DEADLINE, Facet, Status
from marketplace.search.windows import closes_by, posted_from


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    DEADLINE = "deadline"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question: words, chosen values (any of a facet's, all facets together), order and page.

    For Facet.READINESS the chosen value is the lowest rung that is wanted; for Facet.DEADLINE and Facet.POSTED a
    number of days (windows.DAYS), or NO_DEADLINE. A province's code in Facet.REGION stands for all regions in it.
    `exact` asks for what has all the words, and takes no other answer.
    """

    now: datetime
    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = 20
    exact: bool = False

    def without(self, facet: Facet) -> "SearchRequest":
        """The same question with nothing chosen in that facet."""
        return replace(self, chosen={key: values for key, values in self.chosen.items() if key != facet})


def filter_query(schema: Schema, facet: Facet, values: Iterable[str], now: datetime) -> Query:
    """The query for any of the values of one facet but the status, which parts every list; it does not touch the score."""
    if facet is Facet.DEADLINE:
        parts = _deadline_parts(schema, set(values), now)
    elif facet is Facet.POSTED:
        since = posted_from(now, max(int(value) for value in values))
        parts = [Query.range_query(schema, "posted", FieldType.Unsigned, since, None)]
    elif facet is Facet.READINESS:
        least = min(int(value) for value in values)
        # An unknown rung is stored as 0 and counts as the lowest.
        parts = [Query.range_query(schema, "readiness", FieldType.Unsigned, least if least > 1 else 0, None)]
    else:
        parts = [Query.term_query(schema, facet.value, value, "basic") for value in values]
    return Query.const_score_query(any_of(parts), 0.0)


def status_query(schema: Schema, status: Status, now: datetime) -> Query:
    """The listings that are open, closed or examples at that moment."""
    second = int(now.timestamp())
    bounds = {
        Status.EXAMPLE: (EXAMPLE, EXAMPLE),
        Status.CLOSED: (EXAMPLE + 1, second),
        Status.OPEN: (second + 1, None),
    }
    return _ends(schema, *bounds[status])


def _deadline_parts(schema: Schema, wanted: set[str], now: datetime) -> list[Query]:
    """Open listings that close within the widest of the windows, and those that never close."""
    parts = []
    if days := [int(value) for value in wanted if value != NO_DEADLINE]:
        parts.append(_ends(schema, int(now.timestamp()) + 1, closes_by(now, max(days))))
    if NO_DEADLINE in wanted:
        parts.append(_ends(schema, NEVER, None))
    return parts


def _ends(schema: Schema, first: int, last: int | None) -> Query:
    return Query.range_query(schema, "ends", FieldType.Unsigned, first, last)


def conjunction(parts: Sequence[Query]) -> Query:
    """All of them; everything if there are none."""
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def any_of(parts: Sequence[Query]) -> Query:
    """At least one of them."""
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])
