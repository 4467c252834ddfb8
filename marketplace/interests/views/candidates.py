"""Calon mitra: who fits one listing and why, for its Pemda; inviting them, and putting them aside."""

from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.interests import invitation_labels
from marketplace.interests.invitation_forms import PutAsideForm
from marketplace.interests.invitation_queries import count_of_listing, list_of_listing
from marketplace.interests.invitation_rules import WAITING_AT_MOST, InvitationState, answer_day
from marketplace.interests.labels import shown_title
from marketplace.interests.policy import can_invite
from marketplace.interests.views.blueprint import interests
from marketplace.matching import dismissing, queries
from marketplace.matching.factors import Side
from marketplace.matching.labels import DISMISS
from marketplace.matching.lists.held_model import current_model_id
from marketplace.matching.policy import may_put_aside
from marketplace.matching.wording import Gap, Told, tell
from marketplace.opportunities import labels as listing_labels
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.queries import find_opportunity, find_version
from marketplace.opportunities.rules import Standing, standing
from marketplace.organisations.queries import list_cards
from marketplace.partners.queries import Line, list_lines
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.paging import paged

LIST = "/dasbor/peluang/<int:opportunity_id>/calon-mitra"
PAGE = 20
# In the panel beside the suggestions, and on other pages.
LATEST = 5
# Beside the twenty of the engine, all that LAIP suggests by hand.
LISTED_AT_MOST = 1000
TOP = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A partner in the list of a listing, with how well it fits."""

    line: Line
    told: Told
    by_hand: queries.HandNote | None
    weak: bool

    @property
    def gaps(self) -> list[tuple[Gap, None]]:
        """What is not known; whoever it is that could say it, it is not done on a page about suggestions."""
        return [(gap, None) for gap in self.told.gaps]


@interests.get(LIST)
@signed_in
def candidates(opportunity_id: int) -> str:
    """Best first with reasons, then whom the Pemda has invited and whom it put aside."""
    opportunity = _get_own(opportunity_id)
    listed = queries.list_for_listing(opportunity_id, now=clock.now(), limit=LISTED_AT_MOST).rows
    paging = paged(".candidates", len(listed), PAGE, opportunity_id=opportunity_id)
    sent = count_of_listing(opportunity_id)
    aside = queries.list_put_aside(Side.LISTING, opportunity_id, limit=1)
    return render_template(
        "interests/candidates.html",
        opportunity=opportunity,
        title=_title_of(opportunity),
        candidates=_explained(opportunity_id, listed[paging.offset : paging.offset + PAGE]),
        paging=paging,
        open=_is_open(opportunity),
        scored=current_model_id() is not None,
        invites=can_invite(current_actor(), opportunity.organisation_id) and _is_open(opportunity),
        puts_aside=may_put_aside(current_actor(), opportunity.organisation_id),
        sent=list_of_listing(opportunity_id, limit=LATEST),
        sent_total=sum(sent.values()),
        waiting=sent.get(InvitationState.SENT, 0),
        most=WAITING_AT_MOST,
        invitation_states=invitation_labels.STATE,
        answer_day=answer_day,
        aside_total=aside.total,
        kinds=listing_labels.PARTNER_KIND,
    )


def _explained(opportunity_id: int, rows: list[queries.SuggestedPartner]) -> list[Candidate]:
    """These of a listing's partners with the words of their fit."""
    partners = [row.organisation_id for row in rows]
    facts = queries.pairs_of_listing(opportunity_id, partners, now=clock.now())
    lines = list_lines(partners)
    return [
        Candidate(
            lines[row.organisation_id], tell(facts[row.organisation_id], language()), row.by_hand, row.weak
        )
        for row in rows
        if row.organisation_id in facts and row.organisation_id in lines
    ]


@interests.app_template_global("best_candidates")
def best_candidates(opportunity_id: int, organisation_id: int | None) -> list[Candidate]:
    """The first few, for members of the listing's Pemda; nothing for everybody else."""
    if current_actor().membership_in(organisation_id) is None:
        return []
    best = queries.list_for_listing(opportunity_id, now=clock.now(), limit=TOP).rows
    return _explained(opportunity_id, best)


def _get_own(opportunity_id: int) -> Opportunity:
    """The listing, for its own organisation only. Raises NotFound, also for one that was never published."""
    opportunity = find_opportunity(opportunity_id)
    if opportunity is None or opportunity.published_version_id is None:
        raise NotFound
    if current_actor().membership_in(opportunity.organisation_id) is None:
        raise NotFound
    return opportunity


def _is_open(opportunity: Opportunity) -> bool:
    stands = standing(
        opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=clock.now()
    )
    return stands is Standing.OPEN


def _title_of(opportunity: Opportunity) -> Markup:
    version = find_version(opportunity.published_version_id or 0)
    if version is None:
        raise NotFound
    return shown_title(version, language())


@interests.get(f"{LIST}/undangan")
@signed_in
def sent_invitations(opportunity_id: int) -> str:
    """Whom the Pemda invited to the listing, those that wait first."""
    opportunity = _get_own(opportunity_id)
    total = sum(count_of_listing(opportunity_id).values())
    paging = paged(".sent_invitations", total, PAGE, opportunity_id=opportunity_id)
    return render_template(
        "interests/sent_invitations.html",
        opportunity=opportunity,
        title=_title_of(opportunity),
        lines=list_of_listing(opportunity_id, limit=PAGE, offset=paging.offset),
        paging=paging,
        invitation_states=invitation_labels.STATE,
        answer_day=answer_day,
    )


@interests.get(f"{LIST}/disisihkan")
@signed_in
def all_put_aside(opportunity_id: int) -> str:
    """Whom the Pemda put aside from this listing's suggestions, and why."""
    opportunity = _get_own(opportunity_id)
    total = queries.list_put_aside(Side.LISTING, opportunity_id, limit=1).total
    paging = paged(".all_put_aside", total, PAGE, opportunity_id=opportunity_id)
    page = queries.list_put_aside(Side.LISTING, opportunity_id, limit=PAGE, offset=paging.offset)
    return render_template(
        "interests/all_put_aside.html",
        opportunity=opportunity,
        title=_title_of(opportunity),
        rows=page.rows,
        paging=paging,
        names=list_cards([row.organisation_id for row in page.rows]),
        reasons=DISMISS,
        puts_aside=may_put_aside(current_actor(), opportunity.organisation_id),
    )


@interests.route(f"{LIST}/<int:partner_id>/lewati", methods=["GET", "POST"])
@signed_in
def put_aside(opportunity_id: int, partner_id: int) -> Any:
    """Asks for the reason, then takes the partner out of this listing's list at once."""
    opportunity = _get_acting(opportunity_id)
    partner = list_lines([partner_id]).get(partner_id)
    if partner is None or not queries.may_be_paired(opportunity_id, partner_id, now=clock.now()):
        raise NotFound
    form = PutAsideForm()
    if form.validate_on_submit() and attempt(
        form, dismissing.dismiss, side=Side.LISTING, opportunity_id=opportunity_id, organisation_id=partner_id,
        reason=form.reason.data, words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("%(mitra)s disisihkan. Di “Disisihkan” Anda dapat mengembalikannya.", mitra=partner.name))
        return redirect(url_for(".candidates", opportunity_id=opportunity_id))
    page = render_template(
        "interests/put_aside.html", form=form, partner=partner, opportunity=opportunity,
        title=_title_of(opportunity),
    )  # fmt: skip
    return (page, 422) if form.is_submitted() else keep_on_back(make_response(page))


@interests.post(f"{LIST}/<int:partner_id>/kembali")
@signed_in
def take_back(opportunity_id: int, partner_id: int) -> Response:
    """Pressed twice, it is back once."""
    _get_acting(opportunity_id)
    if ButtonForm().validate_on_submit():
        dismissing.take_back(
            Side.LISTING, opportunity_id=opportunity_id, organisation_id=partner_id, actor=current_actor(),
            now=clock.now(),
        )  # fmt: skip
        flash(_("Dikembalikan. Mitra ini dapat disarankan lagi."))
    return redirect(url_for(".all_put_aside", opportunity_id=opportunity_id))


def _get_acting(opportunity_id: int) -> Opportunity:
    opportunity = _get_own(opportunity_id)
    if not may_put_aside(current_actor(), opportunity.organisation_id):
        raise Forbidden
    return opportunity
