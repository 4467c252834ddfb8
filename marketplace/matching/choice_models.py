"""What partners and their members chose about suggestions, and what each member was told of."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment
from marketplace.extensions import Model


class MatchOptOut(Model):
    """A partner that takes no part: it is suggested to nobody, and nothing to it."""

    __tablename__ = "match_opt_outs"

    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]


class SuggestionLetter(Model):
    """How one member of a partner has these letters; without a row they were never written to, and will be."""

    __tablename__ = "suggestion_letters"
    __table_args__ = (Index("ix_suggestion_letters_organisation_id", "organisation_id"),)

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # When the list was last looked through for this person.
    looked_at: Mapped[Moment | None]
    stopped_at: Mapped[Moment | None]


class SuggestionTold(Model):
    """One listing that one member was told of: the key is why nobody is told of it twice."""

    __tablename__ = "suggestions_told"
    __table_args__ = (
        Index("ix_suggestions_told_organisation_id", "organisation_id"),
        Index("ix_suggestions_told_opportunity_id", "opportunity_id"),
    )

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    told_at: Mapped[Moment]
