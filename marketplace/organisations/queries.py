"""Organisations as other pages name them, and their members."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.trust_queries import trusted


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation as other pages name it; no contact. Verified: it may act today."""

    id: int
    kind: OrganisationKind
    status: OrganisationStatus
    name: str
    slug: str
    region_code: str | None
    demo: bool
    verified: bool
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """The office behind an organisation (a role, never a private person); an introduction opens it."""

    organisation_id: int
    name: str
    unit: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    user_id: int
    name: str
    role: MemberRole
    joined_at: datetime


CARD = (
    Organisation.id,
    Organisation.kind,
    Organisation.status,
    Organisation.name,
    Organisation.slug,
    Organisation.region_code,
    Organisation.demo,
    trusted(),
    Organisation.valid_until,
)
_OFFICE = (
    Organisation.id,
    Organisation.name,
    Organisation.contact_unit,
    Organisation.contact_email,
    Organisation.contact_phone,
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
    row = db.session.execute(select(*CARD).where(Organisation.id == organisation_id)).first()
    if row is None:
        raise NotFound
    return Card(*row)


def find_speaker(region_code: str) -> Card | None:
    """The one Pemda that speaks for the region, perhaps suspended or expired at the moment."""
    row = db.session.execute(
        select(*CARD).where(
            Organisation.region_code == region_code,
            Organisation.kind == OrganisationKind.PEMDA,
            Organisation.status.in_((OrganisationStatus.VERIFIED, OrganisationStatus.SUSPENDED)),
        )
    ).first()
    return Card(*row) if row else None


def list_cards(organisation_ids: list[int]) -> dict[int, Card]:
    """The cards of these organisations by id; unknown ids are left out."""
    rows = db.session.execute(select(*CARD).where(Organisation.id.in_(organisation_ids)))
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
        select(*CARD)
        .join(Member, Member.organisation_id == Organisation.id)
        .where(Member.user_id == user_id)
        .order_by(Member.id)
        .limit(limit)
        .offset(offset)
    )
    return [Card(*row) for row in rows]
