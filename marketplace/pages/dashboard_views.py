"""The first page after signing in: what waits, then one's own things."""

from typing import Any

from flask import Blueprint, render_template

from marketplace.collaborations import labels as match_labels
from marketplace.collaborations.queries import list_of_organisations
from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.core.dates import local_day
from marketplace.interests import labels as interest_labels
from marketplace.interests.answering_queries import usual_answer_days
from marketplace.interests.invitation_queries import count_received, list_received
from marketplace.interests.invitation_rules import InvitationState
from marketplace.interests.queries import count_incoming, list_incoming, list_outgoing
from marketplace.interests.rules import PROMISED_DAYS, UNANSWERED, days_unanswered, dots_of
from marketplace.interests.work_queries import find_quietest
from marketplace.moderation import labels as queue_labels
from marketplace.moderation.queue_queries import list_queue
from marketplace.moderation.stalled_queries import count_waiting
from marketplace.opportunities import labels as listing_labels
from marketplace.opportunities.own_queries import list_own
from marketplace.opportunities.questions.queries import count_at_desk
from marketplace.opportunities.rules import Standing
from marketplace.opportunities.support.policy import supports_any
from marketplace.opportunities.support.supported_queries import Asked, list_supported
from marketplace.organisations.guidance_queries import list_to_answer
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.policy import GUIDING_KINDS
from marketplace.organisations.queries import list_cards
from marketplace.pages import waiting
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language

SHOWN = 5
# Enough to see every question and draft of a partner that works here daily.
LOOKED_THROUGH = 40

dashboard = Blueprint("dashboard", __name__)


@dashboard.get("/dasbor")
@signed_in
def show() -> str:
    actor = current_actor()
    if actor.is_moderator:
        return _staff_page()
    if actor.main is None:
        return render_template(
            "dashboard/nobody.html", staff=actor.is_staff, withheld=bool(actor.withheld_roles)
        )
    return _member_page(actor, actor.main)


def _staff_page() -> str:
    now = clock.now()
    at_laip = count_waiting(now)
    return render_template(
        "dashboard/staff.html",
        items=list_queue(now, limit=SHOWN),
        heading=waiting.heading(at_laip.total),
        waiting=at_laip,
        labels=queue_labels,
        gazetteer=gazetteer(),
    )


def _member_page(actor: Actor, place: Membership) -> str:
    """One page for every kind of organisation; each part is there for those whom it concerns."""
    ours = [place.organisation_id]
    cards = list_cards(ours)
    waits = list(waiting.of_organisations(actor, cards))
    parts: dict[str, Any] = {
        "incoming": None,
        "listings": None,
        "outgoing": None,
        "usual": {},
        "supported": None,
        # The listing whose best partners are shown: the open one that has the fewest interests.
        "best": None,
    }
    pemda = place if place.kind is OrganisationKind.PEMDA else None
    partner = place if place.kind is OrganisationKind.PARTNER else None
    if pemda:
        waits += _pemda_part(pemda, parts)
    if partner:
        waits += _partner_part(partner, parts)
    if place.kind in GUIDING_KINDS and place.role is MemberRole.OWNER:
        waits += waiting.of_guidances(place, list_to_answer(place.organisation_id, place.kind))
    if supports_any(place):
        parts["supported"] = list_supported(place, Asked(), limit=SHOWN) if place.verified else []
    waits.sort(key=lambda wait: not wait.urgent)
    return render_template(
        "dashboard/member.html",
        waits=waits,
        heading=waiting.heading(len(waits)),
        now=clock.now(),
        cards=[cards[number] for number in ours if number in cards],
        collaborations=list_of_organisations(ours, limit=SHOWN) if pemda or partner else [],
        ours=ours,
        match_labels=match_labels.STATUS,
        listing_labels=listing_labels,
        states=interest_labels.STATE,
        reasons=interest_labels.reason_text,
        dots_of=dots_of,
        promised=PROMISED_DAYS,
        gazetteer=gazetteer(),
        **parts,
    )


def _pemda_part(place: Membership, parts: dict[str, Any]) -> list[waiting.Wait]:
    now, reader = clock.now(), language()
    listings = list_own([place.organisation_id])
    incoming = list_incoming(place.organisation_id, limit=SHOWN)
    counts = count_incoming(place.organisation_id)
    unanswered = sum(counts.get(state, 0) for state in UNANSWERED)
    parts["listings"] = listings[:SHOWN]
    quietest = find_quietest([each.id for each in listings if each.standing(now) is Standing.OPEN])
    parts["best"] = next((each for each in listings if each.id == quietest), None)
    parts["incoming"] = incoming
    parts["ages"] = {line.id: days_unanswered(line.state, line.sent_at, now) for line in incoming}
    open_lines = [line for line in incoming if line.state in UNANSWERED]
    answers = waiting.of_inbox(open_lines, unanswered, reader, now) if place.role in WRITERS else ()
    asked = _question_waits(place) if place.role in WRITERS else []
    return [*answers, *asked, *waiting.of_listings(place, listings, reader, now)]


def _question_waits(place: Membership) -> list[waiting.Wait]:
    today = local_day(clock.now(), zone_at(place.region_code or ""))
    return list(waiting.of_questions(count_at_desk(place.organisation_id, today)))


def _partner_part(place: Membership, parts: dict[str, Any]) -> list[waiting.Wait]:
    outgoing = list_outgoing(place.organisation_id, limit=LOOKED_THROUGH)
    parts["outgoing"] = outgoing[:SHOWN]
    parts["usual"] = usual_answer_days([line.pemda_id for line in outgoing[:SHOWN]], now=clock.now())
    if place.role not in WRITERS:
        return []
    return [*_invitation_waits(place), *waiting.of_outgoing(outgoing, language())]


def _invitation_waits(place: Membership) -> list[waiting.Wait]:
    asked = InvitationState.SENT
    total = count_received(place.organisation_id).get(asked, 0)
    lines = list_received(place.organisation_id, state=asked, limit=waiting.EACH_TOLD) if total else []
    return list(waiting.of_invitations(lines, total, language()))
