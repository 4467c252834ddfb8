from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus


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


_CARD = (
    Organisation.id,
    Organisation.kind,
    Organisation.status,
    Organisation.name,
    Organisation.slug,
    Organisation.region_code,
    Organisation.demo,
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
    row = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.contact_unit,
            Organisation.contact_email,
            Organisation.contact_phone,
        ).where(Organisation.id == organisation_id)
    ).first()
    if row is None:
        raise NotFound
    return Contacts(*row)
