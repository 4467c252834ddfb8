from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment, Pk
from marketplace.extensions import Model


class MatchReport(Model):
    """How well the scores of a night told what became of pairs, and the weights that were proposed from it, if any."""

    __tablename__ = "match_reports"
    __table_args__ = (
        CheckConstraint("adopted_at IS NULL OR proposal IS NOT NULL", name="adopted_was_proposed"),
    )

    id: Mapped[Pk]
    made_at: Mapped[Moment]
    # The model whose weights the proposal starts from.
    model_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("match_models.id"))
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    proposal: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    # The model that was begun with the proposal, once it was adopted and taken up.
    adopted_model_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("match_models.id"))
    adopted_at: Mapped[Moment | None]
    adopted_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
