"""Writes the invented organisations and people, as if they had come in the past weeks."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from marketplace.accounts import consents
from marketplace.accounts.models import Role, User, user_roles
from marketplace.audit import actions as audit
from marketplace.core.actor import SYSTEM, OrganisationKind, StaffRole
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.text import confusable_key, slugify
from marketplace.demo.people import INVITED, ORGANISATIONS, PEOPLE, DemoOrganisation, DemoPartner, DemoPerson
from marketplace.extensions import db
from marketplace.organisations.member_rules import INVITATION_LASTS
from marketplace.organisations.models import Invitation, Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile, TrackRecord

FOUNDED = timedelta(days=45)
WAITING = timedelta(days=4)
EVIDENCE = "Berita acara serah terima, rekaan."


def make_password() -> str:
    """One for all demo accounts of this database; random, since the site may stand on a network."""
    return f"temu-{secrets.token_hex(3)}-{secrets.token_hex(3)}"


def found_organisations(now: datetime) -> dict[str, int]:
    """Organisation ids by key."""
    return {organisation.key: _found(organisation, now) for organisation in ORGANISATIONS}


def _found(wanted: DemoOrganisation, now: datetime) -> int:
    status = OrganisationStatus.VERIFIED if wanted.verified else OrganisationStatus.SUBMITTED
    name = slugify(wanted.name.removeprefix("Pemerintah "))
    decided = now - FOUNDED + timedelta(days=2)
    number: int = db.session.execute(
        insert(Organisation)
        .values(
            kind=wanted.kind, status=status, name=wanted.name, name_key=confusable_key(wanted.name),
            slug=slugify(wanted.name), region_code=wanted.region_code, demo=True, created_at=now - FOUNDED,
            submitted_at=now - (FOUNDED if wanted.verified else WAITING),
            decided_at=decided if wanted.verified else None,
            contact_unit=_unit_of(wanted.kind), contact_email=f"kerjasama@{name}.example.com",
            contact_phone="+62 21 5550 0100",
            valid_until=local_day(now, HOME_ZONE) + timedelta(days=wanted.ends_in) if wanted.ends_in else None,
        )
        .returning(Organisation.id)
    ).scalar_one()  # fmt: skip
    if wanted.verified:
        audit.record(
            "organisation:verified", actor=SYSTEM, now=decided, object_kind="organisation", object_id=number,
            from_status=OrganisationStatus.SUBMITTED, to_status=status,
        )  # fmt: skip
    if wanted.partner:
        _profile(number, wanted, wanted.partner, now)
    return number


def _unit_of(kind: OrganisationKind) -> str:
    return "Bagian Kerja Sama" if kind is OrganisationKind.PEMDA else "Pengembangan Usaha"


def _profile(number: int, wanted: DemoOrganisation, partner: DemoPartner, now: datetime) -> None:
    smallest, largest = partner.ticket
    rate = partner.usd_rate
    db.session.execute(
        insert(PartnerProfile).values(
            organisation_id=number, partner_kind=partner.kind, legal_name=wanted.name, legal_form=partner.form,
            country=partner.country, about_id=partner.about_id, about_en=partner.about_en,
            ticket_min_idr=smallest, ticket_max_idr=largest, sector_codes=list(partner.sectors),
            region_codes=list(partner.regions), scheme_codes=list(partner.schemes), capability_codes=list(partner.can),
            ticket_min_usd=Decimal(smallest) / rate if rate and smallest else None, usd_rate=rate,
            ticket_max_usd=Decimal(largest) / rate if rate and largest else None,
            usd_rate_on=local_day(now, HOME_ZONE) if rate else None,
        )
    )  # fmt: skip
    for title, place, year, sector in partner.record:
        db.session.execute(
            insert(TrackRecord).values(
                organisation_id=number,
                title=title,
                place=place,
                year=year,
                sector_code=sector,
                evidence_words=EVIDENCE,
            )
        )


def found_people(organisations: dict[str, int], password: str, now: datetime) -> list[dict[str, Any]]:
    """The accounts as demo-accounts.json lists them: persona, email, password, organisation, role."""
    hashed = hash_password(password)
    roles = {role: _role(role) for role in StaffRole}
    names = {organisation.key: organisation.name for organisation in ORGANISATIONS}
    for person in PEOPLE:
        _person(person, hashed, organisations, roles, now)
    return [_listed(person, password, names) for person in _first_things_first(PEOPLE)]


def _role(role: StaffRole) -> int:
    # create-staff may have made it before.
    name = str(role)
    db.session.execute(insert(Role).values(name=name).on_conflict_do_nothing())
    return db.session.execute(select(Role.id).where(Role.name == name)).scalar_one()


def _person(
    person: DemoPerson, hashed: str, organisations: dict[str, int], roles: dict[StaffRole, int], now: datetime
) -> None:
    user_id = db.session.execute(
        insert(User)
        .values(
            email=person.email, name=person.name, password=hashed, active=True, language=person.language,
            fs_uniquifier=secrets.token_hex(16), confirmed_at=now - FOUNDED, created_at=now - FOUNDED,
        )
        .returning(User.id)
    ).scalar_one()  # fmt: skip
    consents.agree(db.session.get_one(User, user_id), now=now - FOUNDED)
    if person.staff:
        db.session.execute(insert(user_roles).values(user_id=user_id, role_id=roles[person.staff]))
    places = [(person.organisation, person.role)] if person.organisation else []
    for key, role in (*places, *person.also):
        db.session.execute(
            insert(Member).values(
                organisation_id=organisations[key], user_id=user_id, role=role, joined_at=now - FOUNDED
            )
        )


def invite_somebody(organisations: dict[str, int], now: datetime) -> None:
    """An invitation that waits for its answer, in the list of its organisation; no letter is sent."""
    key, email, role = INVITED
    db.session.add(
        Invitation(
            organisation_id=organisations[key], email=email, role=role, language="id", created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
    )  # fmt: skip


def _first_things_first(people: Iterable[DemoPerson]) -> list[DemoPerson]:
    """Those that a newcomer tries first, then the rest."""
    return sorted(
        people, key=lambda person: person.persona.startswith("pemda_") and person.persona not in FIRST
    )


# The last one is a province.
FIRST = frozenset(
    {"pemda_approver", "pemda_editor", "pemda_stand_in", "pemda_approver_b", "pemda_editor_b", "pemda_bali"}
)


def _listed(person: DemoPerson, password: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "persona": person.persona,
        "email": person.email,
        "password": password,
        "organisation": names[person.organisation] if person.organisation else "LAIP",
        "role": str(person.role or person.staff),
    }
