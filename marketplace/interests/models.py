from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Numeric, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.files.models import Blob
from marketplace.interests.rules import OPEN, InterestStatus
from marketplace.opportunities.models import Opportunity

_OPEN_LIST = ", ".join(f"'{status}'" for status in sorted(OPEN))


class Interest(Model):
    """One partner's interest in one opportunity."""

    __tablename__ = "interests"
    __table_args__ = (
        enum_check("status", InterestStatus, "status"),
        CheckConstraint("ticket_amount IS NULL OR ticket_amount > 0", name="ticket_positive"),
        # However often the button is pressed.
        Index(
            "uq_interests_open",
            "opportunity_id",
            "organisation_id",
            unique=True,
            postgresql_where=text(f"status IN ({_OPEN_LIST})"),
        ),
        Index("ix_interests_organisation_id_id", "organisation_id", "id"),
        Index("ix_interests_opportunity_id_id", "opportunity_id", "id"),
        Index("ix_interests_accepted_at", "accepted_at", postgresql_where=text("status = 'accepted'")),
        Index(
            "ix_interests_unanswered_sent_at",
            "sent_at",
            postgresql_where=text("status IN ('sent', 'shortlisted')"),
        ),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("opportunities.id"))
    # The version that the partner read when it sent.
    version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("opportunity_versions.id"))
    organisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    status: Mapped[InterestStatus] = mapped_column(
        EnumText(InterestStatus), server_default=text("'draft'"), default=InterestStatus.DRAFT
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'::text[]"), default=list)
    offer: Mapped[str] = mapped_column(Text)
    capacity: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    ticket_amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    ticket_currency: Mapped[str] = mapped_column(Text, server_default=text("'IDR'"), default="IDR")
    question: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    blob_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("blobs.id"))
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    # First opening by the Pemda: an append-only fact.
    read_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    accepted_at: Mapped[Moment | None]
    # The last question asked by the Pemda, and the partner's answer to it.
    asked: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    answer: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)
    # What it says of each must-have of that version, in their order; "" where it says nothing.
    must_answers: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{}'::text[]"), default=list
    )
    blob: Mapped[Blob | None] = relationship(lazy="raise")
    opportunity: Mapped[Opportunity] = relationship(lazy="raise")
