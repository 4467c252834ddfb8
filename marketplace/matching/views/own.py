"""A partner's own suggestions: the list, putting one aside with a reason, taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.actor import Membership
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.matching import choice_queries, dismissing, queries, taking_part
from marketplace.matching.factors import Side
from marketplace.matching.forms import DismissForm
from marketplace.matching.labels import DISMISS
from marketplace.matching.lists.held_model import current_model_id
from marketplace.matching.policy import find_partner, may_complete, may_put_aside
from marketplace.matching.views.blueprint import suggestions
from marketplace.matching.views.fit import Fit, fit_of
from marketplace.opportunities.finding.cards import Card, cards_by_ids
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.language import get_language

PAGE = 20


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion as pages draw it."""

    card: Card
    fit: Fit
    by_hand: queries.HandNote | None
    weak: bool


@suggestions.get("")
@signed_in
def index() -> str:
    place, now = own_partner(), clock.now()
    number = parse_page(request.args.get("halaman"))
    listed = queries.list_for_partner(place.organisation_id, now=now, limit=PAGE, offset=(number - 1) * PAGE)
    paging = Paging(number, PAGE, listed.total, _page_address)
    aside = queries.list_put_aside(Side.PARTNER, place.organisation_id, limit=PAGE).rows
    cards = _cards([row.opportunity_id for row in aside])
    return render_template(
        "matching/own.html",
        place=place,
        rows=_shown(listed.rows, place),
        aside=[(cards[row.opportunity_id], row) for row in aside if row.opportunity_id in cards],
        reasons=DISMISS,
        may_put_aside=may_put_aside(current_actor(), place.organisation_id),
        may_complete=may_complete(current_actor(), place.organisation_id),
        takes_part=choice_queries.takes_part(place.organisation_id),
        letters_stopped=choice_queries.are_stopped(current_actor().user_id, place.organisation_id),
        scored=current_model_id() is not None,
        paging=paging,
    )


@suggestions.app_template_global("suggestions_for_reader")
def suggestions_for_reader(limit: int) -> list[Suggested] | None:
    """The first suggestions of the partner for which the reader acts; None for everybody else."""
    place = find_partner(current_actor())
    if place is None:
        return None
    listed = queries.list_for_partner(place.organisation_id, now=clock.now(), limit=limit)
    return _shown(listed.rows, place)


def _shown(rows: Sequence[queries.SuggestedListing], place: Membership) -> list[Suggested]:
    """The rows with card and fit; what is not public any more since the list was read is left out."""
    ids = [row.opportunity_id for row in rows]
    cards = _cards(ids)
    facts = queries.pairs_of_partner(place.organisation_id, ids, now=clock.now())
    shown = []
    for row in rows:
        card, known = cards.get(row.opportunity_id), facts.get(row.opportunity_id)
        if card and known:
            shown.append(Suggested(card, fit_of(known, place, _slug(card)), row.by_hand, row.weak))
    return shown


@suggestions.route("/<int:opportunity_id>/lewati", methods=["GET", "POST"])
@signed_in
def dismiss(opportunity_id: int) -> Response | str | tuple[str, int]:
    """Asks for the reason, then takes the listing out of the list at once."""
    place, now = _acting_place(), clock.now()
    if not queries.may_be_paired(opportunity_id, place.organisation_id, now=now):
        raise NotFound
    form = DismissForm()
    if form.validate_on_submit() and attempt(
        form, dismissing.dismiss, side=Side.PARTNER, opportunity_id=opportunity_id,
        organisation_id=place.organisation_id, reason=form.reason.data, words=form.words.data or "",
        actor=current_actor(), now=now,
    ):  # fmt: skip
        flash(_("Disisihkan. Di bawah daftar Anda dapat mengembalikannya."))
        return redirect(url_for(".index"))
    card = _cards([opportunity_id]).get(opportunity_id)
    if card is None:
        # It was withdrawn between the two looks.
        raise NotFound
    page = render_template("matching/dismiss.html", form=form, card=card, place=place)
    return (page, 422) if form.is_submitted() else page


@suggestions.post("/<int:opportunity_id>/kembali")
@signed_in
def take_back(opportunity_id: int) -> Response:
    """Pressed twice, it is back once."""
    place = _acting_place()
    if ButtonForm().validate_on_submit():
        dismissing.take_back(
            Side.PARTNER, opportunity_id=opportunity_id, organisation_id=place.organisation_id,
            actor=current_actor(), now=clock.now(),
        )  # fmt: skip
        flash(_("Dikembalikan. Peluang ini dapat disarankan lagi."))
    return redirect(url_for(".index"))


@suggestions.post("/ikut")
@signed_in
def take_part() -> Response:
    return _choose(
        takes_part=True, said=_("Organisasi Anda ikut pencocokan lagi. Saran muncul sesudah dihitung.")
    )


@suggestions.post("/keluar")
@signed_in
def leave() -> Response:
    return _choose(takes_part=False, said=_("Organisasi Anda tidak lagi ikut pencocokan."))


def _choose(*, takes_part: bool, said: str) -> Response:
    place = own_partner()
    if not may_complete(current_actor(), place.organisation_id):
        raise Forbidden
    if ButtonForm().validate_on_submit():
        taking_part.choose(
            place.organisation_id, takes_part=takes_part, actor=current_actor(), now=clock.now()
        )
        flash(said)
    return redirect(url_for(".index"))


def own_partner() -> Membership:
    """The partner for which the reader acts. Raises NotFound."""
    place = find_partner(current_actor())
    if place is None:
        raise NotFound
    return place


def _acting_place() -> Membership:
    place = own_partner()
    if not may_put_aside(current_actor(), place.organisation_id):
        raise Forbidden
    return place


def _cards(ids: list[int]) -> dict[int, Card]:
    found = cards_by_ids(ids, language=get_language(), prefix=request.script_root, now=clock.now())
    return {card.id: card for card in found}


def _slug(card: Card) -> str:
    return card.url.rpartition("/")[2]


def _page_address(number: int) -> str:
    arguments: dict[str, Any] = {"halaman": number} if number > 1 else {}
    return url_for(".index", **arguments)
