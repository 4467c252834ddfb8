"""Answers a question: which listings, how many, and how many behind each value."""

from dataclasses import dataclass, field, replace
from itertools import islice

from pyroaring import BitMap
from tantivy import Query

from marketplace.search import counts
from marketplace.search.counts import Wanted
from marketplace.search.index import View
from marketplace.search.query import (
    SearchRequest,
    Sort,
    conjunction,
    filter_query,
    status_query,
)
from marketplace.search.schema import MERIT, Facet, Status
from marketplace.search.sets.keys import CLOSES, POSTED, WORTH
from marketplace.search.text import Asked, Reading, near_texts, read

_BY = {Sort.DEADLINE: CLOSES, Sort.VALUE: WORTH}
_MOST_TRIED = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One page of listings. `corrected`: the words with the slips that were forgiven, "" if there were none;
    `partial`: no listing has all of the words, these have half of them or more. `wanted` is all of them, for counting
    in other ways.
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
    wanted: Wanted = field(compare=False, repr=False)


class _Question:
    """A request of one state of the index."""

    def __init__(self, view: View, request: SearchRequest, text: Asked | None) -> None:
        self.view = view
        self.request = request
        self.text = text
        self.wanted = Wanted.of(request, text)
        self.selection = self.wanted.selection(view)

    @property
    def by_relevance(self) -> bool:
        return self.request.sort is Sort.RELEVANCE and self.text is not None

    def in_status(self, status: Status) -> BitMap:
        """Those of a status."""
        return self.selection.without(Facet.STATUS) & self.selection.tables[Facet.STATUS][status.value]

    def scored(self, status: Status) -> Query:
        """The same, with their scores."""
        schema, now = self.view.schema, self.request.now
        chosen = [
            filter_query(schema, facet, values, now)
            for facet, values in self.wanted.chosen.items()
            if facet is not Facet.STATUS
        ]
        only = Query.const_score_query(status_query(schema, status, now), 0.0)
        return conjunction([*chosen, *([self.text.scored] if self.text else []), only])


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
    return len(question.selection.without(None))


def found_again(view: View, request: SearchRequest, reading: Reading | None, counted: counts.Counts) -> Found:
    """The answer to a question that was read so, as it was typed, where the counts are known."""
    return _page(_Question(view, request, reading.asked() if reading else None), counted)


def _finds_any(view: View, asked: Asked) -> bool:
    return bool(asked.found(view, None))


def _find(question: _Question, *, corrected: str = "", partial: bool = False) -> Found:
    return _page(question, counts.count(question.selection), corrected=corrected, partial=partial)


def _page(
    question: _Question, counted: counts.Counts, *, corrected: str = "", partial: bool = False
) -> Found:
    request, view = question.request, question.view
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
        wanted=question.wanted,
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
    searcher, sort = question.view.searcher, question.request.sort
    if not question.by_relevance:
        numbers = question.view.sets.numbers(_BY.get(sort, POSTED))
        soonest = sort is Sort.DEADLINE and status is Status.OPEN
        return numbers.page(question.in_status(status), offset, limit, largest=not soonest)
    found = searcher.search(question.scored(status), limit, offset=offset, count=False, weight_by_field=MERIT)
    ids = searcher.fast_field_values("id", [address for _, address in found.hits])
    return [int(number) for number in ids if number is not None]
