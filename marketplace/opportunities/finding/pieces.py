"""What /peluang keeps between pages: answers of the index, the filters beside them, and drawn cards.

The rows, or the marks that name them, are read for every page with the visibility predicate, so nothing kept shows
what is no longer public.
"""

import hashlib
import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import Row

from marketplace.opportunities.finding.cards import Marks, card_of, moment_of, shown_title
from marketplace.opportunities.finding.drawing import DrawnCard, draw
from marketplace.opportunities.finding.filters import Filters
from marketplace.opportunities.finding.panel import draw_filters
from marketplace.opportunities.finding.queries import RowMarks, card_rows, read_marks, row_marks
from marketplace.opportunities.finding.question import Question
from marketplace.opportunities.finding.snippets import Snippet, snippets
from marketplace.opportunities.finding.words import words
from marketplace.search import keeping
from marketplace.search.finding import Found, find
from marketplace.search.highlighting import Marker
from marketplace.search.index import View, open_index
from marketplace.search.query import SearchRequest
from marketplace.search.suggesting import may_suggest
from marketplace.search.text import Reading, read
from marketplace.web.fragments import fragments, packed_texts


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index answers to a question. `counted` names its counts, `says` all that a page shows of it: both stay
    the same through a change of the index that is none of this question's."""

    found: Found
    reading: Reading | None
    counted: str
    says: str


@dataclass(frozen=True, slots=True)
class Wording:
    """For whom cards are drawn: in a language, with the addresses of that prefix, what was found marked."""

    language: str
    prefix: str
    reading: Reading | None = None


class _Kept(NamedTuple):
    """A card, with the mark of its rows and the hour: nothing else makes it another."""

    mark: str
    hour: str
    card: DrawnCard


class _KeptAnswer(NamedTuple):
    """An answer, with the state of the index and the hour that it is of."""

    generation: str
    hour: str
    answer: Answer


def hour_of(now: datetime) -> str:
    """Deadlines pass at full hours and days begin at them: nothing else changes an answer of one generation."""
    return f"{now:%Y%m%d%H}"


def answer(view: View, question: Question, now: datetime) -> Answer:
    """What the index answers; asked once a question and hour, and again where a commit concerns it."""
    kept, key, hour = fragments("answers"), question.query(), hour_of(now)
    before: _KeptAnswer | None = kept.get(key)
    if before is not None and before.hour == hour:
        if before.generation == view.generation:
            return before.answer
        if renewed := _renewed(before.answer, view, question.request(now)):
            kept.put(key, _KeptAnswer(view.generation, hour, renewed))
            return renewed
    answered = _answer(view, question, now)
    kept.put(key, _KeptAnswer(view.generation, hour, answered))
    return answered


def _renewed(answered: Answer, view: View, request: SearchRequest) -> Answer | None:
    """The answer as it is now; None where the question must be asked again."""
    if not _stands_alone(answered.found, request):
        return None
    found = keeping.renewed(open_index(), view, request, answered.reading, answered.found)
    return _told(found, answered.reading, "") if found and _stands_alone(found, request) else None


def _stands_alone(found: Found, request: SearchRequest) -> bool:
    """Answers of nothing or little have ways on, which are questions of their own."""
    return bool(found.total) and not (found.corrected or found.partial or may_suggest(request, found))


def _answer(view: View, question: Question, now: datetime) -> Answer:
    request = question.request(now)
    found = find(view, request)
    reading = read(view, found.corrected or question.text)
    little = not found.total or may_suggest(request, found)
    return _told(found, reading, view.generation if little else "")


def _told(found: Found, reading: Reading | None, of_one_index: str) -> Answer:
    counted = _digest([*found.counts.values()])
    return Answer(found, reading, counted, _said(found, reading, counted, of_one_index))


def _said(found: Found, reading: Reading | None, counted: str, of_one_index: str) -> str:
    shown = (found.total, found.page, found.pages, found.corpus_total, found.corrected, found.partial)
    return _digest([found.ids, *shown, counted, repr(reading), of_one_index])


def _digest(facts: Any) -> str:
    # Version 2 writes equal values alike, wherever they came from.
    return hashlib.sha256(marshal.dumps(facts, 2)).hexdigest()


def drawn_filters(
    answered: Answer, question: Question, filters: Filters, language: str, *, sheet: bool
) -> Markup:
    """All groups with their counts, for every page and sort of a question; on a `sheet` for phones most are folded."""
    key = (question.query("urut", "halaman"), language, sheet)

    drawn = packed_texts("filters").kept_while(
        answered.counted, key, lambda: draw_filters(filters.groups(), sheet=sheet)
    )
    return Markup(drawn)  # noqa: S704  # nosec B704 - drawn by our own template


def drawn_cards(
    ids: Sequence[int], wording: Wording, now: datetime, seen: RowMarks | None = None
) -> tuple[list[DrawnCard], RowMarks]:
    """The cards of those of the listings that are public, and the marks of their rows; `seen` are marks just read.

    Where all cards are kept only the marks are asked for; a row is read where its card is not, or another.
    """
    kept, hour = fragments("cards"), hour_of(now)
    known: dict[int, _Kept | None] = {number: kept.get((number, wording)) for number in ids}
    if seen is None and all(known.values()):
        seen = read_marks(row_marks(ids))
    rows = card_rows(
        ids if seen is None else [n for n in ids if n in seen and not _is(known[n], seen[n], hour)]
    )
    due = [row for row in rows if not _is(known[row.id], row.mark, hour)]
    for row, card in zip(due, _drawn(due, wording, now), strict=True):
        known[row.id] = _Kept(row.mark, hour, card)
        kept.put((row.id, wording), known[row.id])
    marks = (seen or {}) | {row.id: row.mark for row in rows}
    current = [each for n in ids if (each := known[n]) and n in marks and _is(each, marks[n], hour)]
    return [each.card for each in current], marks


def _is(kept: _Kept | None, mark: str, hour: str) -> bool:
    return kept is not None and kept.mark == mark and kept.hour == hour


def _drawn(rows: Sequence[Row[Any]], wording: Wording, now: datetime) -> list[DrawnCard]:
    language, prefix = wording.language, wording.prefix
    marks = _marks_of(rows, wording.reading, language) if wording.reading and rows else {}
    return draw([card_of(row, moment_of(row, now), language, prefix, marks.get(row.id)) for row in rows])


def _marks_of(rows: Sequence[Row[Any]], reading: Reading, language: str) -> dict[int, Marks]:
    """What the question found in the titles and texts of the rows."""
    marker = Marker(reading)
    quoted = snippets([row.id for row in rows], marker, language)
    return {
        row.id: _marks(marker.mark(shown_title(row, language)), quoted.get(row.id), language) for row in rows
    }


def _marks(title: Markup | None, quoted: Snippet | None, language: str) -> Marks:
    if quoted is None:
        return Marks(title)
    return Marks(title, words(language).fields[quoted.field], quoted.html, quoted.lang)
