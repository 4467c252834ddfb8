"""The people of the tests, by name. They stand in every test database."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from marketplace.accounts.models import Role, User, user_roles
from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole
from marketplace.core.text import confusable_key, slugify
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile
from marketplace.partners.rules import LegalForm, PartnerKind

PASSWORD = "sandi-panjang-untuk-tes"
JOINED = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Organised:
    """An organisation of the tests."""

    name: str
    kind: OrganisationKind
    region_code: str | None = None
    partner_kind: PartnerKind | None = None
    verified: bool = True


@dataclass(frozen=True)
class Person:
    """A person of the tests."""

    email: str
    name: str
    organisation: str | None = None
    role: MemberRole | None = None
    staff: StaffRole | None = None
    language: str = "id"


K = OrganisationKind
ORGANISATIONS = {
    "bitung": Organised("Pemerintah Kota Bitung", K.PEMDA, "71.72"),
    "madiun": Organised("Pemerintah Kabupaten Madiun", K.PEMDA, "35.19"),
    "new_pemda": Organised("Pemerintah Kota Tomohon", K.PEMDA, "71.73", verified=False),
    "investor": Organised("PT Tirta Uji", K.PARTNER, partner_kind=PartnerKind.INVESTOR),
    "startup": Organised("PT Rintisan Uji", K.PARTNER, partner_kind=PartnerKind.STARTUP),
    "new_partner": Organised("PT Baru Uji", K.PARTNER, partner_kind=PartnerKind.FINTECH, verified=False),
    "ministry": Organised("Kementerian Pendamping Uji", K.MINISTRY),
    "tutor": Organised("Klinik Kota Cerdas Uji", K.TUTOR),
    # Over Bitung and Tomohon.
    "province": Organised("Pemerintah Provinsi Sulawesi Utara", K.PEMDA, "71"),
}
R = MemberRole
PEOPLE = {
    "moderator": Person("moderator@example.com", "Maya Lestari", staff=StaffRole.MODERATOR),
    "moderator_b": Person("moderator.b@example.com", "Adi Nugroho", staff=StaffRole.MODERATOR),
    "programme_owner": Person("owner@example.com", "Ratna Dewi", staff=StaffRole.PROGRAMME_OWNER),
    "companion": Person("companion@example.com", "Bima Sakti", "ministry", R.EDITOR),
    "pemda_owner": Person("bitung.owner@example.com", "Yance Lumi", "bitung", R.OWNER),
    "pemda_approver": Person("bitung.approver@example.com", "Sari Tumbel", "bitung", R.APPROVER),
    "pemda_editor": Person("bitung.editor@example.com", "Joko Rumondor", "bitung", R.EDITOR),
    "pemda_viewer": Person("bitung.viewer@example.com", "Lia Mandagi", "bitung", R.VIEWER),
    "other_approver": Person("madiun.approver@example.com", "Hadi Wijaya", "madiun", R.OWNER),
    "new_pemda": Person("tomohon@example.com", "Rini Wowor", "new_pemda", R.OWNER),
    "investor": Person("investor@example.com", "Rani Wulandari", "investor", R.OWNER),
    "investor_editor": Person(
        "investor.editor@example.com", "Tono Halim", "investor", R.EDITOR, language="en"
    ),
    "startup": Person("startup@example.com", "Dimas Aji", "startup", R.OWNER),
    "new_partner": Person("baru@example.com", "Putri Ayu", "new_partner", R.OWNER),
    "tutor": Person("tutor@example.com", "Ayu Paramita", "tutor", R.OWNER),
    "province": Person("sulut@example.com", "Ferry Sondakh", "province", R.OWNER),
    "alone": Person("alone@example.com", "Tanpa Organisasi"),
}


def create_personas(connection: Connection) -> None:
    """Writes organisations, people, roles and memberships."""
    organisations = {key: _organisation(connection, value) for key, value in ORGANISATIONS.items()}
    roles = {
        role: connection.execute(insert(Role).values(name=str(role)).returning(Role.id)).scalar_one()
        for role in StaffRole
    }
    for person in PEOPLE.values():
        user_id = connection.execute(
            insert(User)
            .values(
                email=person.email, name=person.name, language=person.language, password=PASSWORD, active=True,
                fs_uniquifier=person.email, confirmed_at=JOINED, terms_version="1", terms_accepted_at=JOINED,
            )
            .returning(User.id)
        ).scalar_one()  # fmt: skip
        if person.staff:
            connection.execute(insert(user_roles).values(user_id=user_id, role_id=roles[person.staff]))
        if person.organisation:
            connection.execute(
                insert(Member).values(
                    organisation_id=organisations[person.organisation],
                    user_id=user_id,
                    role=person.role,
                    joined_at=JOINED,
                )
            )


def _organisation(connection: Connection, value: Organised) -> int:
    number: int = connection.execute(
        insert(Organisation)
        .values(
            kind=value.kind, name=value.name, name_key=confusable_key(value.name), slug=slugify(value.name),
            region_code=value.region_code, created_at=JOINED,
            status=OrganisationStatus.VERIFIED if value.verified else OrganisationStatus.REGISTERED,
            contact_unit="Bagian Kerja Sama", contact_email=f"{slugify(value.name)}@example.com", contact_phone="+62 21 555 0100",
        )
        .returning(Organisation.id)
    ).scalar_one()  # fmt: skip
    if value.partner_kind:
        connection.execute(
            insert(PartnerProfile).values(
                organisation_id=number, partner_kind=value.partner_kind, legal_name=value.name, legal_form=LegalForm.PT,
                ticket_min_idr=50_000_000_000, ticket_max_idr=500_000_000_000, sector_codes=["water-supply"],
                region_codes=["71"], scheme_codes=["kpbu"],
            )
        )  # fmt: skip
    return number


def actor(connection: Connection, name: str) -> Actor:
    """The actor value of a persona, for calling actions without a browser."""
    person = PEOPLE[name]
    user_id = connection.execute(select(User.id).where(User.email == person.email)).scalar_one()
    memberships: tuple[Membership, ...] = ()
    if person.organisation and person.role:
        value = ORGANISATIONS[person.organisation]
        number = connection.execute(
            select(Organisation.id).where(Organisation.name == value.name)
        ).scalar_one()
        memberships = (
            Membership(number, value.kind, person.role, value.verified, value.name, value.region_code),
        )
    return Actor(
        user_id=user_id,
        name=person.name,
        language=person.language,
        staff_roles=frozenset({person.staff} if person.staff else ()),
        memberships=memberships,
    )
