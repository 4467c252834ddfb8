"""What a Pemda and LAIP have on their desks: rows of lists, no whole versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import aliased

from marketplace.accounts.models import User
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion, VersionEditor
from marketplace.opportunities.rules import LifeStatus, Origin, Standing, VersionStatus, standing
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.assistance_rules import AssistanceStatus
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.queries import list_member_ids
from marketplace.organisations.stand_in_queries import list_stand_in_ids
from marketplace.organisations.trust_queries import trusted

# An editor who was heard of in this time is said to be writing now; open pages say so once a minute.
WRITING_NOW = timedelta(minutes=3)


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
    awaiting_since: datetime | None
    # How it is written with another side, and with which province (None: LAIP); None where it is not.
    assistance: AssistanceStatus | None = None
    province_id: int | None = None

    def standing(self, now: datetime) -> Standing:
        return standing(self.life, origin=Origin.POSTED, closes_at=self.closes_at, now=now)


def list_own(
    organisation_ids: Sequence[int], *, limit: int | None = None, offset: int = 0
) -> list[OwnListing]:
    """The listings of these organisations with their newest versions, last edited first."""
    columns: tuple[Any, ...] = (
        Opportunity.id, Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en,
        Opportunity.status, Opportunity.closes_on, Opportunity.closes_at, Opportunity.region_code,
        OpportunityVersion.id, OpportunityVersion.number, OpportunityVersion.status, OpportunityVersion.edited_at,
        OpportunityVersion.awaiting_since,
        Assistance.status, Assistance.organisation_id,
    )  # fmt: skip
    statement = (
        select(*columns)
        .select_from(Opportunity)
        .join(OpportunityVersion, OpportunityVersion.id == newest_version())
        .outerjoin(Assistance, Assistance.id == Opportunity.id)
        .where(Opportunity.organisation_id.in_(organisation_ids))
        .order_by(OpportunityVersion.edited_at.desc(), Opportunity.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [OwnListing(*row) for row in db.session.execute(statement)]


def newest_version() -> ScalarSelect[int]:
    """Looked up by listing: a maximum of all versions would cost more with every other Pemda's."""
    version = aliased(OpportunityVersion)
    return (
        select(version.id)
        .where(version.opportunity_id == Opportunity.id)
        .order_by(version.number.desc())
        .limit(1)
        .correlate(Opportunity)
        .scalar_subquery()
    )


def count_own(organisation_id: int) -> int:
    """How many listings the organisation has."""
    counted = select(func.count()).where(Opportunity.organisation_id == organisation_id)
    return db.session.scalar(counted) or 0


def count_working_members(organisation_id: int) -> int:
    """How many people of the organisation write or release listings."""
    counted = select(func.count()).where(Member.organisation_id == organisation_id, Member.role.in_(WRITERS))
    return db.session.scalar(counted) or 0


def list_releaser_ids(organisation_id: int) -> list[int]:
    """Those who release the organisation's listings today: approvers, and who stands in for one."""
    approvers = list_member_ids(organisation_id, *APPROVERS)
    return sorted({*approvers, *list_stand_in_ids(organisation_id)})


def list_working_ids(organisation_id: int) -> list[int]:
    """Those who write or release the organisation's listings."""
    return list_member_ids(organisation_id, *WRITERS)


def list_owners_of(row: Any, *waiting: ColumnElement[bool]) -> list[int]:
    """The Pemda that may act today and have such rows at their listings, by id; `row`: a model with `opportunity_id`."""
    owners = (
        select(Opportunity.organisation_id)
        .join(row, row.opportunity_id == Opportunity.id)
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .where(*waiting, trusted())
        .distinct()
        .order_by(Opportunity.organisation_id)
    )
    return [number for number in db.session.scalars(owners) if number is not None]


def lock_rows_of(organisation_id: int, row: Any, *waiting: ColumnElement[bool], order: Any) -> Sequence[Any]:
    """These rows at the organisation's listings as they are now, held until the transaction ends."""
    return db.session.scalars(
        select(row)
        .join(Opportunity, Opportunity.id == row.opportunity_id)
        .where(Opportunity.organisation_id == organisation_id, *waiting)
        .order_by(*order)
        .with_for_update(of=row)
        .execution_options(populate_existing=True)
    ).all()


def list_other_editors(version_id: int, *, user_id: int | None, now: datetime) -> list[str]:
    """The names of the others who have the draft in hand now."""
    names = db.session.scalars(
        select(User.name)
        .join(VersionEditor, VersionEditor.user_id == User.id)
        .where(
            VersionEditor.version_id == version_id,
            VersionEditor.user_id != user_id,
            VersionEditor.seen_at > now - WRITING_NOW,
        )
        .order_by(User.name)
    )
    return list(names)
