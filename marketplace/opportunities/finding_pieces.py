"""What /peluang keeps between pages: answers of the index, the filters beside them, and drawn cards.

Rows are read for every page with the visibility predicate, so nothing kept shows what is no longer public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import Row

from marketplace.opportunities.finding import Question
from marketplace.opportunities.finding_cards import Card, Marks, card_of, moment_of, shown_title
from marketplace.opportunities.finding_filters import Filters, Group
from marketplace.opportunities.finding_snippets import Snippet, snippets
from marketplace.opportunities.finding_words import Words, words
from marketplace.search.finding import Found, find
from marketplace.search.highlighting import Marker
from marketplace.search.index import View
from marketplace.search.text import read
from marketplace.web.fragments import fragments


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card as HTML, with what a list for machines says of it; `keep` is what a visitor keeps it by."""

    id: int
    url: str
    title: str
    title_lang: str | None
    before: Markup
    keep: Markup
    after: Markup

    @property
    def html(self) -> Markup:
        """The card for a visitor."""
        return self.before + self.keep + self.after


def hour_of(now: datetime) -> str:
    """Deadlines pass at full hours and days begin at them: nothing else changes an answer of one generation."""
    return f"{now:%Y%m%d%H}"


def answer(view: View, question: Question, now: datetime) -> Found:
    """What the index answers; asked once a generation, question and hour."""
    key = ("found", view.generation, question.query(), hour_of(now))
    return fragments("panels").kept(key, lambda: find(view, question.request(now)))


def marks_of(
    view: View, question: Question, found: Found, rows: Sequence[Row[Any]], language: str, now: datetime
) -> dict[int, Marks]:
    """What the question found in the titles and texts of the rows; kept like the answer itself."""
    reading = read(view, found.corrected or question.text)
    if reading is None:
        return {}
    key = ("snippets", view.generation, question.query(), language, hour_of(now))
    quoted = fragments("panels").kept(key, lambda: snippets([row.id for row in rows], reading, language))
    marker = Marker(reading)
    return {
        row.id: _marks(marker.mark(shown_title(row, language)), quoted.get(row.id), words(language))
        for row in rows
    }


def _marks(title: Markup | None, quoted: Snippet | None, spoken: Words) -> Marks:
    return Marks(title, spoken.fields[quoted.field], quoted.html, quoted.lang) if quoted else Marks(title)


def drawn_filters(
    view: View, question: Question, filters: Filters, language: str, now: datetime, *, sheet: bool
) -> Markup:
    """All groups with their counts, for every page and sort of a question; on a `sheet` for phones most are folded."""
    key = ("filters", view.generation, question.query("urut", "halaman"), language, hour_of(now), sheet)
    return fragments("panels").kept(key, lambda: draw_filters(filters.groups(), sheet=sheet))


def draw_filters(groups: Sequence[Group], *, sheet: bool = False) -> Markup:
    """Groups as HTML."""
    drawn: Markup = _macros("opportunities/browse_filters.html").filter_groups(groups, sheet)
    return drawn


def drawn_cards(
    rows: Sequence[Row[Any]], marks: Mapping[int, Marks], *, language: str, prefix: str, now: datetime
) -> list[DrawnCard]:
    """The cards of the rows. Their row, its moment and its marks are all that they show, hence their key."""
    kept = fragments("cards")
    keys = [(tuple(row), moment_of(row, now), language, prefix, marks.get(row.id)) for row in rows]
    drawn = {key: kept.get(key) for key in keys}
    missing = {key: row for key, row in zip(keys, rows, strict=True) if drawn[key] is None}
    cards = [card_of(row, *key[1:]) for key, row in missing.items()]
    for key, card in zip(missing, draw(cards), strict=True):
        drawn[key] = card
        kept.put(key, card)
    return [drawn[key] for key in keys]


def draw(cards: Sequence[Card]) -> list[DrawnCard]:
    """All in one call, since what cards share is looked up once; no text of ours holds a NUL or another control."""
    if not cards:
        return []
    pieces = _macros("components/card.html").card_pieces(cards).split("\0")
    return [
        DrawnCard(card.id, card.url, card.title, card.title_lang, *html.split("\1"))
        for card, html in zip(cards, pieces, strict=False)
    ]


def _macros(template: str) -> Any:
    return current_app.jinja_env.get_template(template).module
