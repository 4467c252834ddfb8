"""Invitations as both sides read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import InvitationState, InvitationStatus, newest_expired
from marketplace.interests.models import Interest
from marketplace.interests.queries import LAPSED, Partner, Pemda
from marketplace.interests.rules import OPEN
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.trust_queries import trusted


def _expired() -> datetime:
    return newest_expired(clock.now())


# Read when the statement runs, so that conditions may be built once.
_NOW = bindparam("moment", callable_=clock.now, type_=DateTime(timezone=True))
_NEWEST_EXPIRED = bindparam("newest_expired", callable_=_expired, type_=DateTime(timezone=True))
_SENT = Invitation.status == InvitationStatus.SENT
_TAKES_INTERESTS = and_(
    Opportunity.status == LifeStatus.PUBLISHED,
    or_(Opportunity.closes_at.is_(None), Opportunity.closes_at > _NOW),
)
# What still waits for the partner.
WAITING = and_(_SENT, _TAKES_INTERESTS, Invitation.invited_at > _NEWEST_EXPIRED)
# The SQL twin of invitation_rules.state_of.
state_shown: ColumnElement[str] = case(
    (~_SENT, literal_column("interest_invitations.status")),
    (~_TAKES_INTERESTS, literal_column(f"'{InvitationState.LAPSED}'")),
    (Invitation.invited_at <= _NEWEST_EXPIRED, literal_column(f"'{InvitationState.EXPIRED}'")),
    else_=literal_column(f"'{InvitationState.SENT}'"),
).label("state")


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation in a list of either side."""

    id: int
    state: InvitationState
    opportunity_id: int
    region_code: str
    title_id: str
    title_en: str
    partner_id: int
    partner_name: str
    partner_slug: str
    partner_verified: bool
    pemda_name: str
    invited_at: datetime
    answered_at: datetime | None
    interest_id: int | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True)
class InvitationDetail:
    """One invitation with the names around it; the texts are those of the published version."""

    invitation: Invitation
    title_id: str
    title_en: str
    summary_id: str
    summary_en: str
    partner_name: str
    partner_slug: str
    partner_verified: bool
    pemda_name: str
    pemda_verified: bool


_LINE: tuple[Any, ...] = (
    Invitation.id, state_shown, Invitation.opportunity_id, Opportunity.region_code, OpportunityVersion.title_id,
    OpportunityVersion.title_en, Partner.id, Partner.name, Partner.slug, trusted(Partner), Pemda.name,
    Invitation.invited_at, Invitation.answered_at, Invitation.interest_id, Invitation.decision_reason,
)  # fmt: skip


def _around(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Invitation)
        .join(Invitation.opportunity)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Partner, Partner.id == Invitation.organisation_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
    )


def _listed(*conditions: ColumnElement[bool], limit: int, offset: int) -> list[InvitationLine]:
    """Those that wait first, then the newest."""
    order = (WAITING.desc(), Invitation.id.desc())
    rows = db.session.execute(_around(*_LINE).where(*conditions).order_by(*order).limit(limit).offset(offset))
    return [InvitationLine(row[0], InvitationState(row[1]), *row[2:]) for row in rows]


def _counted(*conditions: ColumnElement[bool]) -> dict[InvitationState, int]:
    rows = db.session.execute(
        select(state_shown, func.count())
        .select_from(Invitation)
        .join(Invitation.opportunity)
        .where(*conditions)
        .group_by(state_shown)
    )
    return {InvitationState(state): number for state, number in rows}


def list_received(
    partner_id: int, *, state: InvitationState | None = None, limit: int, offset: int = 0
) -> list[InvitationLine]:
    """A partner's invitations."""
    wanted = [Invitation.organisation_id == partner_id]
    if state:
        wanted.append(state_shown == state)
    return _listed(*wanted, limit=limit, offset=offset)


def count_received(partner_id: int) -> dict[InvitationState, int]:
    """How many of a partner's invitations are in each state."""
    return _counted(Invitation.organisation_id == partner_id)


def list_of_listing(opportunity_id: int, *, limit: int, offset: int = 0) -> list[InvitationLine]:
    """Whom the Pemda invited to one listing."""
    return _listed(Invitation.opportunity_id == opportunity_id, limit=limit, offset=offset)


def count_of_listing(opportunity_id: int) -> dict[InvitationState, int]:
    """How many of a listing's invitations are in each state."""
    return _counted(Invitation.opportunity_id == opportunity_id)


def find_invitation(invitation_id: int) -> InvitationDetail | None:
    """The invitation with both names and what it invites to."""
    row = db.session.execute(
        _around(
            Invitation, OpportunityVersion.title_id, OpportunityVersion.title_en, OpportunityVersion.summary_id,
            OpportunityVersion.summary_en, Partner.name, Partner.slug, trusted(Partner), Pemda.name, trusted(Pemda),
        )
        .options(contains_eager(Invitation.opportunity))
        .where(Invitation.id == invitation_id)
    ).first()  # fmt: skip
    return InvitationDetail(*row) if row else None


def find_waiting(opportunity_id: int, organisation_id: int) -> Invitation | None:
    """The partner's invitation to that listing that waits for its answer."""
    return db.session.scalar(_waiting_of(opportunity_id, organisation_id))


def hold_waiting(opportunity_id: int, organisation_id: int) -> Invitation | None:
    """The same, kept from others until the end of the transaction."""
    wanted = _waiting_of(opportunity_id, organisation_id)
    return db.session.scalar(
        wanted.with_for_update(of=Invitation, key_share=True).execution_options(populate_existing=True)
    )


def _waiting_of(opportunity_id: int, organisation_id: int) -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.opportunity)
        .options(contains_eager(Invitation.opportunity))
        .where(
            Invitation.opportunity_id == opportunity_id,
            Invitation.organisation_id == organisation_id,
            WAITING,
        )
    )


def list_states_of_pair(opportunity_id: int, organisation_id: int) -> list[InvitationState]:
    """How the partner's invitations to that listing stand, the first one first."""
    rows = db.session.execute(
        select(state_shown)
        .select_from(Invitation)
        .join(Invitation.opportunity)
        .where(Invitation.opportunity_id == opportunity_id, Invitation.organisation_id == organisation_id)
        .order_by(Invitation.number)
    )
    return [InvitationState(state) for (state,) in rows]


def newest_of(opportunity_id: int, partner_ids: Sequence[int]) -> dict[int, tuple[int, InvitationState]]:
    """By partner, its newest invitation to that listing and how it stands."""
    rows = db.session.execute(
        select(Invitation.organisation_id, Invitation.id, state_shown)
        .join(Invitation.opportunity)
        .where(Invitation.opportunity_id == opportunity_id, Invitation.organisation_id.in_(partner_ids))
        .order_by(Invitation.number)
    )
    return {partner: (number, InvitationState(state)) for partner, number, state in rows}


def count_waiting_on(opportunity_id: int) -> int:
    """How many invitations to that listing wait for their answer."""
    counted = select(func.count()).select_from(Invitation).join(Invitation.opportunity)
    return db.session.scalar(counted.where(Invitation.opportunity_id == opportunity_id, WAITING)) or 0


def has_sent_interest(opportunity_id: int, organisation_id: int) -> bool:
    """Whether the partner has an open interest there that the Pemda knows of; a draft is the partner's secret."""
    found = (
        select(Interest.id)
        .join(Interest.opportunity)
        .where(
            Interest.opportunity_id == opportunity_id,
            Interest.organisation_id == organisation_id,
            Interest.status.in_(OPEN),
            Interest.sent_at.is_not(None),
            ~LAPSED,
        )
    )
    return db.session.scalar(found) is not None
