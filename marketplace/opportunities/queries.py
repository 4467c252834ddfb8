"""Listings by address and by id, their versions, marks and documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.audit.queries import Happening, behalf_id, shown_name
from marketplace.extensions import db
from marketplace.opportunities.finding.cards import Card, cards_by_ids
from marketplace.opportunities.finding.queries import card_rows
from marketplace.opportunities.models import (
    Addendum,
    DocumentGrant,
    Opportunity,
    OpportunityDocument,
    OpportunityVersion,
    VersionMark,
)
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import is_shown
from marketplace.opportunities.rules import PUBLIC_LIFE, Origin, VersionStatus
from marketplace.opportunities.support.models import Recommendation
from marketplace.opportunities.support.rules import RecommendationStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted
from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.schema import Facet, Status

CardRow = Row[Any]


def visible() -> ColumnElement[bool]:
    """The predicate of everything that the public may see; withdrawn and unpublished ones are not."""
    return and_(Opportunity.status.in_(sorted(PUBLIC_LIFE)), Opportunity.published_version_id.is_not(None))


@dataclass(frozen=True, slots=True)
class Listing:
    """A published listing (or one withdrawn since) with the version that people read and who offers it."""

    opportunity: Opportunity
    version: OpportunityVersion
    organisation_name: str | None
    organisation_unit: str | None
    # Whether the organisation may act today; None where none stands behind it.
    organisation_trusted: bool | None
    # Whether somebody recommends it, perhaps of an organisation that may not act today.
    recommended: bool
    # How many of its questions everybody reads.
    questions: int


# Built once: putting them together costs a visitor of a listing as much as running them.
_RECOMMENDED = exists().where(
    Recommendation.opportunity_id == Opportunity.id, Recommendation.status == RecommendationStatus.GIVEN
)
_QUESTIONS = (
    select(func.count(Question.id))
    .where(Question.opportunity_id == Opportunity.id, is_shown())
    .correlate(Opportunity)
    .scalar_subquery()
)
_LISTING = (
    select(
        Opportunity,
        OpportunityVersion,
        Organisation.name,
        Organisation.contact_unit,
        trusted(),
        _RECOMMENDED,
        _QUESTIONS,
    )
    .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
    .outerjoin(Organisation, Organisation.id == Opportunity.organisation_id)
    # Its assistance comes with the listing, not once more by way of the version.
    .options(contains_eager(OpportunityVersion.opportunity).lazyload(Opportunity.assistance))
    .where(Opportunity.tail == bindparam("tail"), Opportunity.slug.is_not(None))
)
_DOCUMENTS = (
    select(OpportunityDocument)
    .options(joinedload(OpportunityDocument.blob))
    .where(
        OpportunityDocument.version_id == bindparam("version_id"), OpportunityDocument.replaced_at.is_(None)
    )
    .order_by(OpportunityDocument.position, OpportunityDocument.id)
)


def find_listing(tail: str) -> Listing | None:
    """The listing whose address ends so, if it was ever published; one statement."""
    row = db.session.execute(_LISTING, {"tail": tail}).first()
    return Listing(*row) if row else None


def find_opportunity(opportunity_id: int) -> Opportunity | None:
    return db.session.get(Opportunity, opportunity_id)


def find_version(version_id: int) -> OpportunityVersion | None:
    """One version with its opportunity."""
    return db.session.scalar(select(OpportunityVersion).where(OpportunityVersion.id == version_id))


def list_published_versions(opportunity_id: int) -> list[OpportunityVersion]:
    """Every version that was ever public, newest first."""
    return list(
        db.session.scalars(
            select(OpportunityVersion)
            .where(
                OpportunityVersion.opportunity_id == opportunity_id,
                OpportunityVersion.status == VersionStatus.PUBLISHED,
            )
            .order_by(OpportunityVersion.number.desc())
        )
    )


def list_addenda(opportunity_id: int) -> list[Addendum]:
    """What was added to a listing after its publication, newest first."""
    return list(
        db.session.scalars(
            select(Addendum).where(Addendum.opportunity_id == opportunity_id).order_by(Addendum.id.desc())
        )
    )


def find_newest_version(opportunity_id: int) -> OpportunityVersion | None:
    """The version that is being worked on, or else the last decided one; with its opportunity."""
    return db.session.scalar(
        select(OpportunityVersion)
        .where(OpportunityVersion.opportunity_id == opportunity_id)
        .order_by(OpportunityVersion.number.desc())
        .limit(1)
    )


def list_marks(version_id: int) -> dict[str, str]:
    """The remarks on a version by field that wait to be followed."""
    rows = db.session.execute(
        select(VersionMark.field, VersionMark.remark)
        .where(VersionMark.version_id == version_id, VersionMark.settled_at.is_(None))
        .order_by(VersionMark.id)
    )
    return {row.field: row.remark for row in rows}


def list_documents(version_id: int) -> list[OpportunityDocument]:
    """The documents of a version with what is known of their files, in its order."""
    return list(db.session.scalars(_DOCUMENTS, {"version_id": version_id}))


def has_documents(version_id: int) -> bool:
    """Whether a version has any document."""
    found = exists().where(
        OpportunityDocument.version_id == version_id, OpportunityDocument.replaced_at.is_(None)
    )
    return bool(db.session.scalar(select(found)))


def has_grant(opportunity_id: int, organisation_ids: Sequence[int]) -> bool:
    """Whether one of the organisations was accepted, so that it may read what is kept for accepted partners."""
    if not organisation_ids:
        return False
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    DocumentGrant.opportunity_id == opportunity_id,
                    DocumentGrant.organisation_id.in_(organisation_ids),
                )
            )
        )
    )


def find_person_name(user_id: int | None) -> str:
    """The name of a person; "" where nobody is behind it any more."""
    if user_id is None:
        return ""
    name = db.session.scalar(select(User.name).where(User.id == user_id))
    return str(shown_name(name) or "")


# Openings have a page of their own, comments stand beside their fields; both could be many.
_SHOWN_ELSEWHERE = ("opportunity:document_opened", "version:commented", "version:comment_handled")


def list_happenings(opportunity_id: int, limit: int = 40, *, for_helper: bool = False) -> list[Happening]:
    """What happened to a listing and to its versions, newest first; for an assisting side, to those that it began."""
    versions = select(OpportunityVersion.id).where(OpportunityVersion.opportunity_id == opportunity_id)
    if for_helper:
        versions = versions.where(OpportunityVersion.assisted)
    rows = db.session.execute(
        select(
            AuditEvent.at, AuditEvent.kind, AuditEvent.actor_id, AuditWords.actor_name, AuditEvent.from_status,
            AuditEvent.to_status, AuditEvent.reason, AuditWords.words, User.name,
        )
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .outerjoin(User, User.id == behalf_id())
        .where(
            or_(
                and_(
                    AuditEvent.object_kind.in_(("opportunity", "assistance")),
                    AuditEvent.object_id == opportunity_id,
                ),
                and_(AuditEvent.object_kind == "opportunity_version", AuditEvent.object_id.in_(versions)),
            ),
            AuditEvent.kind.not_in(_SHOWN_ELSEWHERE),
        )
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [Happening(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class InRegion:
    """The first cards of a region (a province with what is in it), and how many listings there are.

    `by_dimension` counts in the region, `by_region` everywhere.
    """

    cards: list[Card]
    total: int
    by_dimension: dict[str, int]
    by_region: dict[str, int]


def find_in_region(
    view: View, region_code: str, limit: int, *, language: str, prefix: str, now: datetime
) -> InRegion:
    """What /peluang would show for that region, by the search index: the cost does not grow with the table."""
    found = find(view, SearchRequest(now, chosen={Facet.REGION: (region_code,)}, size=limit))
    cards = cards_by_ids(found.ids, language=language, prefix=prefix, now=now)
    return InRegion(cards, found.total, found.counts[Facet.DIMENSION], found.counts[Facet.REGION])


def list_similar(
    view: View, opportunity: Opportunity, version: OpportunityVersion, *, now: datetime, limit: int = 3
) -> list[CardRow]:
    """Open listings of the same sector, then of the same region, then others of the sector; never the listing itself."""
    sector = {Facet.SECTOR: (version.sector_code,)} if version.sector_code else {}
    region, is_open = {Facet.REGION: (opportunity.region_code,)}, {Facet.STATUS: (Status.OPEN.value,)}
    wishes = (sector | is_open, region | is_open, sector)
    found = [
        number
        for chosen in wishes
        for number in find(view, SearchRequest(now, chosen=chosen, size=limit + 1)).ids
    ]
    others = dict.fromkeys(number for number in found if number != opportunity.id)
    return card_rows(list(others)[:limit])


def list_doubles(opportunity: Opportunity, version: OpportunityVersion) -> list[str]:
    """Titles of other listings of the same government in the same sector that are public or with LAIP."""
    other = OpportunityVersion
    return list(
        db.session.scalars(
            select(other.title_id)
            .join(Opportunity, Opportunity.id == other.opportunity_id)
            .where(
                Opportunity.id != opportunity.id,
                Opportunity.origin == Origin.POSTED,
                Opportunity.region_code == opportunity.region_code,
                other.sector_code == version.sector_code,
                or_(other.id == Opportunity.published_version_id, other.status == "submitted"),
                Opportunity.status != "withdrawn",
            )
            .order_by(other.id)
            .limit(5)
        )
    )
