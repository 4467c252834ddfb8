"""A page of listings: what the list and the sheet of its filters draw, wherever they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request
from markupsafe import Markup

from marketplace.core.paging import Paging
from marketplace.opportunities.finding.drawing import DrawnCard
from marketplace.opportunities.finding.filters import Chip, Filters
from marketplace.opportunities.finding.loosening import Loosening, loosenings
from marketplace.opportunities.finding.pieces import (
    Answer,
    Wording,
    drawn_cards,
    drawn_filters,
)
from marketplace.opportunities.finding.queries import RowMarks
from marketplace.opportunities.finding.question import PAGE_SIZE, SORTS, Question
from marketplace.opportunities.finding.words import words
from marketplace.regions.queries import gazetteer
from marketplace.search.finding import Found
from marketplace.search.index import View
from marketplace.search.suggesting import suggest
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.language import get_language

# Proxies take a few kilobytes of headers; beyond it the address bar shows the address as it was asked.
_LONGEST_HEADER = 1500


@dataclass(frozen=True, slots=True)
class Nudge:
    """Other words for the question, with what they find."""

    text: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Page:
    """What the templates draw; `path` is the list's address without its query."""

    path: str
    question: Question
    found: Found
    cards: list[DrawnCard]
    filters: Markup
    chips: list[Chip]
    paging: Paging
    sorts: list[tuple[str, str]]
    loosenings: list[Loosening]
    understood: Nudge | None
    meant: Nudge | None

    def as_item_list(self, base_url: str) -> dict[str, Any]:
        """The list for machines (schema.org)."""
        first = self.paging.offset + 1
        items = [
            {"@type": "ListItem", "position": position, "url": base_url + card.url, "name": card.title}
            for position, card in enumerate(self.cards, first)
        ]
        return {
            "@context": "https://schema.org",
            "@type": "ItemList",
            "numberOfItems": self.found.total,
            "itemListElement": items,
        }


def cards_of(
    answered: Answer, now: datetime, seen: RowMarks | None = None
) -> tuple[list[DrawnCard], RowMarks]:
    """The cards of an answer, and the marks of their rows; `seen` are marks just read."""
    wording = Wording(get_language(), request.script_root, answered.reading)
    return drawn_cards(answered.found.ids, wording, now, seen)


def page_of(
    path: str,
    question: Question,
    answered: Answer,
    cards: list[DrawnCard],
    view: View,
    now: datetime,
    *,
    sheet: bool,
) -> Page:
    """The page at that path (with its language); a `sheet` has the filters alone, as phones show them."""
    language = get_language()
    found, spoken = answered.found, words(language)
    filters = Filters(question, found.counts, taxonomy(), gazetteer(), spoken)
    return Page(
        path=path,
        question=question,
        found=found,
        cards=cards,
        filters=drawn_filters(answered, question, filters, language, sheet=sheet),
        chips=filters.chips(path),
        paging=Paging(found.page, PAGE_SIZE, found.total, _addresses(path, question)),
        sorts=[(word, spoken.sorts[word]) for word in SORTS if word != "relevan" or question.text],
        loosenings=[] if found.total else loosenings(view, question, filters, now),
        understood=_nudge(path, question, found.corrected, found.total),
        meant=_meant(view, path, question, found, now),
    )


def push_address(response: Response, address: str, *, replaces: bool = False) -> Response:
    """For htmx: the address of the question in its one way of writing; one that `replaces` is no new step of Back."""
    if len(address) <= _LONGEST_HEADER:
        response.headers["HX-Replace-Url" if replaces else "HX-Push-Url"] = address
    return response


def _nudge(path: str, question: Question, text: str, total: int) -> Nudge | None:
    return Nudge(text, path + question.with_text(text).query(), total) if text else None


def _meant(view: View, path: str, question: Question, found: Found, now: datetime) -> Nudge | None:
    meant = suggest(view, question.request(now), found) if question.page == 1 else None
    return _nudge(path, question, meant.text, meant.total) if meant else None


def _addresses(path: str, question: Question) -> Callable[[int], str]:
    """Addresses of pages, from a prefix made once."""
    base = path + question.query("halaman")
    join = "&" if "?" in base else "?"
    return lambda number: base if number == 1 else f"{base}{join}halaman={number}"
