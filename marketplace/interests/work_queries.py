"""What waits in interests and invitations, for tabs and dashboards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_queries import WAITING
from marketplace.interests.models import Interest
from marketplace.interests.queries import LAPSED
from marketplace.interests.rules import OPEN, WAITING_FOR_PEMDA, InterestStatus
from marketplace.opportunities.models import Opportunity


@dataclass(frozen=True, slots=True)
class Work:
    """For a Pemda its answer; for a partner its reply, invitations, and what is open."""

    incoming_waiting: int
    outgoing_open: int
    outgoing_waiting: int
    invitations: int


def count_work(organisation_ids: list[int]) -> Work:
    """What waits for the members of these organisations, in one statement."""
    ours = Interest.organisation_id.in_(organisation_ids)
    theirs = Opportunity.organisation_id.in_(organisation_ids)
    invitations = (
        select(func.count())
        .select_from(Invitation)
        .join(Invitation.opportunity)
        .where(Invitation.organisation_id.in_(organisation_ids), WAITING)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            func.count().filter(theirs, Interest.status.in_(WAITING_FOR_PEMDA), ~LAPSED),
            func.count().filter(ours, Interest.status.in_(OPEN), ~LAPSED),
            func.count().filter(ours, Interest.status == InterestStatus.MORE_INFO, ~LAPSED),
            invitations,
        )
        .select_from(Interest)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(ours | theirs)
    ).one()
    return Work(*row)


def find_quietest(opportunity_ids: Sequence[int]) -> int | None:
    """Of these listings the one to which the fewest partners have written, the newest of several."""
    sent = Interest.sent_at.is_not(None)
    return db.session.scalar(
        select(Opportunity.id)
        .outerjoin(Interest, (Interest.opportunity_id == Opportunity.id) & sent)
        .where(Opportunity.id.in_(opportunity_ids))
        .group_by(Opportunity.id)
        .order_by(func.count(Interest.id), Opportunity.id.desc())
        .limit(1)
    )
