from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.interests.invitation_rules import STORED, TO_ONE_AT_MOST, InvitationStatus
from marketplace.opportunities.models import Opportunity


class Invitation(Model):
    """A Pemda's invitation of one partner to one of its listings."""

    __tablename__ = "interest_invitations"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        CheckConstraint(f"number BETWEEN 1 AND {TO_ONE_AT_MOST}", name="number"),
        CheckConstraint("(status = 'accepted') = (interest_id IS NOT NULL)", name="accepted_has_interest"),
        # However often the button is pressed; which number is next is decided under a lock.
        UniqueConstraint("opportunity_id", "organisation_id", "number"),
        UniqueConstraint("interest_id"),
        Index("ix_interest_invitations_organisation_id_id", "organisation_id", "id"),
        Index("ix_interest_invitations_opportunity_id_id", "opportunity_id", "id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("opportunities.id"))
    organisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[InvitationStatus] = mapped_column(EnumText(InvitationStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    # Empty: the usual sentence, in the language of whoever reads it.
    words: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    invited_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    invited_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    # What it became.
    interest_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("interests.id"))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)
    opportunity: Mapped[Opportunity] = relationship(lazy="raise")
