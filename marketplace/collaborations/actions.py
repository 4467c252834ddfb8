from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from marketplace.audit.queries import find_last_move
from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.notices import introduction, refusal
from marketplace.collaborations.policy import can_decide, may
from marketplace.collaborations.queries import find_of_interest
from marketplace.collaborations.rules import (
    STEPS,
    CollaborationStatus,
    NotProposed,
    SideNotVerified,
    check_words,
)
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.interests.queries import Detail, find_detail
from marketplace.interests.rules import MATCHED, InterestStatus
from marketplace.interests.stepping import TABLE as INTERESTS
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead
from marketplace.notifications.actions import tell
from marketplace.opportunities.models import DocumentGrant

TABLE = StatusTable(kind="collaboration", steps=STEPS, may=may)


def introduce(*, interest_id: int, seen: int | None = None, actor: Actor, now: datetime) -> Collaboration:
    """Introduces both sides: opens their offices' contacts to each other and tells both. Raises SideNotVerified."""
    match = _get_match(interest_id, seen, actor, now)
    _check_verified(match)
    row = _decide(match, CollaborationStatus.INTRODUCED, None, "", actor, now)
    tell(introduction(match, row.id), now=now)
    return row


def refuse(
    *,
    interest_id: int,
    reason: str | None,
    words: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> Collaboration:
    """Does not introduce them, with a reason that both read; the partner's document right ends.

    The interest ends with it, so that the partner may write another one for the same opportunity.
    """
    match = _get_match(interest_id, seen, actor, now)
    check_words(reason, words)
    row = _decide(match, CollaborationStatus.REFUSED, reason, words, actor, now)
    interest = match.interest
    db.session.execute(
        delete(DocumentGrant).where(
            DocumentGrant.opportunity_id == interest.opportunity_id,
            DocumentGrant.organisation_id == interest.organisation_id,
        )
    )
    tell(refusal(match, row.id, reason, words), now=now)
    move(interest, InterestStatus.NOT_INTRODUCED, table=INTERESTS, actor=actor, now=now)
    return row


def _get_match(interest_id: int, seen: int | None, actor: Actor, now: datetime) -> Detail:
    """The accepted interest for a moderator; others have no such thing before them."""
    if not actor.is_moderator:
        raise Forbidden if actor.is_staff else NotFound
    match = find_detail(interest_id)
    if match is None:
        raise NotFound
    if match.interest.status not in MATCHED:
        raise NotProposed
    if not can_decide(actor, match.interest):
        raise Forbidden
    if match.interest.status is not InterestStatus.ACCEPTED:
        raise _told_who(interest_id, now)
    if seen is not None and seen != match.interest.revision:
        raise ChangedSinceRead
    return match


def _check_verified(match: Detail) -> None:
    """What was verified when the interest was sent may have been suspended since."""
    for name, verified in (
        (match.partner_name, match.partner_verified),
        (match.pemda_name, match.pemda_verified),
    ):
        if not verified:
            raise SideNotVerified(name=name)


def _decide(
    match: Detail,
    status: CollaborationStatus,
    reason: str | None,
    words: str,
    actor: Actor,
    now: datetime,
) -> Collaboration:
    """Stores the decision once; who comes second, even in the same moment, is told who was first."""
    interest_id = match.interest.id
    if find_of_interest(interest_id):
        raise _told_who(interest_id, now)
    row = Collaboration(
        interest_id=interest_id,
        status=status,
        decided_at=now,
        decision_reason=reason,
        decision_words=words or None,
    )
    try:
        begin(
            row,
            derived=CollaborationStatus.PROPOSED,
            table=TABLE,
            actor=actor,
            now=now,
            reason=reason,
            words=words,
        )
    except IntegrityError as error:
        raise _told_who(interest_id, now) from error
    return row


def _told_who(interest_id: int, now: datetime) -> AlreadyDecided:
    first = find_of_interest(interest_id)
    last = find_last_move(TABLE.kind, first.id) if first else None
    return AlreadyDecided(who=(last.who if last else None) or "-", when=last.at if last else now)
