"""/peluang: search, filters with live counts, sorts and pages; works without JavaScript and without an account."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from marketplace.core import clock
from marketplace.opportunities.finding.answers import ListPage, kept_by_visitors, listed
from marketplace.opportunities.finding.filters import known_codes
from marketplace.opportunities.finding.pages import cards_of, page_of, push_address
from marketplace.opportunities.finding.pieces import answer
from marketplace.opportunities.finding.queries import RowMarks
from marketplace.opportunities.finding.question import parse
from marketplace.regions.queries import gazetteer
from marketplace.search.index import open_index
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.requests import takes_any_text

finding = Blueprint("peluang", __name__)


@finding.get("/peluang")
@takes_any_text
def browse() -> Response:
    return _answer("opportunities/browse.html", sheet=False)


@finding.get("/peluang/saring")
@takes_any_text
def narrow() -> Response:
    """The filters as a page of their own, for phones."""
    return _answer("opportunities/browse_narrow.html", sheet=True)


def _answer(template: str, *, sheet: bool) -> Response:
    view, now = open_index().view(), clock.now()

    def drawn() -> Response:
        question = parse(request.args, known_codes(taxonomy(), gazetteer()))
        answered = answer(view, question, now)
        question = replace(question, page=answered.found.page)

        def draw(seen: RowMarks | None) -> ListPage:
            cards, marks = ([], {}) if sheet else cards_of(answered, now, seen)
            path = f"{request.script_root}/peluang"
            page = page_of(path, question, answered, cards, view, now, sheet=sheet)
            return ListPage(render_template(template, page=page), marks)

        address = request.script_root + request.path + question.query()
        return push_address(listed(answered, now, draw, cards=not sheet), address, replaces=sheet)

    return kept_by_visitors(view, now, drawn)
