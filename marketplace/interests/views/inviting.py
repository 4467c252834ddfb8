"""A Pemda invites a partner: in one press, or with words of its own."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.interests.invitation_forms import InviteForm
from marketplace.interests.invitation_queries import newest_of
from marketplace.interests.invitation_rules import ANSWER_WITHIN_DAYS, WORDS_AT_MOST, AlreadyInvited
from marketplace.interests.inviting import invite
from marketplace.interests.labels import shown_title
from marketplace.interests.views.blueprint import interests
from marketplace.matching import queries
from marketplace.matching.wording import tell
from marketplace.opportunities.queries import find_opportunity, find_version
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import Card, get_card
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import language
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.transaction import keep_nothing

FROM_PARTNER = "mitra"
ONE = "/dasbor/peluang/<int:opportunity_id>/calon-mitra/<int:partner_id>/undang"


@interests.route(ONE, methods=["GET", "POST"])
@signed_in
def invite_partner(opportunity_id: int, partner_id: int) -> Any:
    """The button of a list sends at once; the page is for who wants to add words."""
    partner = _get_partner(opportunity_id, partner_id)
    form = InviteForm()
    if request.method == "GET":
        return keep_on_back(make_response(_page(form, opportunity_id, partner)))
    arguments = {"opportunity_id": opportunity_id, "partner_id": partner_id, "words": form.words.data or ""}
    try:
        done = form.validate() and attempt(form, invite, **arguments, actor=current_actor(), now=clock.now())
    except AlreadyInvited as faster:
        return _to_the_first(opportunity_id, partner_id, faster)
    if not done:
        return _page(form, opportunity_id, partner), 422
    flash(_("Undangan terkirim ke %(mitra)s.", mitra=partner.name), "good")
    return redirect(_way_back(opportunity_id, partner_id))


def _way_back(opportunity_id: int, partner_id: int) -> str:
    """The page with the button that was pressed: the listing's suggestions, or the listings for one partner."""
    if request.values.get("dari") == FROM_PARTNER:
        return url_for(".choose_listing", partner_id=partner_id)
    return url_for(".candidates", opportunity_id=opportunity_id)


def _get_partner(opportunity_id: int, partner_id: int) -> Card:
    """Whom the reader may invite. Raises NotFound for strangers, Forbidden for a colleague without the right."""
    opportunity = find_opportunity(opportunity_id)
    place = current_actor().membership_in(opportunity.organisation_id) if opportunity else None
    if place is None:
        raise NotFound
    if place.role not in WRITERS:
        raise Forbidden
    partner = get_card(partner_id)
    if partner.kind is not OrganisationKind.PARTNER:
        raise NotFound
    return partner


def _to_the_first(opportunity_id: int, partner_id: int, why: Refusal) -> Response:
    """Another press was faster: its invitation, and that it is there already."""
    keep_nothing()
    number, _state = newest_of(opportunity_id, [partner_id])[partner_id]
    flash(sentence(why), "warm")
    return redirect(url_for(".invitation", invitation_id=number))


def _page(form: InviteForm, opportunity_id: int, partner: Card) -> str:
    facts = queries.pair(opportunity_id, partner.id, now=clock.now())
    told = tell(facts, language()) if facts else None
    opportunity = find_opportunity(opportunity_id)
    version = find_version(opportunity.published_version_id or 0) if opportunity else None
    if version is None:
        raise NotFound
    return render_template(
        "interests/invite.html", form=form, opportunity_id=opportunity_id, partner=partner,
        title=shown_title(version, language()),
        days=ANSWER_WITHIN_DAYS, longest=WORDS_AT_MOST, back=_way_back(opportunity_id, partner.id),
        from_partner=request.values.get("dari") == FROM_PARTNER,
        fit={"told": told, "gaps": [(gap, None) for gap in told.gaps]} if told else None,
    )  # fmt: skip
