"""Organisations on their way to verification, made by the same actions that people use."""

from datetime import UTC, datetime
from io import BytesIO

from marketplace.core.actor import Actor, MemberRole, Membership
from marketplace.organisations import actions, proofs
from marketplace.organisations.actions import Office
from marketplace.organisations.models import Organisation

OFFICE = Office(
    unit="Bagian Kerja Sama",
    email="kerjasama@example.com",
    phone="+62 21 555 0100",
    statement="Kepala bagian.",
)
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def joined(actor: Actor, organisation: Organisation, role: MemberRole = MemberRole.OWNER) -> Actor:
    """The actor as the next request would see them: a member of the organisation."""
    place = Membership(
        organisation.id, organisation.kind, role, organisation.status == "verified", organisation.name,
        organisation.region_code,
    )  # fmt: skip
    others = tuple(m for m in actor.memberships if m.organisation_id != organisation.id)
    return Actor(actor.user_id, actor.name, actor.language, actor.staff_roles, (*others, place))


def add_proof(organisation: Organisation, owner: Actor, *, now: datetime = NOW, content: bytes = PDF) -> None:
    proofs.add(
        organisation.id,
        title="Surat tugas",
        stream=BytesIO(content),
        filename="surat.pdf",
        actor=owner,
        now=now,
    )


def submitted_pemda(
    actor: Actor, region: str = "71.01", *, now: datetime = NOW
) -> tuple[Organisation, Actor]:
    """A claim of a region that waits for LAIP, and its owner."""
    organisation = actions.register_pemda(region, office=OFFICE, actor=actor, now=now)
    owner = joined(actor, organisation)
    add_proof(organisation, owner, now=now)
    actions.submit(organisation.id, actor=owner, now=now)
    return organisation, owner
