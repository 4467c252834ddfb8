"""Documents one by one: for their readers, through their versions, and who opened them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, and_, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased, joinedload

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.extensions import db
from marketplace.opportunities.models import (
    DocumentVisits,
    Opportunity,
    OpportunityDocument,
    OpportunityVersion,
)
from marketplace.opportunities.rules import DocumentAccess, VersionStatus
from marketplace.organisations.models import Organisation

OPENED = "opportunity:document_opened"


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document, the listing's version that holds it, and the level under which the published version shows it."""

    document: OpportunityDocument
    version: OpportunityVersion
    shown_as: DocumentAccess | None


def find_document(document_id: int) -> FoundDocument | None:
    """One document with its file's facts, and its version with the opportunity."""
    shown = aliased(OpportunityDocument)
    row = db.session.execute(
        select(OpportunityDocument, OpportunityVersion, shown.access)
        .join(OpportunityVersion, OpportunityVersion.id == OpportunityDocument.version_id)
        .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
        .outerjoin(
            shown,
            and_(
                shown.version_id == Opportunity.published_version_id,
                shown.series == OpportunityDocument.series,
                shown.replaced_at.is_(None),
            ),
        )
        .options(joinedload(OpportunityDocument.blob))
        .where(OpportunityDocument.id == document_id)
    ).first()
    return FoundDocument(*row) if row else None


def list_older(version: OpportunityVersion) -> dict[UUID, list[OpportunityDocument]]:
    """By series, the older files of a version's documents that earlier published versions showed, newest first."""
    newer, earlier = aliased(OpportunityDocument), aliased(OpportunityVersion)
    rows = db.session.scalars(
        select(OpportunityDocument)
        .join(earlier, earlier.id == OpportunityDocument.version_id)
        .join(newer, and_(newer.series == OpportunityDocument.series, newer.version_id == version.id))
        .options(joinedload(OpportunityDocument.blob))
        .where(
            newer.replaced_at.is_(None),
            earlier.status == VersionStatus.PUBLISHED,
            OpportunityDocument.replaced_at.is_(None),
            OpportunityDocument.number < newer.number,
        )
        .ext(distinct_on(OpportunityDocument.series, OpportunityDocument.number))
        .order_by(OpportunityDocument.series, OpportunityDocument.number.desc(), OpportunityDocument.id)
    )
    return _by_series(rows.all())


def list_every(series: Sequence[UUID]) -> dict[UUID, list[OpportunityDocument]]:
    """By series, all files that a document ever was, newest first: for those who work on the listing."""
    rows = db.session.scalars(
        select(OpportunityDocument)
        .options(joinedload(OpportunityDocument.blob))
        .where(OpportunityDocument.series.in_(series))
        .ext(distinct_on(OpportunityDocument.series, OpportunityDocument.number))
        .order_by(OpportunityDocument.series, OpportunityDocument.number.desc(), OpportunityDocument.id)
    )
    return _by_series(rows.all())


def _by_series(documents: Sequence[OpportunityDocument]) -> dict[UUID, list[OpportunityDocument]]:
    found: dict[UUID, list[OpportunityDocument]] = {}
    for document in documents:
        found.setdefault(document.series, []).append(document)
    return found


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opened a document: who, of which organisation at that time, which version of which document."""

    id: int
    at: datetime
    actor_name: str | None
    organisation: str | None
    title: str | None
    number: int | None
    previewed: bool


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """Some openings, newest first, and the key before which the next page begins; None at the end."""

    openings: Sequence[Opening]
    older_than: int | None


def list_openings(opportunity_id: int, *, older_than: int | None, limit: int) -> OpeningPage:
    """One page of who opened the listing's documents, found by key."""
    wanted = _openings(opportunity_id).limit(limit + 1)
    if older_than is not None:
        wanted = wanted.where(AuditEvent.id < older_than)
    openings = [Opening(*row) for row in db.session.execute(wanted)]
    shown = openings[:limit]
    return OpeningPage(shown, shown[-1].id if len(openings) > limit else None)


def _openings(opportunity_id: int) -> Select[Any]:
    details = AuditEvent.details
    return (
        select(
            AuditEvent.id, AuditEvent.at, AuditWords.actor_name, Organisation.name, OpportunityDocument.title,
            OpportunityDocument.number, func.coalesce(details["previewed"].as_boolean(), False),
        )
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .outerjoin(Organisation, Organisation.id == cast(details["organisation"].astext, BigInteger))
        .outerjoin(OpportunityDocument, OpportunityDocument.id == cast(details["document"].astext, BigInteger))
        .where(
            AuditEvent.object_kind == "opportunity", AuditEvent.object_id == opportunity_id,
            AuditEvent.kind == OPENED, AuditEvent.actor_id.is_not(None),
        )
        .order_by(AuditEvent.id.desc())
    )  # fmt: skip


def list_opened_by(opportunity_id: int, organisation_ids: Sequence[int]) -> dict[int, list[str]]:
    """By organisation, the titles of the listing's documents that its people opened, each once."""
    organisation = cast(AuditEvent.details["organisation"].astext, BigInteger)
    opened = (
        select(organisation.label("organisation_id"), OpportunityDocument.series, OpportunityDocument.title)
        .join(OpportunityDocument, OpportunityDocument.id == cast(AuditEvent.details["document"].astext, BigInteger))
        .where(
            AuditEvent.object_kind == "opportunity", AuditEvent.object_id == opportunity_id,
            AuditEvent.kind == OPENED, organisation.in_(organisation_ids),
        )
        .ext(distinct_on(organisation, OpportunityDocument.series))
        .order_by(organisation, OpportunityDocument.series, AuditEvent.id.desc())
    )  # fmt: skip
    found: dict[int, list[str]] = {}
    for organisation_id, _series, title in db.session.execute(opened):
        found.setdefault(organisation_id, []).append(title)
    return found


def count_visits(opportunity_id: int) -> int:
    """How often visitors without an account opened documents of the listing."""
    counted = (
        select(func.sum(DocumentVisits.number))
        .join(OpportunityDocument, OpportunityDocument.id == DocumentVisits.document_id)
        .join(OpportunityVersion, OpportunityVersion.id == OpportunityDocument.version_id)
        .where(OpportunityVersion.opportunity_id == opportunity_id)
    )
    return int(db.session.scalar(counted) or 0)
