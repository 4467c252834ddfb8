from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment, Pk
from marketplace.extensions import Model


class NoticeRow(Model):
    """One line in one person's inbox; its words are templates/emails/<kind>/subject.txt."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_user_id_id", "user_id", "id"),
        Index("ix_notices_unread", "user_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    path: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    read_at: Mapped[Moment | None]


class Follower(Model):
    """Who wants to hear of an object, and why."""

    __tablename__ = "followers"
    __table_args__ = (
        UniqueConstraint("object_kind", "object_id", "user_id"),
        Index("ix_followers_user_id", "user_id"),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    object_kind: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    # Whether news come as letters too, or in the inbox alone.
    by_mail: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
