"""An interest's own page for both sides and LAIP, the partner's list, the file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from marketplace.audit.queries import Happening, list_history
from marketplace.collaborations.queries import find_of_interest
from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.files.serving import send_blob
from marketplace.interests import labels
from marketplace.interests.answering_queries import usual_answer_days
from marketplace.interests.deciding import note_read
from marketplace.interests.invitation_queries import count_received
from marketplace.interests.invitation_rules import InvitationState
from marketplace.interests.policy import Side, may, side_of
from marketplace.interests.queries import (
    Detail,
    count_outgoing,
    find_detail,
    find_open,
    list_outgoing,
)
from marketplace.interests.rules import (
    LAIP_EVENTS,
    PARTNER_EVENTS,
    STEPS,
    UNANSWERED,
    InterestState,
    InterestStatus,
    dots_of,
    may_try_again,
    state_of,
)
from marketplace.interests.views.blueprint import ONE, interests
from marketplace.opportunities.rules import standing
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.policy import get_place
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, waktu
from marketplace.web.paging import paged
from marketplace.web.transaction import after_answer

PAGE = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One interest as the reader may see it."""

    detail: Detail
    side: Side
    state: InterestState

    @property
    def waits(self) -> bool:
        """Whether the next step is the reader's."""
        if self.side is Side.PARTNER:
            return self.state in (InterestState.MORE_INFO, InterestState.DRAFT)
        return self.side is Side.PEMDA and self.state in UNANSWERED


def get_reading(interest_id: int) -> Reading:
    """The interest for the present reader. Raises NotFound where it does not exist for them."""
    detail = find_detail(interest_id)
    side = side_of(current_actor(), detail.interest) if detail else None
    if detail is None or side is None:
        raise NotFound
    interest = detail.interest
    state = state_of(interest.status, read_at=interest.read_at, life=interest.opportunity.status)
    return Reading(detail, side, state)


@interests.get("/dasbor/minat")
@signed_in
def outgoing() -> str:
    place = get_place(current_actor(), OrganisationKind.PARTNER)
    counts = count_outgoing(place.organisation_id)
    state = parse_state(request.args.get("status"))
    paging = paged(".outgoing", counts.get(state, 0) if state else sum(counts.values()), PAGE, status=state)
    lines = list_outgoing(place.organisation_id, state=state, limit=PAGE, offset=paging.offset)
    invited = count_received(place.organisation_id)
    return render_template(
        "interests/outgoing.html",
        lines=lines,
        counts=counts,
        invitations={"total": sum(invited.values()), "waiting": invited.get(InvitationState.SENT, 0)},
        state=state,
        states=labels.STATE,
        reasons=labels.reason_text,
        paging=paging,
        dots_of=dots_of,
        usual=usual_answer_days([line.pemda_id for line in lines], now=clock.now()),
        gazetteer=gazetteer(),
    )


def parse_state(text: str | None) -> InterestState | None:
    """The state asked for in an address; None for anything else."""
    return InterestState(text) if text in list(InterestState) else None


@interests.get(ONE)
@signed_in
def show(interest_id: int) -> Response:
    reading = get_reading(interest_id)
    interest = reading.detail.interest
    pemda_id = interest.opportunity.organisation_id or 0
    page = render_template(
        "interests/show.html",
        reading=reading,
        detail=reading.detail,
        interest=interest,
        title=labels.shown_title(reading.detail, language()),
        label=labels.STATE[reading.state],
        roles=[labels.ROLE[role] for role in labels.ROLE if role in interest.roles],
        reason=labels.reason_text(interest.decision_reason),
        dots=dots_of(reading.state, read_at=interest.read_at),
        steps=_open_steps(reading),
        history=_history(reading),
        again=_may_try_again(reading),
        usual=usual_answer_days([pemda_id], now=clock.now()).get(pemda_id),
        collaboration=find_of_interest(interest.id),
        place_text=gazetteer().place_text(interest.opportunity.region_code),
    )
    response = make_response(page)
    if reading.side is Side.PEMDA and interest.read_at is None:
        arguments: dict[str, Any] = {
            "interest_ids": [interest_id],
            "actor": current_actor(),
            "now": clock.now(),
        }
        after_answer(response, note_read, **arguments)
    return response


def _open_steps(reading: Reading) -> set[StrEnum]:
    """The statuses into which the reader may bring the interest now."""
    if reading.state is InterestState.LAPSED:
        return set()
    interest = reading.detail.interest
    steps = {
        new
        for (old, new), step in STEPS.items()
        if old is interest.status and may(current_actor(), step.by, interest)
    }
    return steps if reading.detail.partner_verified else steps - {InterestStatus.ACCEPTED}


def _may_try_again(reading: Reading) -> bool:
    """Whether the reader is offered to write anew for the same opportunity."""
    interest, opportunity = reading.detail.interest, reading.detail.interest.opportunity
    ours = current_actor().has_role(interest.organisation_id, *WRITERS)
    if not ours or interest.status is not InterestStatus.NOT_INTRODUCED:
        return False
    stands = standing(
        opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=clock.now()
    )
    other = find_open(opportunity.id, interest.organisation_id)
    return may_try_again(interest.status, standing=stands, another_open=other is not None)


def _history(reading: Reading) -> list[dict[str, Any]]:
    """Who did what; persons are named to their own side only, until both are introduced."""
    zone = zone_at(reading.detail.interest.opportunity.region_code)
    return [
        {"when": waktu(event.at, zone), "title": labels.EVENT[event.kind], "text": _who(event, reading)}
        for event in list_history("interest", reading.detail.interest.id)
        if event.kind in labels.EVENT
    ]


def _who(event: Happening, reading: Reading) -> str:
    if event.kind in LAIP_EVENTS:
        return str(current_app.config["UNIT_NAME"])
    side = Side.PARTNER if event.kind in PARTNER_EVENTS else Side.PEMDA
    detail = reading.detail
    name = detail.partner_name if side is Side.PARTNER else detail.pemda_name
    if event.who and reading.side in (side, Side.LAIP):
        return _("%(orang)s, %(organisasi)s", orang=event.who, organisasi=name)
    return name


@interests.get(f"{ONE}/lampiran")
@signed_in
def attachment(interest_id: int) -> Response:
    blob = get_reading(interest_id).detail.interest.blob
    if blob is None:
        raise NotFound
    return send_blob(blob)
