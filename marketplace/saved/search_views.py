"""A person's saved searches: kept with one press, listed with what is new, changed, paused, deleted."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.dates import abbreviation
from marketplace.core.refusal import NotFound, Refusal
from marketplace.opportunities.finding.cards import cards_by_ids
from marketplace.opportunities.finding.question import Question
from marketplace.saved import search_actions as actions
from marketplace.saved.search_forms import SearchForm
from marketplace.saved.search_labels import CADENCE
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_queries import count_finds, find_search, list_finds, list_searches
from marketplace.saved.search_rules import SEARCHES_AT_MOST, TooManySearches
from marketplace.saved.search_words import asked, called, name_of, parts_of, question_of, reasons
from marketplace.search.index import open_index
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import reader_zone
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.language import get_language
from marketplace.web.paging import paged
from marketplace.web.transaction import after_answer, keep_nothing
from marketplace.web.wishes import Wish, done_after_sign_in

PAGE = 20

saved_searches = Blueprint("saved_searches", __name__)


@saved_searches.get("")
@signed_in
def index() -> str:
    language = get_language()
    lines = list_searches(current_actor().user_id or 0)
    asks = {line.id: parts_of(question_of(line.query), language) for line in lines}
    return render_template(
        "saved/searches.html", lines=lines, asks=asks, labels=CADENCE, most=SEARCHES_AT_MOST,
        names={line.id: called(line, language) for line in lines},
    )  # fmt: skip


def _save_at_once(wish: Wish) -> str:
    return _save(asked(wish.arguments))


@saved_searches.get("/simpan")
@done_after_sign_in(_save_at_once, _l("Sesudah masuk, pencarian tadi langsung tersimpan."))
def confirm() -> str:
    """Where a visitor's press leads, done by signing in; who comes here otherwise is asked."""
    question = asked(request.args)
    return render_template("saved/confirm.html", question=question, parts=parts_of(question, get_language()))


@saved_searches.post("")
@signed_in
def save() -> AnyResponse:
    """Keeps the question of the page on which the button stands."""
    try:
        return redirect(_save(asked(request.form)))
    except TooManySearches as refusal:
        return _refused(refusal)


def _save(question: Question) -> str:
    """Keeps it and says so; the page of the search."""
    language = get_language()
    name = name_of(question, language)
    search, is_new = actions.save(question, name=name, actor=current_actor(), now=clock.now())
    if is_new:
        flash(_("Tersimpan sebagai “%(nama)s”. Yang baru kami kirim setiap pagi.", nama=search.name))
    else:
        flash(_("Pencarian ini sudah tersimpan sebagai “%(nama)s”.", nama=called(search, language)))
    return url_for("saved_searches.show", search_id=search.id)


@saved_searches.get("/<int:search_id>")
@signed_in
def show(search_id: int) -> Response:
    """What it has found since it was saved, and why; looking at it is what "seen" means."""
    search, language, now = _own(search_id), get_language(), clock.now()
    question = question_of(search.query)
    paging = paged(".show", count_finds(search), PAGE, search_id=search_id)
    finds = list_finds(search, limit=PAGE, offset=paging.offset)
    ids = [find.opportunity_id for find in finds]
    fresh = {find.opportunity_id for find in finds if find.found_at > search.seen_at}
    page = render_template(
        "saved/search.html", search=search, name=called(search, language), question=question, parts=parts_of(question, language),
        cards=cards_by_ids(ids, language=language, prefix=request.script_root, now=now), fresh=fresh,
        reasons=reasons(open_index().view(), question, ids, language=language, now=now) if ids else {},
        labels=CADENCE, mailing=search.mailing, paging=paging,
    )  # fmt: skip
    response = make_response(page)
    if fresh:
        after_answer(response, actions.mark_seen, search_id=search_id, actor=current_actor(), now=now)
    return response


@saved_searches.route("/<int:search_id>/ubah", methods=["GET", "POST"])
@signed_in
def edit(search_id: int) -> Any:
    search = _own(search_id)
    name = called(search, get_language())
    form = SearchForm(data={"name": name, "cadence": search.cadence})
    if form.validate_on_submit() and attempt(
        form, actions.change, search_id=search_id, name=form.name.data or "", cadence=form.chosen_cadence,
        actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Tersimpan."))
        return redirect(url_for(".show", search_id=search_id))
    parts = parts_of(question_of(search.query), get_language())
    page = render_template(
        "saved/edit.html", search=search, name=name, parts=parts, form=form, zone=abbreviation(reader_zone())
    )
    return page, 422 if request.method == "POST" else 200


@saved_searches.post("/<int:search_id>/jeda")
@signed_in
def pause(search_id: int) -> AnyResponse:
    if ButtonForm().validate_on_submit():
        actions.pause(search_id, actor=current_actor(), now=clock.now())
        flash(_("Surel pencarian ini dijeda."))
    return redirect(_back(search_id))


@saved_searches.post("/<int:search_id>/lanjut")
@signed_in
def resume(search_id: int) -> AnyResponse:
    if ButtonForm().validate_on_submit():
        actions.resume(search_id, actor=current_actor(), now=clock.now())
        flash(_("Surel pencarian ini berjalan lagi, mulai dari yang terbit sesudah ini."))
    return redirect(_back(search_id))


@saved_searches.route("/<int:search_id>/hapus", methods=["GET", "POST"])
@signed_in
def remove(search_id: int) -> AnyResponse | str:
    """Asks, and deletes it where the question is answered."""
    search, form = _own(search_id), ButtonForm()
    if form.validate_on_submit():
        actions.remove(search_id, actor=current_actor())
        flash(_("Pencarian dihapus. Tidak ada surel lagi tentangnya."))
        return redirect(url_for(".index"))
    parts = parts_of(question_of(search.query), get_language())
    return render_template(
        "saved/remove.html", search=search, name=called(search, get_language()), parts=parts,
        finds=count_finds(search), form=form,
    )  # fmt: skip


def _own(search_id: int) -> SavedSearch:
    search = find_search(search_id, current_actor().user_id)
    if search is None:
        raise NotFound
    return search


def _back(search_id: int) -> str:
    """To the list where the button was pressed there, else to the search."""
    if request.form.get("dari") == "daftar":
        return url_for(".index")
    return url_for(".show", search_id=search_id)


def _refused(refusal: Refusal) -> AnyResponse:
    keep_nothing()
    flash(sentence(refusal), "warm")
    return redirect(url_for(".index"))
