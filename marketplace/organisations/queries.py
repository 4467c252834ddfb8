from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Member, Organisation, Proof
from marketplace.organisations.rules import OrganisationStatus

# A claim that is still worth weighing against another of the same region.
_STANDING = (
    OrganisationStatus.SUBMITTED,
    OrganisationStatus.NEEDS_INFO,
    OrganisationStatus.VERIFIED,
    OrganisationStatus.SUSPENDED,
)
_UNDECIDED = (OrganisationStatus.REGISTERED, OrganisationStatus.SUBMITTED, OrganisationStatus.NEEDS_INFO)


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation as other pages name it; no contact."""

    id: int
    kind: OrganisationKind
    status: OrganisationStatus
    name: str
    slug: str
    region_code: str | None
    demo: bool

    @property
    def verified(self) -> bool:
        return self.status is OrganisationStatus.VERIFIED


@dataclass(frozen=True, slots=True)
class Contacts:
    """The office behind an organisation (a role, never a private person); an introduction opens it."""

    organisation_id: int
    name: str
    unit: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One organisation that waits for a moderator; counts are of others that it may be mistaken for."""

    id: int
    kind: OrganisationKind
    name: str
    region_code: str | None
    submitted_at: datetime
    revision: int
    demo: bool
    proofs: int
    rivals: int
    look_alikes: int
    submissions: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    user_id: int
    name: str
    role: MemberRole
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """Another organisation beside the one under decision."""

    id: int
    name: str
    kind: OrganisationKind
    status: OrganisationStatus
    submitted_at: datetime | None
    proofs: int


_CARD = (
    Organisation.id,
    Organisation.kind,
    Organisation.status,
    Organisation.name,
    Organisation.slug,
    Organisation.region_code,
    Organisation.demo,
)
_OFFICE = (
    Organisation.id,
    Organisation.name,
    Organisation.contact_unit,
    Organisation.contact_email,
    Organisation.contact_phone,
)
_other = aliased(Organisation)
_PROOFS = (
    select(func.count(Proof.id))
    .where(Proof.organisation_id == Organisation.id)
    .correlate(Organisation)
    .scalar_subquery()
)
_RIVALS = (
    select(func.count(_other.id))
    .where(
        _other.region_code == Organisation.region_code,
        _other.kind == OrganisationKind.PEMDA,
        Organisation.kind == OrganisationKind.PEMDA,
        _other.id != Organisation.id,
        _other.status.in_(_STANDING),
    )
    .correlate(Organisation)
    .scalar_subquery()
)
_LOOK_ALIKES = (
    select(func.count(_other.id))
    .where(
        _other.name_key == Organisation.name_key,
        Organisation.kind != OrganisationKind.PEMDA,
        _other.id != Organisation.id,
        _other.status != OrganisationStatus.REJECTED,
    )
    .correlate(Organisation)
    .scalar_subquery()
)
_SUBMISSIONS = (
    select(func.count(AuditEvent.id))
    .where(
        AuditEvent.object_kind == "organisation",
        AuditEvent.object_id == Organisation.id,
        AuditEvent.kind == "organisation:submitted",
    )
    .correlate(Organisation)
    .scalar_subquery()
)


def list_member_ids(organisation_id: int, *roles: MemberRole) -> list[int]:
    """The user ids of an organisation's members with one of these roles (none named: all), for notices."""
    members = (
        select(Member.user_id)
        .join(User, User.id == Member.user_id)
        .where(Member.organisation_id == organisation_id, User.active, User.erased_at.is_(None))
        .order_by(Member.user_id)
    )
    if roles:
        members = members.where(Member.role.in_(roles))
    return list(db.session.scalars(members))


def list_members(organisation_id: int, *, limit: int = 100) -> list[MemberLine]:
    """Who is in the organisation, in the order in which they joined."""
    rows = db.session.execute(
        select(User.id, User.name, Member.role, Member.joined_at)
        .join(Member, Member.user_id == User.id)
        .where(Member.organisation_id == organisation_id, User.erased_at.is_(None))
        .order_by(Member.id)
        .limit(limit)
    )
    return [MemberLine(*row) for row in rows]


def get(organisation_id: int) -> Organisation:
    """The row itself. Raises NotFound."""
    row = db.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound
    return row


def get_card(organisation_id: int) -> Card:
    """One organisation's card. Raises NotFound."""
    row = db.session.execute(select(*_CARD).where(Organisation.id == organisation_id)).first()
    if row is None:
        raise NotFound
    return Card(*row)


def list_cards(organisation_ids: list[int]) -> dict[int, Card]:
    """The cards of these organisations by id; unknown ids are left out."""
    rows = db.session.execute(select(*_CARD).where(Organisation.id.in_(organisation_ids)))
    return {row.id: Card(*row) for row in rows}


def contacts(organisation_id: int) -> Contacts:
    """The office's unit, e-mail and phone, for those whom an introduction has opened it to. Raises NotFound."""
    row = db.session.execute(select(*_OFFICE).where(Organisation.id == organisation_id)).first()
    if row is None:
        raise NotFound
    return Contacts(*row)


def list_for_member(user_id: int, *, limit: int, offset: int = 0) -> list[Card]:
    """The organisations that a person belongs to, in the order of joining."""
    rows = db.session.execute(
        select(*_CARD)
        .join(Member, Member.organisation_id == Organisation.id)
        .where(Member.user_id == user_id)
        .order_by(Member.id)
        .limit(limit)
        .offset(offset)
    )
    return [Card(*row) for row in rows]


def count_for_member(user_id: int) -> int:
    """How many organisations a person belongs to."""
    return db.session.scalar(select(func.count(Member.id)).where(Member.user_id == user_id)) or 0


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


def _queue() -> Select[Any]:
    return select(
        Organisation.id, Organisation.kind, Organisation.name, Organisation.region_code, Organisation.submitted_at,
        Organisation.revision, Organisation.demo, _PROOFS, _RIVALS, _LOOK_ALIKES, _SUBMISSIONS,
    ).where(Organisation.status == OrganisationStatus.SUBMITTED)  # fmt: skip


def list_queue(*, limit: int, offset: int = 0) -> list[QueueLine]:
    """The organisations that wait for LAIP, those that have waited longest first."""
    rows = db.session.execute(
        _queue().order_by(Organisation.submitted_at, Organisation.id).limit(limit).offset(offset)
    )
    return [QueueLine(*row) for row in rows]


def count_queue() -> int:
    """How many organisations wait for LAIP."""
    return (
        db.session.scalar(
            select(func.count(Organisation.id)).where(Organisation.status == OrganisationStatus.SUBMITTED)
        )
        or 0
    )


def list_by_status(status: OrganisationStatus, *, limit: int, offset: int = 0) -> list[Card]:
    """Organisations of one status, the newest first; for LAIP's register."""
    rows = db.session.execute(
        select(*_CARD)
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
    return db.session.scalar(select(_SUBMISSIONS).where(Organisation.id == organisation_id)) or 0


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


def _others(wanted: Select[Organisation], limit: int) -> list[Other]:
    rows = db.session.execute(
        wanted.with_only_columns(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.status,
            Organisation.submitted_at,
            _PROOFS,
        )
        .order_by(Organisation.id)
        .limit(limit)
    )
    return [Other(*row) for row in rows]
