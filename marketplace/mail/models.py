"""One row a message to one person; its words are emptied once it is sent."""

import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment
from marketplace.extensions import Model


class Delivery(Model):
    """A message that is owed; the job that sends it holds only this id."""

    __tablename__ = "mail_deliveries"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) = (language IS NOT NULL)", name="one_reader"),
        Index("ix_mail_deliveries_unsent", "created_at", postgresql_where=text("sent_at IS NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    template: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    path: Mapped[str] = mapped_column(Text, server_default=text("''"))
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    # Only where it is not the account's own: one that is to be proved, that was left, or that has no account.
    address: Mapped[str | None] = mapped_column(Text)
    # Of a reader without an account.
    language: Mapped[str | None] = mapped_column(Text)
