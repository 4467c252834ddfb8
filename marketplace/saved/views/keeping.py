"""Keeping listings: the page that a visitor's press leads to, the person's own list, and its notes."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.core.text import parse_number, tail_of
from marketplace.opportunities import labels
from marketplace.opportunities.queries import Listing, find_listing, find_opportunity
from marketplace.opportunities.wording import title_in
from marketplace.regions.queries import gazetteer
from marketplace.saved import keeping as actions
from marketplace.saved.forms import NoteForm
from marketplace.saved.policy import can_be_kept
from marketplace.saved.queries import (
    count_lists,
    find_kept,
    find_marks,
    list_kept,
    list_kept_among,
)
from marketplace.saved.rules import COLUMNS_AT_MOST, NOTE_AT_MOST
from marketplace.web.access import is_safe_target, signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.language import get_language
from marketplace.web.paging import paged
from marketplace.web.wishes import Wish, done_after_sign_in

PAGE = 20

keeping = Blueprint("keeping", __name__)


@keeping.app_template_global("kept_among")
def kept_among(opportunity_ids: Iterable[int]) -> frozenset[int]:
    """Which of a page's listings its reader keeps; one statement, none for a visitor."""
    return list_kept_among(current_actor().user_id, list(opportunity_ids))


def _keep_at_once(wish: Wish) -> str:
    opportunity = _get(wish.values["slug"]).opportunity
    actions.keep(opportunity, actor=current_actor(), now=clock.now())
    flash(_("Tersimpan. Anda menemukannya lagi di “Tersimpan”."), "good")
    return f"{wish.back}#simpan-{opportunity.id}"


@keeping.route("/peluang/<slug>/simpan", methods=["GET", "POST"])
@done_after_sign_in(_keep_at_once, _l("Sesudah masuk, peluang tadi langsung tersimpan."))
def keep(slug: str) -> Response | str | tuple[str, int]:
    """Keeps it with a note, if wanted; a visitor's press on "Simpan" leads here, and is done by signing in."""
    listing = _get(slug)
    opportunity, form = listing.opportunity, NoteForm()
    if request.method == "GET":
        if find_marks(current_actor().user_id, opportunity.id).kept:
            return redirect(url_for(".note", opportunity_id=opportunity.id))
        return _keep_page(form, listing)
    arguments = {"opportunity": opportunity, "note": form.note.data or "", "now": clock.now()}
    if not form.validate() or not attempt(form, actions.keep, actor=current_actor(), **arguments):
        return _keep_page(form, listing), 422
    flash(_("Tersimpan. Anda menemukannya lagi di “Tersimpan”."), "good")
    return redirect(f"{request.script_root}/peluang/{opportunity.slug}")


def _get(slug: str) -> Listing:
    listing = find_listing(tail_of(slug))
    if listing is None or not can_be_kept(listing.opportunity):
        raise NotFound
    return listing


def _keep_page(form: NoteForm, listing: Listing) -> str:
    title, title_lang = title_in(listing.version, get_language())
    return render_template(
        "saved/keep.html", form=form, o=listing.opportunity, title=title, title_lang=title_lang, most=NOTE_AT_MOST
    )  # fmt: skip


@keeping.get("/dasbor/tersimpan")
@signed_in
def index() -> str:
    user_id = current_actor().user_id or 0
    counts = count_lists(user_id)
    paging = paged(".index", counts.kept, PAGE)
    return render_template(
        "saved/kept.html", lines=list_kept(user_id, limit=PAGE, offset=paging.offset), paging=paging, counts=counts,
        now=clock.now(), standings=labels.STANDING, gazetteer=gazetteer(), columns=COLUMNS_AT_MOST,
    )  # fmt: skip


@keeping.post("/dasbor/tersimpan")
@signed_in
def change() -> Response:
    """A press on a card or a page: `simpan` or `lepas` names the listing, `kembali` the page to go back to."""
    kept, let_go = parse_number(request.form.get("simpan")), parse_number(request.form.get("lepas"))
    if kept is not None:
        opportunity = find_opportunity(kept)
        if opportunity is None:
            raise NotFound
        actions.keep(opportunity, actor=current_actor(), now=clock.now())
    elif let_go is not None:
        actions.let_go(let_go, actor=current_actor())
    return back(url_for(".index"), anchor=f"simpan-{kept or let_go}" if kept or let_go else None)


def back(otherwise: str, *, anchor: str | None = None) -> Response:
    """To the page that the press came from; to a script that only wants to know, that it is done."""
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204, mimetype="text/plain")
    wanted = request.form.get("kembali", "")
    if not is_safe_target(wanted):
        return redirect(otherwise)
    return redirect(f"{wanted.partition('#')[0]}#{anchor}" if anchor else wanted)


@keeping.route("/dasbor/tersimpan/<int:opportunity_id>", methods=["GET", "POST"])
@signed_in
def note(opportunity_id: int) -> Response | str | tuple[str, int]:
    """The note of one's own bookmark."""
    line = find_kept(current_actor().user_id or 0, opportunity_id)
    if line is None:
        raise NotFound
    form = NoteForm(data={"note": line.note})
    status = 200
    if request.method == "POST":
        arguments = {"note": form.note.data or "", "actor": current_actor()}
        if form.validate() and attempt(form, actions.write_note, opportunity_id=line.id, **arguments):
            flash(_("Catatan tersimpan."), "good")
            return redirect(url_for(".index"))
        status = 422
    title, title_lang = title_in(line, get_language())
    page = render_template(
        "saved/note.html", form=form, title=title, title_lang=title_lang, most=NOTE_AT_MOST,
        place=gazetteer().place_text(line.region_code),
    )  # fmt: skip
    return page, status
