"""One queue of the three kinds of case, each slice asked for its own."""

from datetime import datetime

from sqlalchemy import func, select

from marketplace.collaborations import queries as matches
from marketplace.collaborations.models import Collaboration
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.moderation.rules import (
    QueueItem,
    QueueKind,
    age,
    in_order,
    listing_risk,
    match_risk,
    organisation_risk,
)
from marketplace.opportunities import own_queries as listings
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations import queries as organisations
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus

# Of each kind; the oldest come first, so what is cut off is what waits least.
AT_MOST = 500


def load_queue(now: datetime) -> list[QueueItem]:
    """Everything that waits for LAIP, in the order in which it should be taken; three statements."""
    return in_order(
        [
            *(_organisation(line, now) for line in organisations.list_queue(limit=AT_MOST)),
            *(_listing(line, now) for line in listings.list_queue(limit=AT_MOST)),
            *(_match(line, now) for line in matches.list_queue(limit=AT_MOST)),
        ]
    )


def _organisation(line: organisations.QueueLine, now: datetime) -> QueueItem:
    risk, why = organisation_risk(
        line.kind, rivals=line.rivals, look_alikes=line.look_alikes, submissions=line.submissions
    )
    return QueueItem(
        QueueKind.ORGANISATION, line.id, line.name, line.name, line.region_code, None, line.submitted_at,
        age(line.submitted_at, now), risk, why, line.demo,
    )  # fmt: skip


def _listing(line: listings.QueueLine, now: datetime) -> QueueItem:
    risk, why = listing_risk(
        published=line.published, value_changed=line.value_changed, value_known=line.value_idr is not None
    )
    return QueueItem(
        QueueKind.OPPORTUNITY, line.version_id, line.title_id, line.title_en, line.region_code, line.number,
        line.submitted_at, age(line.submitted_at, now), risk, why,
    )  # fmt: skip


def _match(line: matches.Proposed, now: datetime) -> QueueItem:
    risk, why = match_risk(foreign=line.foreign)
    return QueueItem(
        QueueKind.MATCH, line.interest_id, f"{line.title_id} × {line.partner_name}",
        f"{line.title_en or line.title_id} × {line.partner_name}", line.region_code, None, line.since,
        age(line.since, now), risk, why, line.demo,
    )  # fmt: skip


def count_waiting() -> dict[QueueKind, int]:
    """How much of each kind waits, in one statement, for the tab row of every back-office page."""
    worked_on = (LifeStatus.UNPUBLISHED, LifeStatus.PUBLISHED)
    row = db.session.execute(
        select(
            select(func.count(OpportunityVersion.id))
            .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
            .where(OpportunityVersion.status == VersionStatus.SUBMITTED, Opportunity.status.in_(worked_on))
            .scalar_subquery(),
            select(func.count(Organisation.id))
            .where(Organisation.status == OrganisationStatus.SUBMITTED)
            .scalar_subquery(),
            select(func.count(Interest.id))
            .outerjoin(Collaboration, Collaboration.interest_id == Interest.id)
            .where(Interest.status == InterestStatus.ACCEPTED, Collaboration.id.is_(None))
            .scalar_subquery(),
        )
    ).one()
    return dict(zip(QueueKind, row, strict=True))
