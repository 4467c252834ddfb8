from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.queries import Partner, Pemda
from marketplace.interests.rules import InterestStatus
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.partners.models import PartnerProfile

# The SQL twin of rules.state_of.
state_shown: ColumnElement[str | None] = func.coalesce(
    literal_column("collaborations.status"),
    case(
        (Interest.status == InterestStatus.ACCEPTED, literal_column(f"'{CollaborationStatus.PROPOSED}'")),
    ),
).label("state")


_FOREIGN = func.coalesce(PartnerProfile.country, "ID") != "ID"


@dataclass(frozen=True, slots=True)
class Line:
    """One collaboration in a list, proposed ones too; `id` is None for these."""

    id: int | None
    interest_id: int
    state: CollaborationStatus
    title_id: str
    title_en: str
    slug: str | None
    region_code: str
    partner_id: int
    partner_name: str
    partner_slug: str
    pemda_id: int
    pemda_name: str
    accepted_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One collaboration with the names around it."""

    collaboration: Collaboration
    title_id: str
    title_en: str
    partner_name: str
    partner_slug: str
    pemda_name: str

    @property
    def interest(self) -> Interest:
        return self.collaboration.interest


@dataclass(frozen=True, slots=True)
class Proposed:
    """An accepted interest that waits for LAIP."""

    interest_id: int
    title_id: str
    title_en: str
    region_code: str
    partner_name: str
    pemda_name: str
    since: datetime
    # What makes it worth a second look.
    foreign: bool
    demo: bool


_LINE = (
    Collaboration.id,
    Interest.id,
    state_shown,
    OpportunityVersion.title_id,
    OpportunityVersion.title_en,
    Opportunity.slug,
    Opportunity.region_code,
    Partner.id,
    Partner.name,
    Partner.slug,
    Pemda.id,
    Pemda.name,
    Interest.accepted_at,
    Collaboration.decided_at,
    Collaboration.decision_reason,
)


def _around(*columns: Any) -> Select[Any]:
    """Accepted interests with what LAIP made of them and the names around."""
    return (
        select(*columns)
        .select_from(Interest)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Interest.version_id)
        .join(Partner, Partner.id == Interest.organisation_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .outerjoin(Collaboration, Collaboration.interest_id == Interest.id)
        .where(Interest.status == InterestStatus.ACCEPTED)
    )


def _to_lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(row[0], row[1], CollaborationStatus(row[2]), *row[3:]) for row in rows]


def list_of_organisations(organisation_ids: list[int], *, limit: int, offset: int = 0) -> list[Line]:
    """The collaborations of either side, the newest accepted first."""
    ours = Interest.organisation_id.in_(organisation_ids) | Opportunity.organisation_id.in_(organisation_ids)
    page = _around(*_LINE).where(ours).order_by(Interest.accepted_at.desc(), Interest.id.desc())
    return _to_lines(db.session.execute(page.limit(limit).offset(offset)))


def count_of_organisations(organisation_ids: list[int]) -> int:
    """How many collaborations these organisations have, proposed ones too."""
    ours = Interest.organisation_id.in_(organisation_ids) | Opportunity.organisation_id.in_(organisation_ids)
    return db.session.scalar(_around(func.count()).where(ours)) or 0


def find_of_interest(interest_id: int) -> Collaboration | None:
    """What LAIP made of that interest; None before its decision."""
    return db.session.scalar(select(Collaboration).where(Collaboration.interest_id == interest_id))


def find_detail(collaboration_id: int) -> Detail | None:
    """The collaboration with its interest, its opportunity and both names."""
    row = db.session.execute(
        select(
            Collaboration,
            OpportunityVersion.title_id,
            OpportunityVersion.title_en,
            Partner.name,
            Partner.slug,
            Pemda.name,
        )
        .join(Collaboration.interest)
        .join(Interest.opportunity)
        .join(OpportunityVersion, OpportunityVersion.id == Interest.version_id)
        .join(Partner, Partner.id == Interest.organisation_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .options(
            contains_eager(Collaboration.interest).options(
                contains_eager(Interest.opportunity), joinedload(Interest.blob)
            )
        )
        .where(Collaboration.id == collaboration_id)
    ).first()
    return Detail(*row) if row else None


def list_queue(limit: int = 500) -> list[Proposed]:
    """The accepted interests that wait for LAIP, oldest first."""
    rows = db.session.execute(
        _around(
            Interest.id,
            OpportunityVersion.title_id,
            OpportunityVersion.title_en,
            Opportunity.region_code,
            Partner.name,
            Pemda.name,
            Interest.accepted_at,
            _FOREIGN,
            Opportunity.demo,
        )
        .outerjoin(PartnerProfile, PartnerProfile.organisation_id == Interest.organisation_id)
        .where(Collaboration.id.is_(None))
        .order_by(Interest.accepted_at, Interest.id)
        .limit(limit)
    )
    return [Proposed(*row) for row in rows]


def count_queue() -> int:
    """How many matches wait for LAIP."""
    return db.session.scalar(_around(func.count()).where(Collaboration.id.is_(None))) or 0


def count_introduced() -> int:
    """How many pairs have been introduced, whatever became of them; a public figure."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Collaboration)
            .where(Collaboration.status != CollaborationStatus.REFUSED)
        )
        or 0
    )
