"""The listing: its life in one row, its content in versions."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.files.models import Blob
from marketplace.opportunities.rules import (
    MUST_HAVES_AT_MOST,
    DocumentAccess,
    DocumentKind,
    LifeStatus,
    Origin,
    Readiness,
    VersionStatus,
)
from marketplace.opportunities.support.assistance_models import Assistance

_EMPTY = text("''")
_NO_CODES = text("'{}'::text[]")
_NOTHING = text("'{}'::jsonb")
_Words = Mapped[str]


def _words() -> Mapped[str]:
    return mapped_column(Text, server_default=_EMPTY, default="")


def _codes() -> Mapped[list[str]]:
    return mapped_column(ARRAY(Text), server_default=_NO_CODES, default=list)


def _notes() -> Mapped[dict[str, Any]]:
    return mapped_column(JSONB, server_default=_NOTHING, default=dict)


class Opportunity(Model):
    """Life, address and clock of a listing; everything people read stands in its versions."""

    __tablename__ = "opportunities"
    __table_args__ = (
        enum_check("origin", Origin, "origin"),
        enum_check("status", LifeStatus, "status"),
        CheckConstraint("(origin = 'public_example') = (organisation_id IS NULL)", name="owner"),
        CheckConstraint("status = 'unpublished' OR slug IS NOT NULL", name="published_has_slug"),
        Index("uq_opportunities_tail", "tail", unique=True),
        Index("ix_opportunities_organisation_id_id", "organisation_id", "id"),
        Index("ix_opportunities_region_code_published_at", "region_code", "published_at"),
        Index("ix_opportunities_status_closes_at", "status", "closes_at"),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    region_code: Mapped[str] = mapped_column(Text, ForeignKey("regions.code"))
    origin: Mapped[Origin] = mapped_column(
        EnumText(Origin), server_default=text("'posted'"), default=Origin.POSTED
    )
    status: Mapped[LifeStatus] = mapped_column(
        EnumText(LifeStatus), server_default=text("'unpublished'"), default=LifeStatus.UNPUBLISHED
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    demo: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    # Frozen at first publication: "<kebab title>-<tail>"; the tail alone finds the row.
    slug: Mapped[str | None] = mapped_column(Text)
    tail: Mapped[str] = mapped_column(Text)
    template: Mapped[str] = mapped_column(Text, server_default=_EMPTY, default="")
    published_version_id: Mapped[int | None] = mapped_column(
        BigInteger,
        ForeignKey("opportunity_versions.id", use_alter=True, name="fk_opportunities_published_version"),
    )
    published_at: Mapped[Moment | None]
    updated_at: Mapped[Moment | None]
    # The published version's interest deadline: the day, and its last moment in the region's zone.
    closes_on: Mapped[date | None] = mapped_column(Date)
    closes_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    end_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    example_key: Mapped[str | None] = mapped_column(Text, unique=True)
    example_year: Mapped[int | None] = mapped_column(Integer)
    example_source_name: Mapped[str | None] = mapped_column(Text)
    example_source_url: Mapped[str | None] = mapped_column(Text)
    example_note: Mapped[str | None] = mapped_column(Text)
    # What its source says became of it; NULL: somebody was still looked for.
    example_closed_as: Mapped[str | None] = mapped_column(Text)
    # Who may write and decide hangs on it as well, so it is read with the listing.
    assistance: Mapped[Assistance | None] = relationship(lazy="joined", viewonly=True)


class OpportunityVersion(Model):
    """One version of a listing's content, with its review. Unknown is NULL or an empty text, never 0."""

    __tablename__ = "opportunity_versions"
    __table_args__ = (
        enum_check("status", VersionStatus, "status"),
        enum_check("readiness", Readiness, "readiness"),
        UniqueConstraint("opportunity_id", "number"),
        CheckConstraint(
            f"cardinality(must_haves_id) + cardinality(must_codes) <= {MUST_HAVES_AT_MOST}",
            name="must_haves_few",
        ),
        CheckConstraint("(kbli_code IS NULL) = (kbli_edition IS NULL)", name="kbli_has_edition"),
        ForeignKeyConstraint(["kbli_edition", "kbli_code"], ["kbli_entries.edition", "kbli_entries.code"]),
        CheckConstraint("value_amount IS NULL OR value_amount > 0", name="value_positive"),
        CheckConstraint("sought_amount IS NULL OR sought_amount > 0", name="sought_positive"),
        CheckConstraint("payback_years IS NULL OR payback_years > 0", name="payback_positive"),
        # One version at a time is being worked on or decided.
        Index(
            "uq_opportunity_versions_open",
            "opportunity_id",
            unique=True,
            postgresql_where=text("status IN ('draft', 'in_approval', 'submitted', 'returned')"),
        ),
        Index("ix_opportunity_versions_status_submitted_at", "status", "submitted_at"),
        Index(
            "ix_opportunity_versions_awaiting_since",
            "awaiting_since",
            postgresql_where=text("status = 'in_approval'"),
        ),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE")
    )
    # Who may do what with a version hangs on its listing's owner, so the two are read together.
    opportunity: Mapped[Opportunity] = relationship(
        foreign_keys=[opportunity_id], lazy="joined", innerjoin=True, viewonly=True
    )
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[VersionStatus] = mapped_column(
        EnumText(VersionStatus), server_default=text("'draft'"), default=VersionStatus.DRAFT
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    created_at: Mapped[Moment]
    edited_at: Mapped[Moment]
    edited_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    submitted_at: Mapped[Moment | None]
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)

    dimension_code: Mapped[str | None] = mapped_column(Text, ForeignKey("dimensions.code"))
    sector_code: Mapped[str | None] = mapped_column(Text, ForeignKey("sectors.code"))

    title_id: _Words = _words()
    title_en: _Words = _words()
    summary_id: _Words = _words()
    summary_en: _Words = _words()
    problem_id: _Words = _words()
    problem_en: _Words = _words()
    users_served_id: _Words = _words()
    users_served_en: _Words = _words()
    why_now_id: _Words = _words()
    why_now_en: _Words = _words()
    existing_id: _Words = _words()
    existing_en: _Words = _words()
    sought_id: _Words = _words()
    sought_en: _Words = _words()
    expected_result_id: _Words = _words()
    expected_result_en: _Words = _words()
    local_character_id: _Words = _words()
    local_character_en: _Words = _words()
    connectivity_id: _Words = _words()
    connectivity_en: _Words = _words()
    incentives_id: _Words = _words()
    incentives_en: _Words = _words()
    land_permits_id: _Words = _words()
    land_permits_en: _Words = _words()
    nice_to_haves_id: _Words = _words()
    nice_to_haves_en: _Words = _words()
    must_haves_id: Mapped[list[str]] = _codes()
    must_haves_en: Mapped[list[str]] = _codes()
    plan_reference: _Words = _words()
    readiness_evidence: _Words = _words()

    partner_kinds: Mapped[list[str]] = _codes()
    scheme_codes: Mapped[list[str]] = _codes()
    readiness: Mapped[Readiness | None] = mapped_column(EnumText(Readiness))

    # As stated, with the rupiah of that day beside it for sorting.
    value_amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    value_currency: Mapped[str] = mapped_column(Text, server_default=text("'IDR'"), default="IDR")
    value_idr: Mapped[int | None] = mapped_column(BigInteger)
    sought_amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    sought_idr: Mapped[int | None] = mapped_column(BigInteger)
    idr_rate: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    idr_rate_on: Mapped[date | None] = mapped_column(Date)
    price_year: Mapped[int | None] = mapped_column(Integer)
    irr_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    npv_amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    payback_years: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    benefit_cost_ratio: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    finance_source: _Words = _words()

    question_deadline: Mapped[date | None] = mapped_column(Date)
    interest_deadline: Mapped[date | None] = mapped_column(Date)
    decision_expected: Mapped[date | None] = mapped_column(Date)
    contact_role: _Words = _words()

    # By input: what was typed and cannot be read yet, as text and the language that it was typed in.
    unread: Mapped[dict[str, Any]] = _notes()
    # By field: the digest of the Indonesian text that the English was written for.
    translated: Mapped[dict[str, Any]] = _notes()
    # By finding: why it is right as it is.
    justified: Mapped[dict[str, Any]] = _notes()
    # Begun by an assisting side, which sees and writes no others.
    assisted: Mapped[bool] = mapped_column(server_default=text("false"), default=False)

    # When it was last sent to the approver, and after how many working days (the most) they were reminded of it.
    awaiting_since: Mapped[Moment | None]
    reminded_days: Mapped[int | None] = mapped_column(Integer)
    reminded_at: Mapped[Moment | None]

    # Its own business; without one it has those of its sector.
    kbli_code: Mapped[str | None] = mapped_column(Text)
    kbli_edition: Mapped[str | None] = mapped_column(Text)
    # Must-haves that a partner's profile shows; with those in words they are few.
    must_codes: Mapped[list[str]] = _codes()
    # What is wished for: weighed, and no must.
    capability_codes: Mapped[list[str]] = _codes()
    language_codes: Mapped[list[str]] = _codes()


class VersionEditor(Model):
    """When somebody last wrote in a draft, or had it open."""

    __tablename__ = "version_editors"
    __table_args__ = (Index("ix_version_editors_user_id", "user_id"),)

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[Moment]


class VersionWriting(Model):
    """When somebody last wrote in a field of a version; `documents` is one of the fields."""

    __tablename__ = "version_writings"
    __table_args__ = (Index("ix_version_writings_user_id", "user_id"),)

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    written_at: Mapped[Moment]


class VersionMark(Model):
    """A remark on one field, by the approver or the moderator; settled once the version is sent again."""

    __tablename__ = "version_marks"
    __table_args__ = (UniqueConstraint("version_id", "field"),)

    id: Mapped[Pk]
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE")
    )
    field: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]


class OpportunityDocument(Model):
    """A document of a listing, from one of its versions on, with who may read it."""

    __tablename__ = "opportunity_documents"
    __table_args__ = (
        enum_check("access", DocumentAccess, "access"),
        enum_check("kind", DocumentKind, "kind"),
        CheckConstraint("number > 0", name="number_positive"),
        # Of one document a version of the listing shows one version.
        Index(
            "uq_opportunity_documents_shown",
            "version_id",
            "series",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_opportunity_documents_series", "series"),
    )

    id: Mapped[Pk]
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE")
    )
    blob_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("blobs.id"))
    title: Mapped[str] = mapped_column(Text)
    access: Mapped[DocumentAccess] = mapped_column(EnumText(DocumentAccess))
    created_at: Mapped[Moment]
    kind: Mapped[DocumentKind] = mapped_column(
        EnumText(DocumentKind), server_default=text("'other'"), default=DocumentKind.OTHER
    )
    # The same document through its own versions (`number`) and through those of the listing.
    series: Mapped[UUID] = mapped_column(server_default=text("gen_random_uuid()"), default=uuid4)
    number: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    position: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    # A newer file took its place in the same version of the listing.
    replaced_at: Mapped[Moment | None]
    blob: Mapped[Blob] = relationship(lazy="raise")


class DocumentGrant(Model):
    """An organisation that may read the documents kept for accepted partners."""

    __tablename__ = "document_grants"

    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    granted_at: Mapped[Moment]


class DocumentVisits(Model):
    """How often visitors without an account opened a document; who is signed in stands in the audit trail."""

    __tablename__ = "document_visits"

    document_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_documents.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(BigInteger)


class Addendum(Model):
    """Words added to a published listing without a new version, and its interest deadline where that was extended."""

    __tablename__ = "opportunity_addenda"
    __table_args__ = (
        CheckConstraint("(old_deadline IS NULL) = (new_deadline IS NULL)", name="deadlines_together"),
        CheckConstraint("new_deadline > old_deadline", name="deadline_later"),
        Index("ix_opportunity_addenda_opportunity_id", "opportunity_id", "id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE")
    )
    words_id: _Words = _words()
    words_en: _Words = _words()
    old_deadline: Mapped[date | None] = mapped_column(Date)
    new_deadline: Mapped[date | None] = mapped_column(Date)
    published_at: Mapped[Moment]
    published_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
