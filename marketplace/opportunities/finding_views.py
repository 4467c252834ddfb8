"""/peluang: search, filters with live counts, sorts and pages; works without JavaScript and without an account."""

from dataclasses import dataclass, replace
from functools import cached_property

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.paging import Paging
from marketplace.opportunities.finding import PAGE_SIZE, PARAMETERS, SORTS, Question, parse
from marketplace.opportunities.finding_cards import cards_by_ids
from marketplace.opportunities.finding_filters import Chip, Filters, known_codes
from marketplace.opportunities.finding_words import words
from marketplace.regions.queries import gazetteer
from marketplace.search.finding import Found, find
from marketplace.search.index import OpenIndex, View, home_of
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.headers import is_signed_in
from marketplace.web.language import get_language
from marketplace.web.release import code_version

finding = Blueprint("peluang", __name__)
_LOOSENINGS = 4


@finding.get("/peluang")
def browse() -> Response:
    return _answer("opportunities/browse.html")


@finding.get("/peluang/saring")
def narrow() -> Response:
    """The filters as a page of their own, for phones."""
    return _answer("opportunities/browse_narrow.html")


def open_index() -> OpenIndex:
    """This process's index, opened at its first search."""
    kept: OpenIndex | None = current_app.extensions.get("opportunity_index")
    if kept is None:
        kept = OpenIndex(home_of(current_app.config["INSTANCE_DIR"]))
        current_app.extensions["opportunity_index"] = kept
    return kept


def _answer(template: str) -> Response:
    view, now = open_index().view(), clock.now()
    signed_in = is_signed_in()
    response = make_response()
    if not signed_in:
        # Deadlines pass at full hours, so does the day: nothing else changes a page of the same generation.
        tag = f"{view.generation}.{get_language()}.{code_version()}.{now:%Y%m%d%H}"
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "public, no-cache"
        if response.make_conditional(request).status_code == 304:
            return response
    response.set_data(render_template(template, page=Page(view)))
    return response
