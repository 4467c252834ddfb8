"""What a Pemda does with an interest: read, shortlist, ask, accept, decline."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.notices import to_moderators, to_partner
from marketplace.interests.policy import may
from marketplace.interests.queries import Detail
from marketplace.interests.rules import InterestStatus, PartnerPaused, QuestionNeeded, check_words
from marketplace.interests.stepping import TABLE, get_workable, note_answer
from marketplace.lifecycle.actions import move
from marketplace.matching.rules import AnswerKind
from marketplace.opportunities.models import DocumentGrant, Opportunity


def note_read(*, interest_ids: list[int], actor: Actor, now: datetime) -> None:
    """Notes the first opening by the actor's Pemda: a fact, once an interest; a revision that was read stays valid.

    Who does not belong to the listing's Pemda leaves no trace.
    """
    ours = [place.organisation_id for place in actor.memberships]
    asked = select(Opportunity.id).where(Opportunity.organisation_id.in_(ours))
    # Locked in the order in which several are decided: neither waits for the other in a circle.
    unread = (
        select(Interest.id)
        .where(
            Interest.id.in_(interest_ids), Interest.opportunity_id.in_(asked), Interest.read_at.is_(None),
            Interest.sent_at.is_not(None),
        )
        .order_by(Interest.id)
        .with_for_update()
    )  # fmt: skip
    first = db.session.scalars(
        update(Interest)
        .where(Interest.id.in_(db.session.scalars(unread).all()))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
        .returning(Interest.id)
    )
    for interest_id in first.all():
        audit.record("interest:read", actor=actor, now=now, object_kind="interest", object_id=interest_id)


def shortlist(*, interest_id: int, seen: int | None, actor: Actor, now: datetime) -> None:
    """Puts the interest on the Pemda's short list; the partner hears of it."""
    detail = get_workable(interest_id, actor)
    move(
        detail.interest, InterestStatus.SHORTLISTED, table=TABLE, actor=actor, now=now, seen=seen,
        tells=[to_partner("interest_shortlisted", detail)],
    )  # fmt: skip


def ask_more_info(*, interest_id: int, question: str, seen: int | None, actor: Actor, now: datetime) -> None:
    """Asks the partner; the interest waits for its answer."""
    detail = get_workable(interest_id, actor)
    if not question:
        raise QuestionNeeded(field="question")
    move(
        detail.interest, InterestStatus.MORE_INFO, table=TABLE, actor=actor, now=now, seen=seen, words=question,
        tells=[to_partner("interest_more_info", detail, asked=question)], values={"asked": question, "answer": ""},
    )  # fmt: skip


def accept(*, interest_id: int, seen: int | None, actor: Actor, now: datetime) -> None:
    """Accepts: proposes the introduction to LAIP and opens the documents kept for accepted partners.

    Raises PartnerPaused while the partner is suspended or its verification has expired.
    """
    detail = get_workable(interest_id, actor)
    if not detail.partner_verified and may(actor, "pemda_approver", detail.interest):
        raise PartnerPaused
    move(
        detail.interest, InterestStatus.ACCEPTED, table=TABLE, actor=actor, now=now, seen=seen,
        tells=[to_partner("interest_accepted", detail), to_moderators("match_proposed", detail)],
        values={"accepted_at": now, "answered_at": now},
    )  # fmt: skip
    note_answer(detail.interest, AnswerKind.ACCEPTED, now=now)
    _grant_documents(detail, now)


def decline(
    *, interest_id: int, reason: str | None, words: str, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Answers no, with a reason that the partner reads."""
    detail = get_workable(interest_id, actor)
    check_words(reason, words)
    move(
        detail.interest, InterestStatus.DECLINED, table=TABLE, actor=actor, now=now, seen=seen,
        reason=reason, words=words, tells=[to_partner("interest_declined", detail, reason=reason, words=words)],
        values={"decision_reason": reason, "decision_words": words or None, "answered_at": now},
    )  # fmt: skip
    note_answer(detail.interest, AnswerKind.DECLINED, now=now)


def _grant_documents(detail: Detail, now: datetime) -> None:
    interest = detail.interest
    db.session.execute(
        insert(DocumentGrant)
        .values(
            opportunity_id=interest.opportunity_id,
            organisation_id=interest.organisation_id,
            granted_at=now,
        )
        .on_conflict_do_nothing()
    )
