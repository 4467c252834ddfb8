"""What every step of an interest begins with."""

from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.interests.policy import may, side_of
from marketplace.interests.queries import Detail, find_detail
from marketplace.interests.rules import STEPS, InterestLapsed, InterestState, state_of
from marketplace.lifecycle.actions import StatusTable

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
