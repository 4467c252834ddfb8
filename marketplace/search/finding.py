"""Answers a question: which listings, how many, and how many behind each value."""

from dataclasses import dataclass, field, replace
from itertools import islice

from tantivy import Order, Query

from marketplace.search import counts
from marketplace.search.index import View
from marketplace.search.query import (
    SearchRequest,
    Sort,
    conjunction,
    filter_query,
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

    def selection(self) -> counts.Selection:
        """What is asked for, as sets."""
        chosen = {facet: values for facet, values in self.request.chosen.items() if values}
        text = self.text.found(self.view) if self.text else None
        return counts.select(self.view, chosen, text, self.request.now)

    def all(self) -> Query:
        """Everything asked for."""
        text = [self.text.lean] if self.text else []
        return conjunction([*self.filters.values(), *text])

    def in_status(self, status: Status) -> Query:
        """Those of a status, with their scores where the order is theirs."""
        parts = [query for facet, query in self.filters.items() if facet is not Facet.STATUS]
        if self.text is not None:
            parts.append(self.text.scored if self.by_relevance else self.text.lean)
        only = Query.const_score_query(status_query(self.view.schema, status, self.request.now), 0.0)
        return conjunction([*parts, only])


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
    return len(question.selection().without(None))


def _finds_any(view: View, asked: Asked) -> bool:
    return bool(asked.found(view))


def _find(question: _Question, *, corrected: str = "", partial: bool = False) -> Found:
    request, view = question.request, question.view
    counted = counts.count(question.selection())
    sizes = _group_sizes(request, counted[Facet.STATUS])
    total = sum(sizes.values())
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


def _group_sizes(request: SearchRequest, by_status: dict[str, int]) -> dict[Status, int]:
    wanted = request.chosen.get(Facet.STATUS) or tuple(Status)
    return {status: by_status[status] for status in Status if status in wanted}


def _page_of_ids(question: _Question, sizes: dict[Status, int], offset: int) -> list[int]:
    """The ids of one page, taken from the groups that it touches: mostly one search."""
    ids: list[int] = []
    for status, size in sizes.items():
        missing = question.request.size - len(ids)
        if missing and offset < size:
            ids += _ids(question, status, offset, min(missing, size - offset))
        offset = max(0, offset - size)
    return ids


def _ids(question: _Question, status: Status, offset: int, limit: int) -> list[int]:
    searcher, query, sort = question.view.searcher, question.in_status(status), question.request.sort
    if question.by_relevance:
        found = searcher.search(query, limit, offset=offset, count=False, weight_by_field=MERIT)
    else:
        name, order = _ORDERS.get(sort, _ORDERS[Sort.NEWEST])
        if sort is Sort.DEADLINE and status is not Status.OPEN:
            order = Order.Desc
        found = searcher.search(query, limit, offset=offset, count=False, order_by_field=name, order=order)
    numbers = searcher.fast_field_values("id", [address for _, address in found.hits])
    return [int(number) for number in numbers if number is not None]
