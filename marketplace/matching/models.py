"""Suggestions as they are kept: a list a listing or partner, the model that made it, and what people did about it."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.matching.factors import Side
from marketplace.matching.rules import AnswerKind, DismissReason

_NOTHING = text("'{}'::jsonb")


def _listing() -> Mapped[int]:
    return mapped_column(BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"))


def _partner() -> Mapped[int]:
    return mapped_column(BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"))


def _person() -> Mapped[int | None]:
    return mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))


class MatchModel(Model):
    """What scores depend on beside the two of a pair, frozen: settings, weights of words, prices of exposure.

    The newest finished one makes the lists; at most one is unfinished, while its lists are being made.
    """

    __tablename__ = "match_models"
    __table_args__ = (
        Index(
            "uq_match_models_unfinished",
            text("(finished_at IS NULL)"),
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_match_models_finished_at", "finished_at"),
    )

    id: Mapped[Pk]
    engine_version: Mapped[int] = mapped_column(Integer)
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=_NOTHING, default=dict)
    # By stem, and by side and then number (who has none is free); NULL while they are still to be made.
    term_weights: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    prices: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    # How many there were when it was begun.
    listings: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    partners: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    begun_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
    # Whose decision its settings are; nobody's where they are those of the model before.
    adopted_by: Mapped[int | None] = _person()
    # Where the outbox stood when it was begun: what changed later is looked at again after it is finished.
    outbox_xid: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), default=0)
    outbox_id: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), default=0)
    # The lists of listings up to this number lie in match_drafts.
    done_until: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), default=0)


class MatchList(Model):
    """The best of the other side for one listing or partner, best first; written whole or not at all."""

    __tablename__ = "match_lists"
    __table_args__ = (
        enum_check("side", Side, "side"),
        # Thin listings, partners that stand nowhere.
        Index("ix_match_lists_side_good_owner_id", "side", "good", "owner_id"),
        Index("ix_match_lists_side_shown_in_owner_id", "side", "shown_in", "owner_id"),
    )

    side: Mapped[Side] = mapped_column(EnumText(Side), primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    model_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("match_models.id"))
    ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    scores: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    # How many of them are good fits, and in how many lists of the other side the owner is shown.
    good: Mapped[int] = mapped_column(Integer)
    shown_in: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    computed_at: Mapped[Moment]


class MatchDraft(Model):
    """A list of the unfinished model: nobody reads it before all are there."""

    __tablename__ = "match_drafts"
    __table_args__ = (enum_check("side", Side, "side"),)

    side: Mapped[Side] = mapped_column(EnumText(Side), primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    scores: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class Dismissal(Model):
    """A suggestion put aside by one side, for that side only."""

    __tablename__ = "match_dismissals"
    __table_args__ = (
        enum_check("side", Side, "side"),
        enum_check("reason", DismissReason, "reason"),
        Index(
            "uq_match_dismissals_standing",
            "side",
            "opportunity_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_match_dismissals_organisation_id_id", "organisation_id", "id"),
        Index("ix_match_dismissals_opportunity_id_id", "opportunity_id", "id"),
    )

    id: Mapped[Pk]
    side: Mapped[Side] = mapped_column(EnumText(Side))
    opportunity_id: Mapped[int] = _listing()
    organisation_id: Mapped[int] = _partner()
    reason: Mapped[DismissReason] = mapped_column(EnumText(DismissReason))
    words: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    made_by: Mapped[int | None] = _person()
    made_at: Mapped[Moment]
    undone_at: Mapped[Moment | None]


class HandSuggestion(Model):
    """LAIP brings two together that the score does not, and says why."""

    __tablename__ = "match_hand_suggestions"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "organisation_id"),
        Index("ix_match_hand_suggestions_organisation_id_id", "organisation_id", "id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = _listing()
    organisation_id: Mapped[int] = _partner()
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = _person()
    made_at: Mapped[Moment]


class MatchAnswer(Model):
    """What became of a pair, step by step, with the score that it had then; rows are only added."""

    __tablename__ = "match_answers"
    __table_args__ = (
        enum_check("kind", AnswerKind, "kind"),
        enum_check("side", Side, "side"),
        Index(
            "ix_match_answers_organisation_id_opportunity_id_id", "organisation_id", "opportunity_id", "id"
        ),
        Index(
            "ix_match_answers_opportunity_id_organisation_id_id", "opportunity_id", "organisation_id", "id"
        ),
        Index("ix_match_answers_at_id", "at", "id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = _listing()
    organisation_id: Mapped[int] = _partner()
    kind: Mapped[AnswerKind] = mapped_column(EnumText(AnswerKind))
    # NULL: the pair could not be scored, or nobody had yet.
    score: Mapped[int | None] = mapped_column(Integer)
    model_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("match_models.id"))
    # Of a dismissal, whose it is; the other side never learns of it.
    side: Mapped[Side | None] = mapped_column(EnumText(Side))
    at: Mapped[Moment]
