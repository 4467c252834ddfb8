"""/peluang: search, filters with live counts, sorts and pages; works without JavaScript and without an account."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from marketplace.core import clock
from marketplace.core.paging import Paging
from marketplace.opportunities.finding import PAGE_SIZE, SORTS, Question, parse
from marketplace.opportunities.finding_answers import kept_by_visitors
from marketplace.opportunities.finding_filters import Chip, Filters, known_codes
from marketplace.opportunities.finding_pieces import DrawnCard, answer, drawn_cards, drawn_filters
from marketplace.opportunities.finding_queries import card_rows
from marketplace.opportunities.finding_words import words
from marketplace.regions.queries import gazetteer
from marketplace.search.finding import Found, find
from marketplace.search.index import View, open_index
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.language import get_language

finding = Blueprint("peluang", __name__)
_LOOSENINGS = 6


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
    loosenings: list[tuple[Chip, int]]

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


@finding.get("/peluang")
def browse() -> Response:
    return _answer("opportunities/browse.html", with_cards=True)


@finding.get("/peluang/saring")
def narrow() -> Response:
    """The filters as a page of their own, for phones."""
    return _answer("opportunities/browse_narrow.html", with_cards=False)


def _answer(template: str, *, with_cards: bool) -> Response:
    view, now = open_index().view(), clock.now()

    def drawn() -> Response:
        return make_response(render_template(template, page=_page(view, now, with_cards=with_cards)))

    return kept_by_visitors(view, now, drawn)


def _page(view: View, now: datetime, *, with_cards: bool) -> Page:
    language, prefix = get_language(), request.script_root
    terms, places, spoken = taxonomy(), gazetteer(), words(language)
    question = parse(request.args, known_codes(terms, places))
    found = answer(view, question, now)
    question = replace(question, page=found.page)
    path = f"{prefix}/peluang"
    filters = Filters(question, found.counts, terms, places, spoken)
    chips = filters.chips(path)
    return Page(
        path=path,
        question=question,
        found=found,
        cards=drawn_cards(card_rows(found.ids), language=language, prefix=prefix, now=now)
        if with_cards
        else [],
        filters=drawn_filters(view, question, filters, language, now),
        chips=chips,
        paging=Paging(found.page, PAGE_SIZE, found.total, _addresses(path, question)),
        sorts=[(word, spoken.sorts[word]) for word in SORTS if word != "relevan" or question.text],
        loosenings=[] if found.total else _loosenings(view, question, filters, path, now),
    )


def _addresses(path: str, question: Question) -> Callable[[int], str]:
    """Addresses of pages, from a prefix made once."""
    base = path + question.query("halaman")
    join = "&" if "?" in base else "?"
    return lambda number: base if number == 1 else f"{base}{join}halaman={number}"


def _loosenings(
    view: View, question: Question, filters: Filters, path: str, now: datetime
) -> list[tuple[Chip, int]]:
    """Which choices to take off when nothing was found, with what each then finds."""
    looser = [(f"“{question.text}”", question.without_text())] if question.text else []
    looser += [
        (filters.label(name, value), question.without(name, value))
        for name, values in question.chosen.items()
        for value in values
    ]
    tried = [(label, each, find(view, each.request(now)).total) for label, each in looser[:_LOOSENINGS]]
    return [(Chip(label, path + each.query()), total) for label, each, total in tried if total]
