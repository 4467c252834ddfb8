from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.files.models import Blob
from marketplace.organisations.guidance_rules import STORED as GUIDANCE_STORED
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.member_rules import InvitationOutcome
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.stand_in_rules import DAYS_AT_MOST
from marketplace.organisations.succession_rules import STORED as SUCCESSION_STORED
from marketplace.organisations.succession_rules import SuccessionStatus


class Organisation(Model):
    """A Pemda, partner, ministry unit or tutor's office: who acts here."""

    __tablename__ = "organisations"
    __table_args__ = (
        enum_check("kind", OrganisationKind, "kind"),
        enum_check("status", OrganisationStatus, "status"),
        # Several claims of a region may stand in the queue together; only one is verified.
        Index(
            "uq_organisations_verified_region",
            "region_code",
            unique=True,
            postgresql_where=text("kind = 'pemda' AND status IN ('verified', 'suspended')"),
        ),
        Index("ix_organisations_status_submitted_at", "status", "submitted_at"),
        Index("ix_organisations_region_code", "region_code", postgresql_where=text("kind = 'pemda'")),
        Index("ix_organisations_name_key", "name_key"),
        Index(
            "ix_organisations_valid_until", "valid_until", postgresql_where=text("valid_until IS NOT NULL")
        ),
        Index(
            "ix_organisations_recheck_asked_at",
            "recheck_asked_at",
            postgresql_where=text("recheck_asked_at IS NOT NULL"),
        ),
        # A registration pressed twice is one.
        Index("uq_organisations_created_by_kind_name_key", "created_by", "kind", "name_key", unique=True),
    )

    id: Mapped[Pk]
    kind: Mapped[OrganisationKind] = mapped_column(EnumText(OrganisationKind))
    status: Mapped[OrganisationStatus] = mapped_column(
        EnumText(OrganisationStatus), server_default=text("'registered'")
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    name: Mapped[str] = mapped_column(Text)
    # Folded so that look-alike names meet; see core.text.confusable_key.
    name_key: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    region_code: Mapped[str | None] = mapped_column(Text, ForeignKey("regions.code"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    contact_unit: Mapped[str] = mapped_column(Text, server_default=text("''"))
    contact_email: Mapped[str] = mapped_column(Text, server_default=text("''"))
    contact_phone: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # Who they are and what they were told to do, in their own words, for the moderator.
    statement: Mapped[str] = mapped_column(Text, server_default=text("''"))
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)
    # The last day of the verification: the earliest end of the documents that it rests on.
    valid_until: Mapped[date | None] = mapped_column(Date)
    # The narrowest warning (days before the end; 0: it is over) that was sent.
    warned_days: Mapped[int | None] = mapped_column(Integer)
    # New documents wait for LAIP since then; the verification holds meanwhile, as long as it lasts.
    recheck_asked_at: Mapped[Moment | None]


class Member(Model):
    """One person's role in one organisation."""

    __tablename__ = "members"
    __table_args__ = (
        enum_check("role", MemberRole, "role"),
        UniqueConstraint("organisation_id", "user_id"),
        Index("ix_members_user_id", "user_id"),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[MemberRole] = mapped_column(EnumText(MemberRole))
    joined_at: Mapped[Moment]


class StandIn(Model):
    """A member who releases listings in an approver's place, from one day to another; ends with either's membership."""

    __tablename__ = "approval_stand_ins"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "user_id"],
            ["members.organisation_id", "members.user_id"],
            name="fk_approval_stand_ins_member",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["organisation_id", "named_by"],
            ["members.organisation_id", "members.user_id"],
            name="fk_approval_stand_ins_approver",
            ondelete="CASCADE",
        ),
        CheckConstraint("user_id <> named_by", name="another"),
        CheckConstraint(f"until >= begins AND until - begins < {DAYS_AT_MOST}", name="days_few"),
        Index("ix_approval_stand_ins_organisation_id_user_id", "organisation_id", "user_id"),
        Index("ix_approval_stand_ins_user_id", "user_id"),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    named_by: Mapped[int] = mapped_column(BigInteger)
    begins: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    named_at: Mapped[Moment]


class Invitation(Model):
    """One address asked to join in a role. The link by mail is signed over id and serial; none is stored."""

    __tablename__ = "member_invitations"
    __table_args__ = (
        enum_check("role", MemberRole, "role"),
        enum_check("outcome", InvitationOutcome, "outcome"),
        # An address is asked once; asked anew after it lapsed, it is the same row.
        Index(
            "uq_member_invitations_open",
            "organisation_id",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("outcome IS NULL"),
        ),
        Index("ix_member_invitations_email", text("lower(email)"), postgresql_where=text("outcome IS NULL")),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    email: Mapped[str] = mapped_column(Text)
    role: Mapped[MemberRole] = mapped_column(EnumText(MemberRole))
    # Of the letter, where the address has no account whose language is known.
    language: Mapped[str] = mapped_column(Text)
    # Raised by every sending: older links are dead.
    serial: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    invited_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    outcome: Mapped[InvitationOutcome | None] = mapped_column(EnumText(InvitationOutcome))
    ended_at: Mapped[Moment | None]


class Proof(Model):
    """A document that shows who the organisation is: surat tugas, deed, NIB."""

    __tablename__ = "organisation_proofs"
    __table_args__ = (UniqueConstraint("organisation_id", "sha256"),)

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    blob_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("blobs.id"))
    # Of the file: the same one sent twice is one proof.
    sha256: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    # Its last day, where it has one; the document that it stands in for no longer counts.
    expires_on: Mapped[date | None] = mapped_column(Date)
    replaces_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("organisation_proofs.id", ondelete="SET NULL")
    )
    blob: Mapped[Blob] = relationship(lazy="raise")


class RegionHead(Model):
    """A gubernur, bupati or wali kota in the time of their office, as the Pemda states it; none is overwritten."""

    __tablename__ = "region_heads"
    __table_args__ = (
        UniqueConstraint("organisation_id", "begins"),
        CheckConstraint("until IS NULL OR until >= begins", name="term_ordered"),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(Text)
    begins: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    noted_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    noted_at: Mapped[Moment]


class Succession(Model):
    """Whom LAIP wants to make an owner: a member (`user_id`), or an address that is invited once it takes effect."""

    __tablename__ = "successions"
    __table_args__ = (
        enum_check("status", SUCCESSION_STORED, "status"),
        CheckConstraint("user_id IS NULL OR email = ''", name="named_in_one_way"),
        CheckConstraint("(status = 'proposed') = (ended_at IS NULL)", name="ended_has_time"),
        Index(
            "uq_successions_open",
            "organisation_id",
            unique=True,
            postgresql_where=text("status = 'proposed'"),
        ),
        Index("ix_successions_organisation_id_id", "organisation_id", "id"),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    status: Mapped[SuccessionStatus] = mapped_column(
        EnumText(SuccessionStatus), server_default=text("'proposed'"), default=SuccessionStatus.PROPOSED
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    email: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    # Of the letter to that address, where it has no account.
    language: Mapped[str] = mapped_column(Text, server_default=text("'id'"), default="id")
    reason: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[Moment]
    proposed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))


class Guidance(Model):
    """A tutor's organisation beside a Pemda, from the asking on; what is over stays on record."""

    __tablename__ = "guidances"
    __table_args__ = (
        enum_check("status", GUIDANCE_STORED, "status"),
        CheckConstraint("pemda_id <> tutor_id", name="two"),
        Index(
            "uq_guidances_open",
            "pemda_id",
            "tutor_id",
            unique=True,
            postgresql_where=text("status IN ('active', 'invited', 'requested')"),
        ),
        Index("ix_guidances_pemda_id_id", "pemda_id", "id"),
        Index("ix_guidances_tutor_id_id", "tutor_id", "id"),
    )

    id: Mapped[Pk]
    pemda_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"))
    tutor_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"))
    status: Mapped[GuidanceStatus] = mapped_column(EnumText(GuidanceStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    # What the asking side says to the other.
    message: Mapped[str] = mapped_column(Text, server_default=text("''"))
    asked_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)
