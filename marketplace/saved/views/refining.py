"""A saved search's question as the list of what it finds, changed there and put in the place of what is saved."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.opportunities.finding.filters import known_codes
from marketplace.opportunities.finding.pages import Page, cards_of, page_of, push_address
from marketplace.opportunities.finding.pieces import answer
from marketplace.opportunities.finding.question import Question, parse
from marketplace.regions.queries import gazetteer
from marketplace.saved import search_actions as actions
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_queries import find_search
from marketplace.saved.search_rules import AskedOtherwise, SameSearch
from marketplace.saved.search_words import asked, called, is_named_by_us, name_of, parts_of, question_of
from marketplace.search.index import open_index
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.language import get_language
from marketplace.web.requests import takes_any_text
from marketplace.web.transaction import keep_nothing

refining = Blueprint("refining", __name__)


@refining.get("/<int:search_id>/saringan")
@takes_any_text
@signed_in
def refine(search_id: int) -> Response:
    """The list of the question in the address; who comes here to change what is saved brings that along."""
    search = _own(search_id)
    page = _page(search, _wanted(), sheet=False)
    return push_address(make_response(_drawn(search, page)), page.path + page.question.query())


@refining.get("/<int:search_id>/saringan/saring")
@takes_any_text
@signed_in
def narrow(search_id: int) -> Response:
    """The filters as a page of their own, for phones."""
    search = _own(search_id)
    page = _page(search, _wanted(), sheet=True)
    drawn = make_response(
        render_template("saved/refine_narrow.html", page=page, search=search, name=_name(search))
    )
    address = url_for(".narrow", search_id=search_id) + page.question.query()
    return push_address(drawn, address, replaces=True)


@refining.post("/<int:search_id>/saringan")
@signed_in
def ask_otherwise(search_id: int) -> AnyResponse | tuple[str, int]:
    """What the page asks takes the place of what is saved; a name that its question gave it goes along."""
    search, question, language = _own(search_id), asked(request.form), get_language()
    try:
        actions.ask_otherwise(
            search_id, question, seen=request.form.get("seen", ""), actor=current_actor(), now=clock.now(),
            name=name_of(question, language) if is_named_by_us(search) else None,
        )  # fmt: skip
    except (AskedOtherwise, SameSearch) as refusal:
        keep_nothing()
        page = _page(search, question, sheet=False)
        return _drawn(search, page, sentence(refusal)), refusal.status
    flash(_("Pencarian diperbarui. Yang baru dihitung mulai sekarang."))
    return redirect(url_for("saved_searches.show", search_id=search_id))


def _own(search_id: int) -> SavedSearch:
    search = find_search(search_id, current_actor().user_id)
    if search is None:
        raise NotFound
    return search


def _wanted() -> Question:
    return parse(request.args, known_codes(taxonomy(), gazetteer()))


def _page(search: SavedSearch, question: Question, *, sheet: bool) -> Page:
    """The list of that question at the search's own address."""
    view, now = open_index().view(), clock.now()
    answered = answer(view, question, now)
    question = replace(question, page=answered.found.page)
    cards = [] if sheet else cards_of(answered, now)[0]
    path = url_for(".refine", search_id=search.id)
    return page_of(path, question, answered, cards, view, now, sheet=sheet)


def _drawn(search: SavedSearch, page: Page, refusal: Any = None) -> str:
    parts = parts_of(question_of(search.query), get_language())
    return render_template(
        "saved/refine.html", page=page, search=search, name=_name(search), parts=parts, refusal=refusal
    )


def _name(search: SavedSearch) -> str:
    return called(search, get_language())
