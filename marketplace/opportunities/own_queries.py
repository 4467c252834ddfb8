"""What a Pemda and LAIP have on their desks: rows of lists, no whole versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from marketplace.core.actor import MemberRole
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.policy import EDITORS
from marketplace.opportunities.rules import LifeStatus, Origin, Standing, VersionStatus, standing
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.queries import list_member_ids

_WORKED_ON = (LifeStatus.UNPUBLISHED, LifeStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class OwnListing:
    """One line of "our listings": the life of the listing and the review of its newest version."""

    id: int
    slug: str | None
    title_id: str
    title_en: str
    life: LifeStatus
    closes_on: date | None
    closes_at: datetime | None
    region_code: str
    version_id: int
    number: int
    review: VersionStatus
    edited_at: datetime

    def standing(self, now: datetime) -> Standing:
        return standing(self.life, origin=Origin.POSTED, closes_at=self.closes_at, now=now)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One submitted version that waits for LAIP."""

    version_id: int
    opportunity_id: int
    number: int
    title_id: str
    title_en: str
    region_code: str
    organisation_id: int
    organisation_name: str
    sector_code: str | None
    value_idr: int | None
    published_value_idr: int | None
    submitted_at: datetime
    published: bool

    @property
    def value_changed(self) -> bool:
        """Whether a published listing would get another value."""
        return self.published and self.value_idr != self.published_value_idr


def list_own(organisation_ids: Sequence[int]) -> list[OwnListing]:
    """Every listing of these organisations with its newest version, last edited first."""
    newest = (
        select(OpportunityVersion.opportunity_id, func.max(OpportunityVersion.number).label("number"))
        .group_by(OpportunityVersion.opportunity_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (
        Opportunity.id, Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en,
        Opportunity.status, Opportunity.closes_on, Opportunity.closes_at, Opportunity.region_code,
        OpportunityVersion.id, OpportunityVersion.number, OpportunityVersion.status, OpportunityVersion.edited_at,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(OpportunityVersion, OpportunityVersion.opportunity_id == Opportunity.id)
        .join(
            newest,
            (newest.c.opportunity_id == OpportunityVersion.opportunity_id)
            & (newest.c.number == OpportunityVersion.number),
        )
        .where(Opportunity.organisation_id.in_(organisation_ids))
        .order_by(OpportunityVersion.edited_at.desc(), Opportunity.id.desc())
    )
    return [OwnListing(*row) for row in db.session.execute(statement)]


def list_queue(limit: int = 50, offset: int = 0) -> list[QueueLine]:
    """Submitted versions of listings that still live, the longest waiting first."""
    current = aliased(OpportunityVersion)
    columns: tuple[Any, ...] = (
        OpportunityVersion.id, Opportunity.id, OpportunityVersion.number, OpportunityVersion.title_id,
        OpportunityVersion.title_en, Opportunity.region_code, Organisation.id, Organisation.name,
        OpportunityVersion.sector_code, OpportunityVersion.value_idr, current.value_idr,
        OpportunityVersion.submitted_at, Opportunity.published_version_id.is_not(None),
    )  # fmt: skip
    rows = db.session.execute(
        _queued(select(*columns))
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .outerjoin(current, current.id == Opportunity.published_version_id)
        .order_by(OpportunityVersion.submitted_at, OpportunityVersion.id)
        .limit(limit)
        .offset(offset)
    )
    return [QueueLine(*row) for row in rows]


def count_queue() -> int:
    """How many submitted versions wait for LAIP."""
    return db.session.scalar(_queued(select(func.count(OpportunityVersion.id)))) or 0


def _queued(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(OpportunityVersion)
        .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
        .where(OpportunityVersion.status == VersionStatus.SUBMITTED, Opportunity.status.in_(_WORKED_ON))
    )


def count_working_members(organisation_id: int) -> int:
    """How many people of the organisation write or release listings."""
    counted = select(func.count()).where(Member.organisation_id == organisation_id, Member.role.in_(EDITORS))
    return db.session.scalar(counted) or 0


def list_approver_ids(organisation_id: int) -> list[int]:
    """Those who release the organisation's listings."""
    return list_member_ids(organisation_id, MemberRole.OWNER, MemberRole.APPROVER)


def list_working_ids(organisation_id: int) -> list[int]:
    """Those who write or release the organisation's listings."""
    return list_member_ids(organisation_id, *EDITORS)
