"""What registering an organisation asks first, and its proofs."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Organisation, Proof
from marketplace.organisations.rules import OrganisationStatus

_UNDECIDED = (OrganisationStatus.REGISTERED, OrganisationStatus.SUBMITTED, OrganisationStatus.NEEDS_INFO)


def count_open_registrations(user_id: int) -> int:
    """How many undecided organisations a person has registered."""
    return (
        db.session.scalar(
            select(func.count(Organisation.id)).where(
                Organisation.created_by == user_id, Organisation.status.in_(_UNDECIDED)
            )
        )
        or 0
    )


def find_same_registration(user_id: int | None, kind: OrganisationKind, name_key: str) -> Organisation | None:
    """The organisation that this person registered before under that name."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.created_by == user_id, Organisation.kind == kind, Organisation.name_key == name_key
        )
    )


def is_region_represented(region_code: str) -> bool:
    """Whether the region has a verified (perhaps suspended) Pemda."""
    return (
        db.session.scalar(
            select(Organisation.id).where(
                Organisation.region_code == region_code,
                Organisation.kind == OrganisationKind.PEMDA,
                Organisation.status.in_((OrganisationStatus.VERIFIED, OrganisationStatus.SUSPENDED)),
            )
        )
        is not None
    )


def slug_exists(slug: str, *, but: int | None = None) -> bool:
    """Whether another organisation has that address."""
    taken = select(Organisation.id).where(Organisation.slug == slug)
    if but is not None:
        taken = taken.where(Organisation.id != but)
    return db.session.scalar(taken) is not None


def list_proofs(organisation_id: int) -> list[Proof]:
    """The proofs with their files' facts, the newest first."""
    return list(
        db.session.scalars(
            select(Proof)
            .where(Proof.organisation_id == organisation_id)
            .options(joinedload(Proof.blob))
            .order_by(Proof.id.desc())
        )
    )


def count_proofs(organisation_id: int) -> int:
    """How many proofs the organisation has."""
    return (
        db.session.scalar(select(func.count(Proof.id)).where(Proof.organisation_id == organisation_id)) or 0
    )


def get_proof(organisation_id: int, proof_id: int) -> Proof:
    """One proof of that organisation with its file. Raises NotFound."""
    row = db.session.scalar(
        select(Proof)
        .where(Proof.id == proof_id, Proof.organisation_id == organisation_id)
        .options(joinedload(Proof.blob))
    )
    if row is None:
        raise NotFound
    return row
