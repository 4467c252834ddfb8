"""What an assisting side has on its desk, and who of it is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.accounts.models import User
from marketplace.accounts.queries import list_moderator_ids
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.own_queries import newest_version
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.opportunities.support.assistance_models import Assistance, AssistanceWriter
from marketplace.opportunities.support.assistance_rules import AssistanceStatus
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import get_card, list_member_ids

SAME_PRESS = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class AssistedListing:
    """One line of "helping to write". `readable`: the newest version is for this side's eyes; else title and review
    are those of what is published, if anything is."""

    id: int
    slug: str | None
    region_code: str
    status: AssistanceStatus
    begun_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    life: LifeStatus
    readable: bool
    title_id: str
    title_en: str
    review: VersionStatus
    edited_at: datetime


def list_helper_ids(opportunity: Opportunity) -> list[int]:
    """Those who wrote for the assisting side, as long as it assists and they belong to it."""
    assistance = opportunity.assistance
    if assistance is None or assistance.status is not AssistanceStatus.STANDING:
        return []
    belonging = set(_list_side(assistance.organisation_id))
    return sorted(each.user_id for each in assistance.writers if each.user_id in belonging)


def _list_side(organisation_id: int | None) -> Sequence[int]:
    if organisation_id is None:
        return list_moderator_ids()
    return list_member_ids(organisation_id, *WRITERS) if get_card(organisation_id).verified else []


def find_just_begun(
    organisation_id: int, user_id: int, template: str, *, now: datetime
) -> Opportunity | None:
    """What this person began for that Pemda from that template a moment ago: the same button pressed twice."""
    return db.session.scalar(
        select(Opportunity)
        .join(Assistance, Assistance.id == Opportunity.id)
        .where(
            Opportunity.organisation_id == organisation_id, Opportunity.template == template,
            Assistance.begun_by == user_id, Assistance.begun_at.between(now - SAME_PRESS, now),
        )
        .limit(1)
    )  # fmt: skip


def list_writer_names(opportunity_id: int) -> list[str]:
    """Who wrote for the assisting side, by name, the first first; erased accounts have none."""
    names = db.session.scalars(
        select(User.name)
        .join(AssistanceWriter, AssistanceWriter.user_id == User.id)
        .where(AssistanceWriter.assistance_id == opportunity_id, User.erased_at.is_(None))
        .order_by(AssistanceWriter.since, AssistanceWriter.user_id)
    )
    return list(names)


def _of_side(organisation_id: int | None) -> ColumnElement[bool]:
    """LAIP's, where no organisation is named."""
    return Assistance.organisation_id.is_not_distinct_from(organisation_id)


def count_assisted(organisation_id: int | None) -> int:
    """How many listings this side writes or wrote with others; None: LAIP."""
    return db.session.scalar(select(func.count()).where(_of_side(organisation_id))) or 0


def list_assisted(organisation_id: int | None, *, limit: int, offset: int = 0) -> list[AssistedListing]:
    """Those listings, the latest begun first; no word of what is the Pemda's alone."""
    newest, public = aliased(OpportunityVersion), aliased(OpportunityVersion)
    readable = and_(
        Assistance.status == AssistanceStatus.STANDING,
        or_(newest.assisted, newest.status == VersionStatus.PUBLISHED),
    )

    def shown(column: str) -> ColumnElement[Any]:
        return case((readable, getattr(newest, column)), else_=func.coalesce(getattr(public, column), ""))

    statement = (
        select(
            Opportunity.id, Opportunity.slug, Opportunity.region_code, Assistance.status, Assistance.begun_at,
            Assistance.ended_at, Assistance.end_reason, Opportunity.status, readable, shown("title_id"),
            shown("title_en"), newest.status, newest.edited_at,
        )
        .select_from(Assistance)
        .join(Opportunity, Opportunity.id == Assistance.id)
        .join(newest, newest.id == newest_version())
        .outerjoin(public, public.id == Opportunity.published_version_id)
        .where(_of_side(organisation_id))
        .order_by(Assistance.id.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [AssistedListing(*row) for row in db.session.execute(statement)]
