"""Questions about a listing, and each wording in which one was answered."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.questions.rules import STORED, QuestionStatus

_PUBLIC = text("status = 'answered' AND same_as_id IS NULL")


class Question(Model):
    """One question as its asker wrote it. Only LAIP learns who asked; who answers and everybody else do not."""

    __tablename__ = "questions"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        CheckConstraint("same_as_id <> id", name="same_as_another"),
        CheckConstraint(
            "(status IN ('answered', 'hidden')) = (answered_at IS NOT NULL)", name="answered_has_time"
        ),
        Index("ix_questions_opportunity_id_status", "opportunity_id", "status", "id"),
        Index("ix_questions_organisation_id_id", "organisation_id", "id"),
        Index("ix_questions_public", "opportunity_id", "answered_at", "id", postgresql_where=_PUBLIC),
        Index("ix_questions_answered_at_id", "answered_at", "id"),
        Index("ix_questions_same_as_id", "same_as_id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE")
    )
    opportunity: Mapped[Opportunity] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    organisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    asked_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    asked_at: Mapped[Moment]
    status: Mapped[QuestionStatus] = mapped_column(EnumText(QuestionStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    # The language of the page on which it was written.
    language: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    # What the asker was promised.
    due_on: Mapped[date] = mapped_column(Date)
    reminded_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    # Answered together with another one, whose answer everybody reads.
    same_as_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("questions.id", ondelete="CASCADE"))
    # Which of its wordings is shown; 0 before the first.
    wording: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)


class QuestionWording(Model):
    """A question and its answer as they were shown to everybody; an edited one is the next number."""

    __tablename__ = "question_wordings"

    question_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    words_id: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    answer_id: Mapped[str] = mapped_column(Text)
    answer_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    written_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]
