from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, null, select

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.innovations.models import Innovation
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import is_shown
from marketplace.opportunities.rules import PUBLIC_LIFE
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted

ANSWERS = "tanya-jawab"


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """Who is here, and how many pairs were introduced (whatever became of them since)."""

    partners: int
    governments: int
    introduced: int


@dataclass(frozen=True, slots=True)
class Address:
    """The last part of a public page's address and when the page last changed."""

    slug: str
    changed_at: datetime | None


def count_meetings() -> MeetingFigures:
    """Verified organisations and introductions, in one statement."""
    row = db.session.execute(
        select(
            _count_verified(OrganisationKind.PARTNER),
            _count_verified(OrganisationKind.PEMDA),
            select(func.count())
            .select_from(Collaboration)
            .where(Collaboration.status != CollaborationStatus.REFUSED)
            .scalar_subquery(),
        )
    ).one()
    return MeetingFigures(*row)


def count_addresses() -> dict[str, int]:
    """How many listings, partners and innovations have a public page, and how many listings one of answers."""
    row = db.session.execute(
        select(
            select(func.count()).select_from(Opportunity).where(*_has_page()).scalar_subquery(),
            _count_verified(OrganisationKind.PARTNER),
            select(func.count()).select_from(Innovation).scalar_subquery(),
            select(func.count()).select_from(_answered().subquery()).scalar_subquery(),
        )
    ).one()
    return dict(zip(("peluang", "mitra", "inovasi", ANSWERS), row, strict=True))


def list_addresses(kind: str, *, limit: int, offset: int) -> Iterator[Address]:
    """Some of the public pages under /peluang, /mitra or /inovasi, or of the listings with answers, in a lasting order."""
    queries = {
        "peluang": select(Opportunity.slug, Opportunity.updated_at)
        .where(*_has_page())
        .order_by(Opportunity.id),
        "mitra": select(Organisation.slug, null())
        .where(*_verified(OrganisationKind.PARTNER))
        .order_by(Organisation.id),
        "inovasi": select(Innovation.slug, null()).order_by(Innovation.id),
        ANSWERS: _answered().order_by(Opportunity.id),
    }
    rows = db.session.execute(queries[kind].limit(limit).offset(offset))
    return (Address(str(slug), changed_at) for slug, changed_at in rows)


def _has_page() -> tuple[ColumnElement[bool], ...]:
    return (
        Opportunity.status.in_(PUBLIC_LIFE),
        Opportunity.slug.is_not(None),
        Opportunity.published_version_id.is_not(None),
    )


def _answered() -> Select[str | None, datetime | None]:
    """Listings with answers that everybody reads, and when the last of them came."""
    return (
        select(Opportunity.slug, func.max(Question.answered_at))
        .join(Question, Question.opportunity_id == Opportunity.id)
        .where(*_has_page(), is_shown())
        .group_by(Opportunity.id)
    )


def _verified(kind: OrganisationKind) -> tuple[ColumnElement[bool], ...]:
    return Organisation.kind == kind, trusted()


def _count_verified(kind: OrganisationKind) -> ColumnElement[int]:
    return select(func.count()).select_from(Organisation).where(*_verified(kind)).scalar_subquery()
