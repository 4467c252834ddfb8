"""A Pemda's own open listings beside one partner: to which of them it may be invited."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_queries import WAITING, state_shown
from marketplace.interests.invitation_rules import InvitationState
from marketplace.interests.models import Interest
from marketplace.interests.queries import LAPSED
from marketplace.interests.rules import OPEN
from marketplace.matching.lists.standing_queries import Pemda, takes_partners
from marketplace.opportunities.models import Opportunity, OpportunityVersion


@dataclass(frozen=True, slots=True)
class OpenListing:
    """A listing of the Pemda that takes interests now."""

    id: int
    slug: str
    title_id: str
    title_en: str
    region_code: str
    closes_on: date | None


@dataclass(slots=True)
class Between:
    """What there is between a partner and one listing: its invitations, the newest last, and its sent interest."""

    invitations: list[tuple[int, InvitationState]] = field(default_factory=list)
    interested: bool = False
    # Of whomever was invited to it.
    waiting_here: int = 0

    @property
    def states(self) -> list[InvitationState]:
        return [state for _number, state in self.invitations]

    @property
    def newest(self) -> tuple[int, InvitationState] | None:
        return self.invitations[-1] if self.invitations else None


_LISTING: tuple[Any, ...] = (
    Opportunity.id, Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en,
    Opportunity.region_code, Opportunity.closes_on,
)  # fmt: skip


def list_open_of(pemda_id: int, *, now: datetime, limit: int) -> list[OpenListing]:
    """The Pemda's listings that take interests now, the newest first."""
    rows = db.session.execute(
        select(*_LISTING)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(Opportunity.organisation_id == pemda_id, takes_partners(now))
        .order_by(Opportunity.id.desc())
        .limit(limit)
    )
    return [OpenListing(*row) for row in rows]


def list_between(partner_id: int, opportunity_ids: Sequence[int]) -> dict[int, Between]:
    """By listing, what there is between it and the partner; three statements."""
    found: dict[int, Between] = defaultdict(Between)
    asked = (
        select(Invitation.opportunity_id, Invitation.id, state_shown)
        .join(Invitation.opportunity)
        .where(Invitation.opportunity_id.in_(opportunity_ids), Invitation.organisation_id == partner_id)
        .order_by(Invitation.number)
    )
    for listing, number, state in db.session.execute(asked):
        found[listing].invitations.append((number, InvitationState(state)))
    waits = (
        select(Invitation.opportunity_id, func.count())
        .join(Invitation.opportunity)
        .where(Invitation.opportunity_id.in_(opportunity_ids), WAITING)
        .group_by(Invitation.opportunity_id)
    )
    for listing, number in db.session.execute(waits):
        found[listing].waiting_here = number
    for listing in db.session.scalars(_interested(partner_id, opportunity_ids)):
        found[listing].interested = True
    return found


def _interested(partner_id: int, opportunity_ids: Sequence[int]) -> Any:
    """A draft is the partner's secret."""
    return (
        select(Interest.opportunity_id)
        .join(Interest.opportunity)
        .where(
            Interest.opportunity_id.in_(opportunity_ids),
            Interest.organisation_id == partner_id,
            Interest.status.in_(OPEN),
            Interest.sent_at.is_not(None),
            ~LAPSED,
        )
    )
