"""What has come to a standstill, with LAIP or with others, and how much waits at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, null, select, union_all

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.queries import LAPSED, Pemda, around
from marketplace.interests.rules import WAITING_FOR_PEMDA
from marketplace.moderation.queue_queries import (
    MATCH_TITLES,
    WAITING,
    code,
    columns_of,
    organisation_since,
    waiting_listings,
    waiting_matches,
    waiting_organisations,
)
from marketplace.moderation.rules import (
    PROMISED_DAYS,
    QueueKind,
    StalledItem,
    StalledKind,
    age,
    older_than,
    stalled_before,
)
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import is_overdue
from marketplace.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of each kind waits for LAIP, how much of that is late, how much has stalled anywhere."""

    counts: dict[QueueKind, int]
    late: int
    stalled: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _unanswered(now: datetime, *columns: Any) -> Select[Any]:
    """Interests that a Pemda has left unanswered too long, beside the listing as it stands today."""
    return (
        select(*columns)
        .select_from(Interest)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(
            Interest.status.in_(WAITING_FOR_PEMDA),
            ~LAPSED,
            Interest.sent_at < stalled_before(StalledKind.INTEREST, now),
        )
    )


def _overdue(now: datetime, *columns: Any) -> Select[Any]:
    """Questions that a Pemda has not answered by the promised day; that day is over in every zone."""
    return (
        select(*columns)
        .select_from(Question)
        .join(Opportunity, Opportunity.id == Question.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(is_overdue(local_day(now, HOME_ZONE)))
    )


def _quiet(now: datetime, *columns: Any) -> Select[Any]:
    """Introductions of which nobody has heard."""
    return (
        around(*columns)
        .join(Collaboration, Collaboration.interest_id == Interest.id)
        .where(
            Collaboration.status == CollaborationStatus.INTRODUCED,
            Collaboration.decided_at < stalled_before(StalledKind.COLLABORATION, now),
        )
    )


def count_waiting(now: datetime) -> Waiting:
    """All that the tab row of the back office says, in one statement."""
    late, stalled = older_than(PROMISED_DAYS, now), stalled_before(StalledKind.MATCH, now)
    parts = [
        waiting(
            code(kind), func.count(), func.count().filter(since < late),
            func.count().filter(since < stalled),
        )
        for kind, (waiting, since) in WAITING.items()
    ]  # fmt: skip
    listings = func.count(Opportunity.id.distinct())
    others = [
        _unanswered(now, code(StalledKind.INTEREST), literal(0), literal(0), listings),
        _overdue(now, code(StalledKind.QUESTION), literal(0), literal(0), listings),
        _quiet(now, code(StalledKind.COLLABORATION), literal(0), literal(0), func.count()),
    ]
    rows = list(db.session.execute(union_all(*parts, *others)))
    number = {kind: count for kind, count, _late, _stalled in rows}
    return Waiting(
        {kind: number[kind] for kind in QueueKind}, sum(row[2] for row in rows), sum(row[3] for row in rows)
    )


def _at_laip(now: datetime) -> list[Select[Any]]:
    version, before = OpportunityVersion, stalled_before(StalledKind.MATCH, now)
    one = {"other": null(), "number": literal(1)}
    return [
        waiting_organisations(
            *columns_of(
                StalledKind.ORGANISATION, id=Organisation.id, page=Organisation.id, title_id=Organisation.name,
                title_en=Organisation.name, region_code=Organisation.region_code, since=organisation_since,
                **one,
            )
        ).where(organisation_since < before),
        waiting_listings(
            *columns_of(
                StalledKind.OPPORTUNITY, id=version.id, page=version.id, title_id=version.title_id,
                title_en=version.title_en, region_code=Opportunity.region_code, since=version.submitted_at, **one,
            )
        ).where(version.submitted_at < before),
        waiting_matches(
            *columns_of(
                StalledKind.MATCH, id=Interest.id, page=Interest.id, **MATCH_TITLES,
                region_code=Opportunity.region_code, since=Interest.accepted_at, **one,
            )
        ).where(Interest.accepted_at < before),
    ]  # fmt: skip


def _of_listings(kind: StalledKind, since: Any) -> list[Any]:
    """One line a listing and the Pemda that leaves something unanswered there."""
    version = OpportunityVersion
    return columns_of(
        kind, id=Opportunity.id, page=Pemda.id, title_id=version.title_id, title_en=version.title_en,
        region_code=Opportunity.region_code, since=func.min(since), other=Pemda.name, number=func.count(),
    )  # fmt: skip


def _at_others(now: datetime) -> list[Select[Any]]:
    listing = (Opportunity.id, Pemda.id, OpportunityVersion.id)
    unanswered = _unanswered(now, *_of_listings(StalledKind.INTEREST, Interest.sent_at)).group_by(*listing)
    overdue = _overdue(now, *_of_listings(StalledKind.QUESTION, Question.asked_at)).group_by(*listing)
    quiet = _quiet(
        now,
        *columns_of(
            StalledKind.COLLABORATION, id=Collaboration.id, page=Collaboration.id, **MATCH_TITLES,
            region_code=Opportunity.region_code, since=Collaboration.decided_at, other=Pemda.name, number=literal(1),
        ),
    )  # fmt: skip
    return [unanswered, overdue, quiet]


def list_stalled(now: datetime, *, limit: int, offset: int = 0) -> list[StalledItem]:
    """One page of what has come to a standstill, the longest first."""
    stalled = union_all(*_at_laip(now), *_at_others(now)).subquery("stalled")
    rows = db.session.execute(
        select(stalled).order_by(stalled.c.since, stalled.c.kind, stalled.c.id).limit(limit).offset(offset)
    )
    return [
        StalledItem(
            StalledKind(row.kind), row.page, row.title_id, row.title_en, row.region_code, row.other or "",
            row.number, row.since, age(row.since, now),
        )
        for row in rows
    ]  # fmt: skip
