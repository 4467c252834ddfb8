"""Watching one listing, and the list of all that one follows."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.core.text import parse_number, tail_of
from marketplace.opportunities import labels
from marketplace.opportunities.policy import is_public
from marketplace.opportunities.queries import Listing, find_listing, find_opportunity
from marketplace.opportunities.wording import title_in
from marketplace.regions.queries import gazetteer
from marketplace.saved import watching as actions
from marketplace.saved.forms import WatchForm
from marketplace.saved.policy import can_be_watched
from marketplace.saved.queries import Marks, count_lists, find_marks, list_watched
from marketplace.saved.rules import WARN_BEFORE
from marketplace.saved.views.keeping import back
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.language import get_language
from marketplace.web.paging import paged
from marketplace.web.wishes import Wish, done_after_sign_in

PAGE = 20

watching = Blueprint("watching", __name__)


def _watch_at_once(wish: Wish) -> str:
    listing, marks = _get(wish.values["slug"])
    if not marks.watched:
        actions.watch(listing.opportunity, actor=current_actor(), now=clock.now())
    flash(_("Anda mengikuti peluang ini."), "good")
    return wish.back


@watching.route("/peluang/<slug>/ikuti", methods=["GET", "POST"])
@done_after_sign_in(_watch_at_once, _l("Sesudah masuk, Anda langsung mengikuti peluang tadi."))
def watch(slug: str) -> Response | str | tuple[str, int]:
    """Begins, changes or stops the watch of one listing; letters lead here too."""
    listing, marks = _get(slug)
    opportunity, form = listing.opportunity, WatchForm()
    if request.method == "POST" and form.validate():
        return _take(form, listing)
    if request.method == "GET" and marks.watched:
        form.by_mail.data = marks.by_mail
    title, title_lang = title_in(listing.version, get_language())
    page = render_template(
        "saved/watch.html", form=form, o=opportunity, title=title, title_lang=title_lang, marks=marks,
        open=can_be_watched(opportunity), days=WARN_BEFORE,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _get(slug: str) -> tuple[Listing, Marks]:
    """The listing and what the reader has done with it; one that has ended is shown to those who follow it."""
    listing = find_listing(tail_of(slug))
    if listing is None:
        raise NotFound
    marks = find_marks(current_actor().user_id, listing.opportunity.id)
    if not marks.watched and not can_be_watched(listing.opportunity):
        raise NotFound
    return listing, marks


def _take(form: WatchForm, listing: Listing) -> Response:
    actor, opportunity = current_actor(), listing.opportunity
    if request.form.get("berhenti"):
        actions.stop(opportunity.id, actor=actor)
        flash(_("Anda tidak lagi mengikuti peluang ini."), "good")
    else:
        actions.watch(opportunity, by_mail=bool(form.by_mail.data), actor=actor, now=clock.now())
        flash(_("Anda mengikuti peluang ini."), "good")
    page = f"{request.script_root}/peluang/{opportunity.slug}"
    return redirect(page if is_public(opportunity) else url_for(".index"))


@watching.get("/dasbor/diikuti")
@signed_in
def index() -> str:
    user_id = current_actor().user_id or 0
    counts = count_lists(user_id)
    paging = paged(".index", counts.watched, PAGE)
    return render_template(
        "saved/watched.html", lines=list_watched(user_id, limit=PAGE, offset=paging.offset), paging=paging, counts=counts,
        now=clock.now(), standings=labels.STANDING, gazetteer=gazetteer(),
    )  # fmt: skip


@watching.post("/dasbor/diikuti")
@signed_in
def change() -> Response:
    """A press on a page or in the list: `ikuti`, `berhenti`, `surel` or `tanpa_surel` names the listing."""
    actor, pressed = current_actor(), {name: parse_number(request.form.get(name)) for name in _PRESSES}
    if (number := pressed["ikuti"]) is not None:
        opportunity = find_opportunity(number)
        if opportunity is None:
            raise NotFound
        actions.watch(opportunity, actor=actor, now=clock.now())
    elif (number := pressed["berhenti"]) is not None:
        actions.stop(number, actor=actor)
    elif (number := pressed["surel"]) is not None:
        actions.choose_letters(number, by_mail=True, actor=actor)
    elif (number := pressed["tanpa_surel"]) is not None:
        actions.choose_letters(number, by_mail=False, actor=actor)
    return back(url_for(".index"))


_PRESSES = ("ikuti", "berhenti", "surel", "tanpa_surel")
