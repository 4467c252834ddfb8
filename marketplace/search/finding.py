"""Answers a question: which listings, how many, and how many behind each value."""

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from tantivy import DocAddress, Order, Query

from marketplace.search import counts
from marketplace.search.index import View
from marketplace.search.query import (
    SearchRequest,
    Sort,
    conjunction,
    filter_query,
    status_at,
    status_query,
)
from marketplace.search.schema import MERIT, Facet, Status
from marketplace.search.text import Asked, Reading, near_texts, read

_ORDERS = {
    Sort.NEWEST: ("by_newest", Order.Desc),
    Sort.DEADLINE: ("by_deadline", Order.Asc),
    Sort.VALUE: ("by_value", Order.Desc),
}
_MOST_TRIED = 6
# Most listings are open, so the first open ones stand among the first of all. To look at when each of these ends is a
# third of what the index asks for to look at all that it finds.
_MOST_LOOKED_AT, _SPARE = 200, 10


@dataclass(frozen=True, slots=True)
class Found:
    """One page of listings. `corrected`: the words with the slips that were forgiven, "" if there were none;
    `partial`: no listing has all of the words, these have half of them or more. `query` finds all of them, for
    counting in other ways.
    """

    ids: list[int]
    total: int
    page: int
    pages: int
    counts: counts.Counts
    corpus_total: int
    corrected: str
    partial: bool
    generation: str
    query: Query = field(compare=False, repr=False)


class _Question:
    """The request's queries, each built once."""

    def __init__(self, view: View, request: SearchRequest, text: Asked | None) -> None:
        self.view = view
        self.request = request
        self.text = text
        chosen = {facet: values for facet, values in request.chosen.items() if values}
        self.filters = {
            facet: filter_query(view.schema, facet, values, request.now) for facet, values in chosen.items()
        }

    @property
    def by_relevance(self) -> bool:
        return self.request.sort is Sort.RELEVANCE and self.text is not None

    def without(self, facet: Facet | None) -> Query | None:
        """Everything asked for but what was chosen in that facet; None where that is everything there is."""
        parts = [query for key, query in self.filters.items() if key is not facet]
        if self.text is not None:
            parts.append(self.text.lean)
        return conjunction(parts) if parts else None

    def all(self) -> Query:
        """Everything asked for."""
        return self.without(None) or Query.all_query()

    def in_status(self, status: Status) -> Query:
        """Those of a status, with their scores where the order is theirs."""
        only = Query.const_score_query(status_query(self.view.schema, status, self.request.now), 0.0)
        return conjunction([*self._ordered(), only])

    def in_any_status(self) -> Query:
        """Those of all statuses, with their scores where the order is theirs."""
        return conjunction(self._ordered())

    def _ordered(self) -> list[Query]:
        parts = [query for facet, query in self.filters.items() if facet is not Facet.STATUS]
        if self.text is not None:
            parts.append(self.text.scored if self.by_relevance else self.text.lean)
        return parts


def find(view: View, request: SearchRequest) -> Found:
    """The page of ids, the total and the counts; open listings first, then closed ones, examples last.

    What nothing anywhere has is asked again more leniently: a word may be a slip, then some may be missing.
    """
    reading = read(view, request.text)
    asked = reading.asked() if reading else None
    found = _find(_Question(view, request, asked), corrected=reading.corrected if reading else "")
    if found.total or request.exact or not reading or not asked or _finds_any(view, asked):
        return found
    mended = _mended(view, request.text)
    if mended:
        return _find(_Question(view, request, mended.asked()), corrected=mended.corrected)
    part = reading.part()
    if part is None:
        return found
    return _find(_Question(view, request, part), corrected=reading.corrected, partial=True)


def _mended(view: View, text: str) -> Reading | None:
    """The text with the one word exchanged that kept listings from being found; None if no word did."""
    for near in islice(near_texts(view, text), _MOST_TRIED):
        reading = read(view, near)
        if reading and _finds_any(view, reading.asked()):
            return replace(reading, corrected=near)
    return None


def how_many(view: View, request: SearchRequest) -> int:
    """How many listings have all that is asked for; nothing else is counted."""
    reading = read(view, request.text)
    question = _Question(view, request, reading.asked() if reading else None)
    counted = view.searcher.aggregate(question.all(), {"n": {"value_count": {"field": "id"}}})
    return int(counted["n"]["value"])


def _finds_any(view: View, asked: Asked) -> bool:
    return bool(view.searcher.search(asked.lean, 1, count=False).hits)


def _find(question: _Question, *, corrected: str = "", partial: bool = False) -> Found:
    request, view = question.request, question.view
    counted = counts.count(view, request.now, set(question.filters), question.without)
    by_status = counted[Facet.STATUS]
    sizes = {status: by_status[status] for status in Status}
    total = sum(sizes[status] for status in _wanted(request))
    pages = max(1, -(-total // request.size))
    page = min(max(request.page, 1), pages)
    return Found(
        ids=_page_of_ids(question, sizes, (page - 1) * request.size),
        total=total,
        page=page,
        pages=pages,
        counts=counted,
        corpus_total=view.searcher.num_docs,
        corrected=corrected if total else "",
        partial=partial and total > 0,
        generation=view.generation,
        query=question.all(),
    )


def _wanted(request: SearchRequest) -> list[Status]:
    """The statuses that are asked for, in the order of the list."""
    chosen = request.chosen.get(Facet.STATUS) or tuple(Status)
    return [status for status in Status if status in chosen]


def _page_of_ids(question: _Question, sizes: dict[Status, int], offset: int) -> list[int]:
    """The ids of one page, taken from the groups that it touches: mostly one search. `sizes` are those of all groups,
    asked for or not."""
    ids: list[int] = []
    for status in _wanted(question.request):
        missing, size = question.request.size - len(ids), sizes[status]
        if missing and offset < size:
            ids += _ids(question, _Part(status, offset, min(missing, size - offset)), sizes)
        offset = max(0, offset - size)
    return ids


class _Part(NamedTuple):
    """So many listings of a status, after so many others of it."""

    status: Status
    offset: int
    limit: int


def _ids(question: _Question, part: _Part, sizes: dict[Status, int]) -> list[int]:
    everything = sum(sizes.values())
    if sizes[part.status] == everything:
        return _numbers(question, _hits(question, question.in_any_status(), part))
    reach = _reach(question.request, part, sizes[part.status], everything)
    if reach <= _MOST_LOOKED_AT:
        first = _hits(question, question.in_any_status(), part._replace(offset=0, limit=reach))
        of_status = _of_status(question, first, part.status)[part.offset : part.offset + part.limit]
        if len(of_status) == part.limit:
            return _numbers(question, of_status)
    return _numbers(question, _hits(question, question.in_status(part.status), part))


def _reach(request: SearchRequest, part: _Part, size: int, everything: int) -> int:
    """Among how many of the first of all the part should be: half as many again as if those of its status lay evenly."""
    if request.sort is Sort.DEADLINE:
        # By their ends, those of other statuses stand before or behind all of it.
        return everything
    return min((part.offset + part.limit) * everything * 3 // (size * 2) + _SPARE, everything)


def _of_status(question: _Question, addresses: list[DocAddress], status: Status) -> list[DocAddress]:
    ends, now = question.view.searcher.fast_field_values("ends", addresses), question.request.now
    return [
        each for each, end in zip(addresses, ends, strict=True) if status_at(int(end or 0), now) is status
    ]


def _hits(question: _Question, query: Query, part: _Part) -> list[DocAddress]:
    """That part of what the query finds, in the order that listings of its status have."""
    searcher, sort = question.view.searcher, question.request.sort
    if question.by_relevance:
        found = searcher.search(query, part.limit, offset=part.offset, count=False, weight_by_field=MERIT)
    else:
        name, order = _ORDERS.get(sort, _ORDERS[Sort.NEWEST])
        if sort is Sort.DEADLINE and part.status is not Status.OPEN:
            order = Order.Desc
        found = searcher.search(
            query, part.limit, offset=part.offset, count=False, order_by_field=name, order=order
        )
    return [address for _, address in found.hits]


def _numbers(question: _Question, addresses: list[DocAddress]) -> list[int]:
    numbers = question.view.searcher.fast_field_values("id", addresses)
    return [int(number) for number in numbers if number is not None]
