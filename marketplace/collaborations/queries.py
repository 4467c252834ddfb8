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
from marketplace.interests.queries import Partner, Pemda, around
from marketplace.interests.rules import MATCHED, InterestStatus
from marketplace.opportunities.models import Opportunity, OpportunityVersion

# The SQL twin of rules.state_of.
state_shown: ColumnElement[str | None] = func.coalesce(
    literal_column("collaborations.status"),
    case(
        (Interest.status == InterestStatus.ACCEPTED, literal_column(f"'{CollaborationStatus.PROPOSED}'")),
    ),
).label("state")


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
    pemda_name: str

    @property
    def interest(self) -> Interest:
        return self.collaboration.interest


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
    Pemda.id,
    Pemda.name,
    Interest.accepted_at,
    Collaboration.decided_at,
    Collaboration.decision_reason,
)


def _matched(*columns: Any) -> Select[Any]:
    """Interests that were accepted, with what LAIP made of them and the names around."""
    return (
        around(*columns)
        .outerjoin(Collaboration, Collaboration.interest_id == Interest.id)
        .where(Interest.status.in_(MATCHED))
    )


def _to_lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(row[0], row[1], CollaborationStatus(row[2]), *row[3:]) for row in rows]


def list_of_organisations(organisation_ids: list[int], *, limit: int, offset: int = 0) -> list[Line]:
    """The collaborations of either side, the newest accepted first."""
    ours = Interest.organisation_id.in_(organisation_ids) | Opportunity.organisation_id.in_(organisation_ids)
    page = _matched(*_LINE).where(ours).order_by(Interest.accepted_at.desc(), Interest.id.desc())
    return _to_lines(db.session.execute(page.limit(limit).offset(offset)))


def count_of_organisations(organisation_ids: list[int]) -> int:
    """How many collaborations these organisations have, proposed ones too."""
    ours = Interest.organisation_id.in_(organisation_ids) | Opportunity.organisation_id.in_(organisation_ids)
    return db.session.scalar(_matched(func.count()).where(ours)) or 0


def find_of_interest(interest_id: int) -> Collaboration | None:
    """What LAIP made of that interest; None before its decision."""
    return db.session.scalar(select(Collaboration).where(Collaboration.interest_id == interest_id))


def find_detail(collaboration_id: int) -> Detail | None:
    """The collaboration with its interest, its opportunity and both names."""
    row = db.session.execute(
        around(
            Collaboration, OpportunityVersion.title_id, OpportunityVersion.title_en, Partner.name, Pemda.name
        )
        .join(Collaboration, Collaboration.interest_id == Interest.id)
        .options(
            contains_eager(Collaboration.interest).options(
                contains_eager(Interest.opportunity), joinedload(Interest.blob)
            )
        )
        .where(Collaboration.id == collaboration_id)
    ).first()
    return Detail(*row) if row else None


@dataclass(frozen=True, slots=True)
class Past:
    """How often a partner was introduced through this site, and how often to that Pemda."""

    everywhere: int = 0
    with_pemda: int = 0


def count_past(partner_ids: Iterable[int], *, pemda_id: int, besides: Iterable[int]) -> dict[int, Past]:
    """By partner, its earlier introductions; `besides` are the interests that are looked at now."""
    introduced = (
        select(
            Interest.organisation_id,
            func.count(),
            func.count().filter(Opportunity.organisation_id == pemda_id),
        )
        .select_from(Collaboration)
        .join(Interest, Interest.id == Collaboration.interest_id)
        .join(Opportunity, Opportunity.id == Interest.opportunity_id)
        .where(
            Collaboration.status != CollaborationStatus.REFUSED,
            Interest.organisation_id.in_(list(partner_ids)),
            Interest.id.not_in(list(besides)),
        )
        .group_by(Interest.organisation_id)
    )
    return {partner_id: Past(*numbers) for partner_id, *numbers in db.session.execute(introduced)}
