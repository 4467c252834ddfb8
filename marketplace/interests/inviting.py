"""A Pemda invites a partner; the invitation is taken back, declined, or becomes the partner's own interest."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_notices import news_for_partner, news_for_pemda
from marketplace.interests.invitation_queries import (
    InvitationDetail,
    count_waiting_on,
    find_invitation,
    has_sent_interest,
    hold_waiting,
    list_states_of_pair,
)
from marketplace.interests.invitation_rules import (
    INVITATION_STEPS,
    AlreadyInvited,
    InvitationOver,
    InvitationState,
    InvitationStatus,
    InviterPaused,
    ListingTakesNone,
    PartnerNotInvitable,
    check_invitable,
    state_of,
)
from marketplace.interests.models import Interest
from marketplace.interests.policy import may, side_of_invitation
from marketplace.interests.rules import check_words
from marketplace.interests.stepping import note_answer
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.matching.queries import may_be_paired
from marketplace.matching.rules import AnswerKind
from marketplace.notifications.actions import tell
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import Standing, standing
from marketplace.opportunities.support.rules import check_no_contact
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get_card

TABLE = StatusTable("interest_invitation", INVITATION_STEPS, may)


def invite(*, opportunity_id: int, partner_id: int, words: str, actor: Actor, now: datetime) -> Invitation:
    """Invites a verified partner to an open listing of the actor's Pemda; its members hear of it.

    Raises NotFound, Forbidden, InviterPaused, ListingTakesNone, PartnerNotInvitable, PrivateContactInWords and what
    `check_invitable` raises.
    """
    opportunity = _get_own(opportunity_id, actor)
    _check_listing(opportunity, now)
    check_no_contact([("words", words)])
    _check_partner(opportunity_id, partner_id, now)
    _hold_pair(opportunity_id, partner_id)
    earlier = list_states_of_pair(opportunity_id, partner_id)
    check_invitable(
        earlier,
        interested=has_sent_interest(opportunity_id, partner_id),
        waiting_here=count_waiting_on(opportunity_id),
    )
    invitation = Invitation(
        opportunity=opportunity, organisation_id=partner_id, number=len(earlier) + 1, words=words,
        status=InvitationStatus.SENT, invited_by=actor.user_id, invited_at=now,
    )  # fmt: skip
    try:
        begin(invitation, derived=InvitationStatus.NONE, table=TABLE, actor=actor, now=now)
    except IntegrityError as faster:
        raise AlreadyInvited from faster
    note_answer(invitation, AnswerKind.INVITED, now=now)
    tell([news_for_partner("invitation_sent", _get(invitation.id), words=words)], now=now)
    return invitation


def withdraw_invitation(
    *, invitation_id: int, reason: str | None, words: str, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Takes it back before it is answered; the partner reads the reason."""
    _end(invitation_id, InvitationStatus.WITHDRAWN, reason, words, seen, actor, now)


def decline_invitation(
    *, invitation_id: int, reason: str | None, words: str, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Answers no; the Pemda reads the reason."""
    _end(invitation_id, InvitationStatus.DECLINED, reason, words, seen, actor, now)


def accept_waiting(interest: Interest, *, actor: Actor, now: datetime) -> bool:
    """Ties the invitation that waits for this partner, if there is one, to the interest that it just sent."""
    _hold_partner(interest.organisation_id)
    invitation = hold_waiting(interest.opportunity_id, interest.organisation_id)
    if invitation is None:
        return False
    move(
        invitation, InvitationStatus.ACCEPTED, table=TABLE, actor=actor, now=now,
        values={"interest_id": interest.id, "answered_at": now},
    )  # fmt: skip
    return True


def _end(
    invitation_id: int,
    to: InvitationStatus,
    reason: str | None,
    words: str,
    seen: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Either side's end of it. Raises NotFound, WordsNeeded, PrivateContactInWords, InvitationOver, or what `move` raises."""
    detail = find_invitation(invitation_id)
    if detail is None or side_of_invitation(actor, detail.invitation) is None:
        raise NotFound
    check_words(reason, words)
    check_no_contact([("words", words)])
    if state_now(detail.invitation, now) in (InvitationState.EXPIRED, InvitationState.LAPSED):
        raise InvitationOver
    declined = to is InvitationStatus.DECLINED
    news = news_for_pemda if declined else news_for_partner
    move(
        detail.invitation, to, table=TABLE, actor=actor, now=now, seen=seen, reason=reason, words=words,
        tells=[news(f"invitation_{to}", detail, reason=reason, words=words)],
        values={
            "decision_reason": reason, "decision_words": words or None, "answered_at": now if declined else None,
        },
    )  # fmt: skip
    note_answer(detail.invitation, AnswerKind(str(to)), now=now)


def state_now(invitation: Invitation, now: datetime) -> InvitationState:
    """How it stands at the moment."""
    listing = invitation.opportunity
    stands = standing(listing.status, origin=listing.origin, closes_at=listing.closes_at, now=now)
    return state_of(invitation.status, invited_at=invitation.invited_at, standing=stands, now=now)


def _get_own(opportunity_id: int, actor: Actor) -> Opportunity:
    """The listing, for who may invite to it. Raises NotFound for strangers, else Forbidden or InviterPaused."""
    opportunity = db.session.get(Opportunity, opportunity_id)
    place = actor.membership_in(opportunity.organisation_id) if opportunity else None
    if opportunity is None or place is None:
        raise NotFound
    if place.role not in WRITERS:
        raise Forbidden
    if not place.verified:
        raise InviterPaused
    return opportunity


def _check_listing(opportunity: Opportunity, now: datetime) -> None:
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now)
    if stands is not Standing.OPEN:
        raise ListingTakesNone


def _check_partner(opportunity_id: int, partner_id: int, now: datetime) -> None:
    """Raises NotFound for what is no partner, PartnerNotInvitable while it is not verified or takes no part in matching."""
    if get_card(partner_id).kind is not OrganisationKind.PARTNER:
        raise NotFound
    if not may_be_paired(opportunity_id, partner_id, now=now):
        raise PartnerNotInvitable


def _hold_pair(opportunity_id: int, partner_id: int) -> None:
    """Fifty presses, and an interest that is being sent meanwhile, come one after the other."""
    held = select(Opportunity.id).where(Opportunity.id == opportunity_id)
    db.session.execute(held.with_for_update(key_share=True))
    _hold_partner(partner_id)


def _hold_partner(partner_id: int) -> None:
    held = select(Organisation.id).where(Organisation.id == partner_id)
    db.session.execute(held.with_for_update(key_share=True))


def _get(invitation_id: int) -> InvitationDetail:
    found = find_invitation(invitation_id)
    if found is None:
        raise NotFound
    return found
