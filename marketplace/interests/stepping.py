"""What every step of an interest begins with, and what matching learns of it."""

from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.interests.models import Interest
from marketplace.interests.policy import may, side_of
from marketplace.interests.queries import Detail, find_detail
from marketplace.interests.rules import STEPS, InterestLapsed, InterestState, state_of
from marketplace.lifecycle.actions import StatusTable
from marketplace.matching import answers
from marketplace.matching.rules import AnswerKind

TABLE = StatusTable(kind="interest", steps=STEPS, may=may)


def get_workable(interest_id: int, actor: Actor) -> Detail:
    """The interest for a step of the actor's. Raises NotFound for strangers and InterestLapsed."""
    detail = find_detail(interest_id)
    if detail is None or side_of(actor, detail.interest) is None:
        raise NotFound
    interest = detail.interest
    state = state_of(interest.status, read_at=interest.read_at, life=interest.opportunity.status)
    if state is InterestState.LAPSED:
        raise InterestLapsed
    return detail


def note_answer(interest: Interest, kind: AnswerKind, *, now: datetime) -> None:
    """Keeps the step as what became of the suggestion."""
    answers.note(
        kind, opportunity_id=interest.opportunity_id, organisation_id=interest.organisation_id, now=now
    )
