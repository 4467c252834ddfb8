"""What waits for LAIP, in the order in which it should be taken; the three kinds in one statement."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from marketplace.accounts.models import User
from marketplace.collaborations.models import Collaboration
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.queries import Partner, around
from marketplace.interests.rules import InterestStatus
from marketplace.moderation.models import Hold
from marketplace.moderation.rules import HELD_FOR, RISK, Holder, QueueItem, QueueKind, Why, age
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LIVING, VersionStatus
from marketplace.organisations import claim_queries as claims
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile

_FOREIGN = func.coalesce(PartnerProfile.country, "ID") != "ID"
_PUBLISHED = Opportunity.published_version_id.is_not(None)


_SUBMITTED = Organisation.status == OrganisationStatus.SUBMITTED
_ASKED_AGAIN = Organisation.recheck_asked_at.is_not(None)
organisation_since = func.coalesce(Organisation.recheck_asked_at, Organisation.submitted_at)


def waiting_organisations(*columns: Any) -> Select[Any]:
    """Submitted organisations, and verified ones whose new documents wait to be looked at."""
    return select(*columns).select_from(Organisation).where(or_(_SUBMITTED, _ASKED_AGAIN))


def waiting_listings(*columns: Any) -> Select[Any]:
    """Submitted versions of listings that still live."""
    return (
        select(*columns)
        .select_from(OpportunityVersion)
        .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
        .where(OpportunityVersion.status == VersionStatus.SUBMITTED, Opportunity.status.in_(LIVING))
    )


def waiting_matches(*columns: Any) -> Select[Any]:
    """Accepted interests on which LAIP has not decided."""
    return (
        around(*columns)
        .outerjoin(Collaboration, Collaboration.interest_id == Interest.id)
        .where(Interest.status == InterestStatus.ACCEPTED, Collaboration.id.is_(None))
    )


WAITING = {
    QueueKind.ORGANISATION: (waiting_organisations, organisation_since),
    QueueKind.OPPORTUNITY: (waiting_listings, OpportunityVersion.submitted_at),
    QueueKind.MATCH: (waiting_matches, Interest.accepted_at),
}


# A match is named by its two sides; in English only where the listing is.
MATCH_TITLES = {
    "title_id": OpportunityVersion.title_id + " × " + Partner.name,
    "title_en": func.coalesce(func.nullif(OpportunityVersion.title_en, "") + " × " + Partner.name, ""),
}


def code(value: StrEnum) -> ColumnElement[str]:
    """A code of an enum as a column."""
    return literal(str(value), Text)


def columns_of(kind: StrEnum, **columns: Any) -> list[ColumnElement[Any]]:
    """The columns of one part of a union, named alike in all parts."""
    return [code(kind).label("kind"), *(column.label(name) for name, column in columns.items())]


# The SQL twins of rules.organisation_why, listing_why and match_why.
_ORGANISATION_WHY = case(
    (_ASKED_AGAIN, code(Why.RENEWAL)),
    (claims.has_rivals, code(Why.RIVAL_CLAIM)),
    (claims.has_look_alikes, code(Why.LOOK_ALIKE)),
    (claims.submissions > 1, code(Why.AGAIN)),
    (_FOREIGN, code(Why.FOREIGN_PARTNER)),
    (Organisation.kind == OrganisationKind.PEMDA, code(Why.LETTER)),
    else_=code(Why.PAPERS),
)
_current_value = (
    select(OpportunityVersion.value_idr)
    .where(OpportunityVersion.id == Opportunity.published_version_id)
    .correlate(Opportunity)
    .scalar_subquery()
)
_LISTING_WHY = case(
    (
        and_(_PUBLISHED, OpportunityVersion.value_idr.is_distinct_from(_current_value)),
        code(Why.VALUE_CHANGED),
    ),
    (OpportunityVersion.value_idr.is_(None), code(Why.VALUE_UNKNOWN)),
    (_PUBLISHED, code(Why.NEW_VERSION)),
    else_=code(Why.FIRST_TIME),
)
_MATCH_WHY = case((_FOREIGN, code(Why.FOREIGN_PARTNER)), else_=code(Why.BOTH_AGREE))


_ORGANISATIONS = waiting_organisations(
    *columns_of(
        QueueKind.ORGANISATION, id=Organisation.id, title_id=Organisation.name, title_en=Organisation.name,
        region_code=Organisation.region_code, number=null(), since=organisation_since, why=_ORGANISATION_WHY,
    )
).outerjoin(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)  # fmt: skip
_LISTINGS = waiting_listings(
    *columns_of(
        QueueKind.OPPORTUNITY, id=OpportunityVersion.id, title_id=OpportunityVersion.title_id,
        title_en=OpportunityVersion.title_en, region_code=Opportunity.region_code, number=OpportunityVersion.number,
        since=OpportunityVersion.submitted_at, why=_LISTING_WHY,
    )
)  # fmt: skip
_MATCHES = waiting_matches(
    *columns_of(
        QueueKind.MATCH, id=Interest.id, **MATCH_TITLES, region_code=Opportunity.region_code, number=null(),
        since=Interest.accepted_at, why=_MATCH_WHY,
    )
).outerjoin(PartnerProfile, PartnerProfile.organisation_id == Interest.organisation_id)  # fmt: skip
_waiting = union_all(_ORGANISATIONS, _LISTINGS, _MATCHES).subquery("waiting")

_DAY = "(timezone('Asia/Jakarta', waiting.since)::date - DATE '2000-01-03')"
# Mondays to Fridays since a Monday long ago: equal numbers are equal ages in rules.age, smaller ones are older.
_working_day: ColumnElement[int] = literal_column(f"5 * ({_DAY} / 7) + least({_DAY} % 7 + 1, 5)")
_risk = case({str(why): int(risk) for why, risk in RISK.items()}, value=_waiting.c.why)
# The SQL twin of rules.in_order.
_ORDER = (_working_day, _risk.desc(), _waiting.c.since, _waiting.c.kind, _waiting.c.id)


def _is_held(since: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """The SQL twin of rules.is_held."""
    return and_(Hold.held_at >= since, Hold.held_at > now - HELD_FOR)


def list_queue(
    now: datetime, *, kind: QueueKind | None = None, limit: int, offset: int = 0
) -> list[QueueItem]:
    """One page of what waits, of that kind or of all, each case with the moderator who has it in hand."""
    same = and_(Hold.kind == _waiting.c.kind, Hold.case_id == _waiting.c.id)
    wanted = (
        select(_waiting, Hold.user_id, User.name, Hold.held_at)
        .outerjoin(Hold, and_(same, _is_held(_waiting.c.since, now)))
        .outerjoin(User, User.id == Hold.user_id)
        .order_by(*_ORDER)
    )
    if kind:
        wanted = wanted.where(_waiting.c.kind == str(kind))
    rows = db.session.execute(wanted.limit(limit).offset(offset))
    return [_item(row, now) for row in rows]


def _item(row: Any, now: datetime) -> QueueItem:
    return QueueItem(
        QueueKind(row.kind), row.id, row.title_id, row.title_en, row.region_code, row.number, row.since,
        age(row.since, now), Why(row.why), Holder(row.user_id, row.name, row.held_at) if row.user_id else None,
    )  # fmt: skip


def find_since(kind: QueueKind, case_id: int) -> datetime | None:
    """Since when that case has waited; None where it does not wait."""
    waiting, since = WAITING[kind]
    column = {
        QueueKind.ORGANISATION: Organisation.id,
        QueueKind.OPPORTUNITY: OpportunityVersion.id,
        QueueKind.MATCH: Interest.id,
    }[kind]
    found: datetime | None = db.session.scalar(waiting(since).where(column == case_id))
    return found


def find_holder(kind: QueueKind, case_id: int, *, since: datetime, now: datetime) -> Holder | None:
    """The moderator who has that case in hand."""
    row = db.session.execute(
        select(Hold.user_id, User.name, Hold.held_at)
        .join(User, User.id == Hold.user_id)
        .where(Hold.kind == kind, Hold.case_id == case_id, _is_held(literal(since), now))
    ).first()
    return Holder(*row) if row else None
