"""/peluang/peta: where the listings are that the list would show, without JavaScript and without an account."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from markupsafe import Markup

from marketplace.core import clock
from marketplace.opportunities.finding.answers import kept_by_visitors
from marketplace.opportunities.finding.filters import Chip, Filters, known_codes
from marketplace.opportunities.finding.map import (
    Look,
    Measure,
    Order,
    address,
    draw_map,
    looked_at,
    parse_look,
    province_of,
    shaded,
    within,
)
from marketplace.opportunities.finding.pages import push_address
from marketplace.opportunities.finding.pieces import answer, drawn_filters, hour_of
from marketplace.opportunities.finding.question import Question, parse
from marketplace.opportunities.finding.words import words
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.queries import gazetteer
from marketplace.search.finding import Found
from marketplace.search.index import View, open_index
from marketplace.search.places import Figures, Spread, spread
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.fragments import fragments
from marketplace.web.language import get_language
from marketplace.web.requests import takes_any_text

listing_map = Blueprint("peta", __name__)


@dataclass(frozen=True, slots=True)
class Page:
    """What the template draws; `path` is the map's address without its query, `list_path` the list's."""

    path: str
    list_path: str
    question: Question
    look: Look
    found: Found
    total: Figures
    province: Place | None
    drawn: Markup
    filters: Markup
    chips: list[Chip]

    def shaded(self, measure: str) -> str:
        """The same map, shaded by that measure, its table ordered by it."""
        return address(self.path, self.question, Look(Measure(measure), Order(measure)))

    def ordered(self, order: str) -> str:
        """The same map, its table ordered so."""
        return address(self.path, self.question, Look(self.look.measure, Order(order)))

    def kept(self) -> list[tuple[str, str]]:
        """What the filters' form must not lose."""
        return [pair for pair in self.question.pairs() if pair[0] in ("q", "urut")] + self.look.pairs()

    @property
    def country_url(self) -> str:
        """The map of the whole country, for the same question."""
        return address(self.path, self.question.without("daerah"), self.look)

    @property
    def province_url(self) -> str | None:
        """The map of the whole province, where only parts of it were chosen."""
        code = province_of(self.question)
        if code is None or code in self.question.values("daerah"):
            return None
        return address(self.path, within(self.question, code), self.look)


@listing_map.get("/peluang/peta")
@takes_any_text
def show() -> Response:
    view, now = open_index().view(), clock.now()

    def draw() -> Response:
        page = _page(view, now)
        response = make_response(render_template("opportunities/map.html", page=page))
        return push_address(response, address(page.path, page.question, page.look))

    return kept_by_visitors(view, now, draw)


def _page(view: View, now: datetime) -> Page:
    language, prefix = get_language(), request.script_root
    terms, places, spoken = taxonomy(), gazetteer(), words(language)
    question = replace(parse(request.args, known_codes(terms, places)), page=1)
    look = parse_look(request.args)
    answered = answer(view, question, now)
    found = answered.found
    where = _spread(view, question, found, now)
    path, list_path = f"{prefix}/peluang/peta", f"{prefix}/peluang"
    filters = Filters(question, found.counts, terms, places, spoken)
    province = province_of(question)
    page = Page(
        path=path,
        list_path=list_path,
        question=question,
        look=look,
        found=found,
        total=where.total,
        province=places.by_code[province] if province else None,
        drawn=Markup(),
        filters=drawn_filters(answered, question, filters, language, sheet=False),
        chips=[Chip(chip.label, looked_at(chip.url, look)) for chip in filters.chips(path)],
    )
    key = ("map", view.generation, question.query(), look, path, hour_of(now))
    return replace(page, drawn=fragments("panels").kept(key, lambda: _draw(page, where, places)))


def _spread(view: View, question: Question, found: Found, now: datetime) -> Spread:
    key = ("spread", view.generation, question.query("urut"), hour_of(now))
    codes = [place.code for place in shaded(question, gazetteer())]
    return fragments("panels").kept(key, lambda: spread(view, found.wanted.listings(view), codes))


def _draw(page: Page, where: Spread, places: Gazetteer) -> Markup:
    """The map and its table. Provinces lead to their own map, kabupaten and kota to their listings."""

    def link(code: str) -> str:
        narrowed = within(page.question, code)
        return page.list_path + narrowed.query() if page.province else address(page.path, narrowed, page.look)

    drawn = draw_map(page.question, page.look, where, places, link)
    macros: Any = current_app.jinja_env.get_template("opportunities/_map.html").module
    panel: Markup = macros.map_panel(page, drawn)
    return panel
