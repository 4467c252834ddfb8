"""What organisations hold of a person: membership, the office that they are, words to the moderator, proofs."""

from sqlalchemy import ColumnElement, func, or_, select, update

from marketplace.audit.queries import acted_on
from marketplace.core.personal import Holding, Person, Topic
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.organisations.models import (
    Guidance,
    Invitation,
    Member,
    Organisation,
    Proof,
    RegionHead,
    StandIn,
    Succession,
)

_NOBODY_LEFT = {"contact_unit": "", "contact_email": "", "contact_phone": "", "statement": ""}


def _near(person: Person) -> ColumnElement[bool]:
    return or_(
        Organisation.id.in_(person.organisation_ids),
        acted_on("organisation", Organisation.id, person.user_id),
    )


def _uploaded(person: Person) -> ColumnElement[bool]:
    return Proof.blob_id.in_(select(Blob.id).where(Blob.uploaded_by == person.user_id))


def _empty_offices_of_one(person: Person) -> None:
    """Where the person was the organisation's only one, its office was they."""
    db.session.execute(update(Organisation).where(Organisation.id.in_(person.alone_in)).values(_NOBODY_LEFT))


def _invited(person: Person) -> ColumnElement[bool]:
    return func.lower(Invitation.email).in_([func.lower(email) for email in person.emails])


def _named(person: Person) -> ColumnElement[bool]:
    """Successions of the person, and to an address of theirs."""
    named = func.lower(Succession.email).in_([func.lower(email) for email in person.emails])
    return or_(Succession.user_id == person.user_id, named)


HOLDINGS = (
    Holding(
        table=Organisation.__table__, topic=Topic.ORGANISATION, person=("created_by",), kind="organisation",
        words=("statement", "decision_words"), offices=("contact_unit", "contact_email", "contact_phone"),
        # The name is the organisation's, also where it is called after a person.
        codes=("kind", "status", "name", "name_key", "slug", "region_code", "decision_reason"),
        near=_near, first=_empty_offices_of_one,
    ),
    Holding(table=Member.__table__, topic=Topic.MEMBERSHIP, person=("user_id",), codes=("role",), ends=True),
    Holding(table=StandIn.__table__, topic=Topic.MEMBERSHIP, person=("user_id", "named_by"), ends=True),
    # Who was asked to join: the address goes with its owner, whoever asked.
    Holding(
        table=Invitation.__table__, topic=Topic.MEMBERSHIP, person=("invited_by",), own=_invited, hers={"email": ""},
        codes=("role", "language", "outcome"), ends=True,
    ),
    # Whom LAIP named as an owner: the address goes with its owner, the decision stays.
    Holding(
        table=Succession.__table__, topic=Topic.MEMBERSHIP, person=("user_id", "proposed_by", "ended_by"), kind="succession",
        own=_named, hers={"email": ""}, words=("words",), codes=("status", "reason", "language"),
        near=lambda person: Succession.organisation_id.in_(person.organisation_ids),
    ),
    # An office's holder, as their government states it.
    Holding(
        table=RegionHead.__table__, topic=Topic.ORGANISATION, person=("noted_by",), words=("name",),
        near=lambda person: RegionHead.organisation_id.in_(person.organisation_ids),
    ),
    # What a tutor and a Pemda say to each other.
    Holding(
        table=Guidance.__table__, topic=Topic.ORGANISATION, own=lambda person: acted_on("guidance", Guidance.id, person.user_id),
        words=("message", "decision_words"), codes=("status", "decision_reason"), kind="guidance",
        near=lambda person: or_(
            Guidance.pemda_id.in_(person.organisation_ids), Guidance.tutor_id.in_(person.organisation_ids)
        ),
    ),
    # A proof shows who may speak for the organisation: it names people, so it goes with who sent it.
    Holding(
        table=Proof.__table__, topic=Topic.FILES, own=_uploaded, words=("title",), codes=("sha256",), ends=True,
        near=lambda person: Proof.organisation_id.in_(person.organisation_ids),
    ),
)  # fmt: skip
