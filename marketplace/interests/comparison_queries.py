"""What stands in the columns of a comparison besides the interests themselves; each a statement for all columns."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from marketplace.audit.models import AuditEvent
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.interests.models import Interest
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile, TrackRecord

# What a verification begins with; prolonging it keeps its beginning.
_VERIFIED = ("organisation:verified", "organisation:reinstated")


@dataclass(frozen=True, slots=True)
class Compared:
    """The published opportunity, as far as what partners wrote is held against it."""

    opportunity_id: int
    version_id: int
    value_currency: str
    idr_rate: Decimal | None
    idr_rate_on: date | None
    must_haves_id: list[str]
    must_haves_en: list[str]


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """A partner's verification, and what its profile states of cohorts and rates."""

    organisation_id: int
    slug: str
    status: OrganisationStatus
    valid_until: date | None
    verified_at: datetime | None
    hub_id_cohort: str
    usd_rate: int | None
    usd_rate_on: date | None


_VERSION = OpportunityVersion
_COMPARED: tuple[Any, ...] = (
    Opportunity.id, _VERSION.id, _VERSION.value_currency, _VERSION.idr_rate, _VERSION.idr_rate_on,
    _VERSION.must_haves_id, _VERSION.must_haves_en,
)  # fmt: skip


def get_compared(opportunity_id: int) -> Compared:
    """The published content of an opportunity that has interests."""
    published = _VERSION.id == Opportunity.published_version_id
    wanted = select(*_COMPARED).join(_VERSION, published).where(Opportunity.id == opportunity_id)
    return Compared(*db.session.execute(wanted).one())


def list_partner_facts(organisation_ids: Sequence[int]) -> dict[int, PartnerFacts]:
    """By partner, its verification and profile."""
    begun = (
        select(AuditEvent.object_id, func.max(AuditEvent.at).label("at"))
        .where(
            AuditEvent.object_kind == "organisation",
            AuditEvent.object_id.in_(organisation_ids),
            AuditEvent.kind.in_(_VERIFIED),
        )
        .group_by(AuditEvent.object_id)
        .subquery()
    )
    profile = PartnerProfile
    rows = db.session.execute(
        select(
            Organisation.id, Organisation.slug, Organisation.status, Organisation.valid_until, begun.c.at,
            profile.hub_id_cohort, profile.usd_rate, profile.usd_rate_on,
        )
        .join(profile, profile.organisation_id == Organisation.id)
        .outerjoin(begun, begun.c.object_id == Organisation.id)
        .where(Organisation.id.in_(organisation_ids))
    )  # fmt: skip
    return {row[0]: PartnerFacts(*row) for row in rows}


def list_records(organisation_ids: Sequence[int]) -> dict[int, list[TrackRecord]]:
    """By partner, what it has done, the newest first."""
    found: dict[int, list[TrackRecord]] = defaultdict(list)
    rows = db.session.scalars(
        select(TrackRecord)
        .where(TrackRecord.organisation_id.in_(organisation_ids))
        .order_by(TrackRecord.year.desc().nulls_last(), TrackRecord.id.desc())
    )
    for record in rows:
        found[record.organisation_id].append(record)
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """What came with an interest: its file's name, and by must-have (as its version has it) what it says of it."""

    file: str | None
    answers: dict[str, str]


def list_said(interest_ids: Sequence[int]) -> dict[int, Said]:
    """By interest, what came with it."""
    rows = db.session.execute(
        select(Interest.id, Blob.original_name, OpportunityVersion.must_haves_id, Interest.must_answers)
        .join(OpportunityVersion, OpportunityVersion.id == Interest.version_id)
        .outerjoin(Blob, Blob.id == Interest.blob_id)
        .where(Interest.id.in_(interest_ids))
    )
    return {number: Said(file, _by_must(musts, answers)) for number, file, musts, answers in rows}


def _by_must(musts: Sequence[str], answers: Sequence[str]) -> dict[str, str]:
    return {must: answer for must, answer in zip(musts, answers, strict=False) if answer}
