from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.collaborations.rules import STORED, CollaborationStatus
from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.interests.models import Interest


class Collaboration(Model):
    """LAIP's decision on an accepted interest, and what became of it."""

    __tablename__ = "collaborations"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        Index("uq_collaborations_interest_id", "interest_id", unique=True),
        Index("ix_collaborations_status_decided_at", "status", "decided_at"),
    )

    id: Mapped[Pk]
    interest_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("interests.id"))
    status: Mapped[CollaborationStatus] = mapped_column(EnumText(CollaborationStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    decided_at: Mapped[Moment]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)
    interest: Mapped[Interest] = relationship(lazy="raise")
