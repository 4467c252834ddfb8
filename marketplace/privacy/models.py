from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.privacy.rules import STORED, ErasureStatus


class DataExport(Model):
    """The one copy of their own data that a person may have at a time; its bytes lie in the storage."""

    __tablename__ = "data_exports"
    __table_args__ = (Index("uq_data_exports_user_id", "user_id", unique=True),)

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    asked_at: Mapped[Moment]
    ready_at: Mapped[Moment | None]
    storage_key: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class Erasure(Model):
    """One wish to be erased: asked, taken back within the days of thought, or done."""

    __tablename__ = "erasures"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        Index("uq_erasures_asked", "user_id", unique=True, postgresql_where=text("status = 'asked'")),
        Index("ix_erasures_due_at", "due_at", postgresql_where=text("status = 'asked'")),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    status: Mapped[ErasureStatus] = mapped_column(EnumText(ErasureStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    # Numbers that the person wants to be looked for too, a line each.
    phones: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    # When the person was told that something stands in the way.
    told_at: Mapped[Moment | None]
