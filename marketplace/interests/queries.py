from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.models import Interest
from marketplace.interests.rules import (
    ENDED_LIFE,
    LAPSING,
    OPEN,
    WAITING_FOR_PEMDA,
    InterestState,
    InterestStatus,
)
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted

Partner = aliased(Organisation, name="partner")
Pemda = aliased(Organisation, name="pemda")

# What the end of its opportunity has taken with it.
LAPSED = and_(Interest.status.in_(LAPSING), Opportunity.status.in_(ENDED_LIFE))
# The SQL twin of rules.state_of.
state_shown: ColumnElement[str] = case(
    (LAPSED, literal_column(f"'{InterestState.LAPSED}'")),
    (
        and_(Interest.status == InterestStatus.SENT, Interest.read_at.is_not(None)),
        literal_column(f"'{InterestState.READ}'"),
    ),
    else_=literal_column("interests.status"),
).label("state")


_Other = aliased(Interest, name="other")
# Read when the statement runs, so that conditions may be built once.
_NOW = bindparam("moment", callable_=clock.now, type_=DateTime(timezone=True))
# The SQL twin of rules.may_try_again, with the standing and the other interest looked up.
may_try_again: ColumnElement[bool] = and_(
    Interest.status == InterestStatus.NOT_INTRODUCED,
    Opportunity.status == LifeStatus.PUBLISHED,
    or_(Opportunity.closes_at.is_(None), Opportunity.closes_at > _NOW),
    ~exists().where(
        _Other.opportunity_id == Interest.opportunity_id,
        _Other.organisation_id == Interest.organisation_id,
        _Other.status.in_(OPEN),
    ),
).label("may_try_again")

# Whether the Pemda had invited the partner to it.
invited: ColumnElement[bool] = exists().where(Invitation.interest_id == Interest.id).label("invited")


@dataclass(frozen=True, slots=True)
class Line:
    """One interest in a list of either side."""

    id: int
    state: InterestState
    revision: int
    opportunity_id: int
    slug: str | None
    life: LifeStatus
    region_code: str
    title_id: str
    title_en: str
    partner_id: int
    partner_name: str
    partner_verified: bool
    pemda_id: int
    pemda_name: str
    roles: list[str]
    offer: str
    capacity: str
    ticket_amount: Decimal | None
    ticket_currency: str
    asked: str
    decision_reason: str | None
    created_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    answered_at: datetime | None
    may_try_again: bool
    invited: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One interest with the names around it."""

    interest: Interest
    title_id: str
    title_en: str
    must_haves_id: list[str]
    must_haves_en: list[str]
    partner_name: str
    partner_slug: str
    partner_verified: bool
    pemda_name: str
    pemda_verified: bool
    invited: bool


_LINE = (
    Interest.id,
    state_shown,
    Interest.revision,
    Interest.opportunity_id,
    Opportunity.slug,
    Opportunity.status,
    Opportunity.region_code,
    OpportunityVersion.title_id,
    OpportunityVersion.title_en,
    Partner.id,
    Partner.name,
    trusted(Partner),
    Pemda.id,
    Pemda.name,
    Interest.roles,
    Interest.offer,
    Interest.capacity,
    Interest.ticket_amount,
    Interest.ticket_currency,
    Interest.asked,
    Interest.decision_reason,
    Interest.created_at,
    Interest.sent_at,
    Interest.read_at,
    Interest.answered_at,
    may_try_again,
    invited,
)


def around(*columns: Any) -> Select[Any]:
    """Interests with the opportunity, the version that was read, and the names of both sides."""
    return (
        select(*columns)
        .select_from(Interest)
        .join(Interest.opportunity)
        .join(OpportunityVersion, OpportunityVersion.id == Interest.version_id)
        .join(Partner, Partner.id == Interest.organisation_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
    )


def find_open(opportunity_id: int, organisation_id: int) -> Interest | None:
    """The partner's one open interest in that opportunity, a draft too."""
    return db.session.scalar(
        select(Interest)
        .join(Interest.opportunity)
        .options(contains_eager(Interest.opportunity), joinedload(Interest.blob))
        .where(
            Interest.opportunity_id == opportunity_id,
            Interest.organisation_id == organisation_id,
            Interest.status.in_(OPEN),
        )
    )


def find_earlier(opportunity_id: int, organisation_id: int) -> tuple[int, InterestStatus] | None:
    """The partner's newest interest in that opportunity that is over: its id, and how it ended."""
    row = db.session.execute(
        select(Interest.id, Interest.status)
        .where(
            Interest.opportunity_id == opportunity_id,
            Interest.organisation_id == organisation_id,
            Interest.status.not_in(OPEN),
        )
        .order_by(Interest.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def find_detail(interest_id: int) -> Detail | None:
    """The interest with both names, its opportunity and its file."""
    row = db.session.execute(
        around(
            Interest,
            OpportunityVersion.title_id,
            OpportunityVersion.title_en,
            OpportunityVersion.must_haves_id,
            OpportunityVersion.must_haves_en,
            Partner.name,
            Partner.slug,
            trusted(Partner),
            Pemda.name,
            trusted(Pemda),
            invited,
        )
        .options(contains_eager(Interest.opportunity), joinedload(Interest.blob))
        .where(Interest.id == interest_id)
    ).first()
    return Detail(*row) if row else None


def get_detail(interest_id: int) -> Detail:
    """The same, for an interest that is known to be there. Raises NotFound."""
    found = find_detail(interest_id)
    if found is None:
        raise NotFound
    return found


def _to_lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(row[0], InterestState(row[1]), *row[2:]) for row in rows]


def list_outgoing(
    organisation_id: int, *, state: InterestState | None = None, limit: int, offset: int = 0
) -> list[Line]:
    """A partner's interests, newest first."""
    wanted = around(*_LINE).where(Interest.organisation_id == organisation_id)
    if state:
        wanted = wanted.where(state_shown == state)
    return _to_lines(db.session.execute(wanted.order_by(Interest.id.desc()).limit(limit).offset(offset)))


def count_outgoing(organisation_id: int) -> dict[InterestState, int]:
    """How many of a partner's interests are in each state."""
    return _counted(Interest.organisation_id == organisation_id)


def list_incoming(
    pemda_id: int,
    *,
    opportunity_id: int | None = None,
    state: InterestState | None = None,
    chosen: Sequence[int] | None = None,
    limit: int,
    offset: int = 0,
) -> list[Line]:
    """What partners sent to a Pemda: those that wait for it first, oldest first, then the rest, newest first.

    `chosen`: of these interests only.
    """
    waits = and_(Interest.status.in_(WAITING_FOR_PEMDA), ~LAPSED)
    wanted = around(*_LINE).where(Opportunity.organisation_id == pemda_id, Interest.sent_at.is_not(None))
    if opportunity_id:
        wanted = wanted.where(Interest.opportunity_id == opportunity_id)
    if state:
        wanted = wanted.where(state_shown == state)
    if chosen is not None:
        wanted = wanted.where(Interest.id.in_(chosen))
    age = func.extract("epoch", Interest.sent_at)
    order = (waits.desc(), case((waits, age), else_=-age), Interest.id)
    return _to_lines(db.session.execute(wanted.order_by(*order).limit(limit).offset(offset)))


def list_partner_names(interest_ids: Sequence[int]) -> dict[int, str]:
    """By interest, who sent it."""
    named = select(Interest.id, Partner.name).join(Partner, Partner.id == Interest.organisation_id)
    return {row.id: row.name for row in db.session.execute(named.where(Interest.id.in_(interest_ids)))}


def count_incoming(pemda_id: int, *, opportunity_id: int | None = None) -> dict[InterestState, int]:
    """How many of the interests sent to a Pemda are in each state."""
    conditions = [Opportunity.organisation_id == pemda_id, Interest.sent_at.is_not(None)]
    if opportunity_id:
        conditions.append(Interest.opportunity_id == opportunity_id)
    return _counted(*conditions)


def count_open_on(opportunity_id: int) -> int:
    """How many interests that were sent to a listing are open: not declined, withdrawn or lapsed."""
    conditions = (
        Interest.opportunity_id == opportunity_id,
        Interest.sent_at.is_not(None),
        Interest.status.in_(OPEN),
        ~LAPSED,
    )
    counted = (
        select(func.count())
        .select_from(Interest)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(*conditions)
    )
    return db.session.scalar(counted) or 0


def _counted(*conditions: ColumnElement[bool]) -> dict[InterestState, int]:
    rows = db.session.execute(
        select(state_shown, func.count())
        .select_from(Interest)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(*conditions)
        .group_by(state_shown)
    )
    return {InterestState(state): number for state, number in rows}


@dataclass(frozen=True, slots=True)
class Asked:
    """One opportunity that has interests, with how many of them were sent."""

    opportunity_id: int
    title_id: str
    title_en: str
    count: int


def is_published_version(version_id: int, opportunity_id: int) -> bool:
    """Whether that version was ever published of that opportunity."""
    found = select(OpportunityVersion.id).where(
        OpportunityVersion.id == version_id,
        OpportunityVersion.opportunity_id == opportunity_id,
        OpportunityVersion.status == VersionStatus.PUBLISHED,
    )
    return db.session.scalar(found) is not None


def _asked(pemda_id: int) -> Select[int, str, str, int]:
    return (
        select(
            Opportunity.id, OpportunityVersion.title_id, OpportunityVersion.title_en, func.count(Interest.id)
        )
        .join(Interest, Interest.opportunity_id == Opportunity.id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(Opportunity.organisation_id == pemda_id, Interest.sent_at.is_not(None))
        .group_by(Opportunity.id, OpportunityVersion.id)
    )


def list_asked(pemda_id: int, *, limit: int) -> list[Asked]:
    """A Pemda's opportunities that got interests, the newest opportunity first."""
    rows = db.session.execute(_asked(pemda_id).order_by(Opportunity.id.desc()).limit(limit))
    return [Asked(*row) for row in rows]


def find_asked(pemda_id: int, opportunity_id: int) -> Asked | None:
    """That one, where it is the Pemda's and got interests."""
    row = db.session.execute(_asked(pemda_id).where(Opportunity.id == opportunity_id)).first()
    return Asked(*row) if row else None
