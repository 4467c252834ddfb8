"""What LAIP weighs of a claim: others of the same region or name, earlier submissions; and its register."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from marketplace.audit.models import AuditEvent
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.organisations.models import Organisation, Proof
from marketplace.organisations.queries import CARD, Card
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.trust_queries import trusted

# A claim that is still worth weighing against another of the same region.
_STANDING = (
    OrganisationStatus.SUBMITTED,
    OrganisationStatus.NEEDS_INFO,
    OrganisationStatus.VERIFIED,
    OrganisationStatus.SUSPENDED,
)


@dataclass(frozen=True, slots=True)
class Other:
    """Another organisation beside the one under decision."""

    id: int
    name: str
    kind: OrganisationKind
    status: OrganisationStatus
    submitted_at: datetime | None
    proofs: int


_other = aliased(Organisation)
_proofs = (
    select(func.count(Proof.id))
    .where(Proof.organisation_id == Organisation.id)
    .correlate(Organisation)
    .scalar_subquery()
)
has_rivals = (
    select(_other.id)
    .where(
        _other.region_code == Organisation.region_code,
        _other.kind == OrganisationKind.PEMDA,
        Organisation.kind == OrganisationKind.PEMDA,
        _other.id != Organisation.id,
        _other.status.in_(_STANDING),
    )
    .correlate(Organisation)
    .exists()
)
has_look_alikes = (
    select(_other.id)
    .where(
        _other.name_key == Organisation.name_key,
        Organisation.kind != OrganisationKind.PEMDA,
        _other.id != Organisation.id,
        _other.status != OrganisationStatus.REJECTED,
    )
    .correlate(Organisation)
    .exists()
)
submissions = (
    select(func.count(AuditEvent.id))
    .where(
        AuditEvent.object_kind == "organisation",
        AuditEvent.object_id == Organisation.id,
        AuditEvent.kind == "organisation:submitted",
    )
    .correlate(Organisation)
    .scalar_subquery()
)


def list_by_status(status: OrganisationStatus, *, limit: int, offset: int = 0) -> list[Card]:
    """Organisations of one status, the newest first; for LAIP's register."""
    rows = db.session.execute(
        select(*CARD)
        .where(Organisation.status == status)
        .order_by(Organisation.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Card(*row) for row in rows]


def count_by_status() -> dict[OrganisationStatus, int]:
    """How many organisations there are of each status."""
    rows = db.session.execute(
        select(Organisation.status, func.count(Organisation.id)).group_by(Organisation.status)
    )
    return {row[0]: row[1] for row in rows}


def count_submissions(organisation_id: int) -> int:
    """How often it was submitted."""
    return db.session.scalar(select(submissions).where(Organisation.id == organisation_id)) or 0


def list_rivals(organisation: Organisation, *, limit: int = 20) -> list[Other]:
    """Other standing claims of the same region."""
    if organisation.kind is not OrganisationKind.PEMDA:
        return []
    return _others(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.PEMDA,
            Organisation.region_code == organisation.region_code,
            Organisation.status.in_(_STANDING),
            Organisation.id != organisation.id,
        ),
        limit,
    )


def list_look_alikes(organisation: Organisation, *, limit: int = 20) -> list[Other]:
    """Others whose name people could take for this one."""
    if organisation.kind is OrganisationKind.PEMDA:
        return []
    return _others(
        select(Organisation).where(
            Organisation.name_key == organisation.name_key,
            Organisation.status != OrganisationStatus.REJECTED,
            Organisation.id != organisation.id,
        ),
        limit,
    )


def list_verified_namesakes(organisation: Organisation, *, limit: int = 5) -> list[str]:
    """The names of verified organisations that people could take for this one; everybody may know those."""
    if organisation.kind is OrganisationKind.PEMDA:
        return []
    return list(
        db.session.scalars(
            select(Organisation.name)
            .where(
                Organisation.name_key == organisation.name_key, trusted(), Organisation.id != organisation.id
            )
            .order_by(Organisation.id)
            .limit(limit)
        )
    )


def _others(wanted: Select[Organisation], limit: int) -> list[Other]:
    rows = db.session.execute(
        wanted.with_only_columns(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.status,
            Organisation.submitted_at,
            _proofs,
        )
        .order_by(Organisation.id)
        .limit(limit)
    )
    return [Other(*row) for row in rows]
