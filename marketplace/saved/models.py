"""What people keep for themselves of listings, and which coming deadlines were told."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment
from marketplace.extensions import Model


class Bookmark(Model):
    """A listing that one person keeps, with a note that nobody else reads. Who watches one is a Follower."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        Index("ix_bookmarks_user_id_created_at", "user_id", "created_at"),
        Index("ix_bookmarks_opportunity_id", "opportunity_id"),
    )

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True
    )
    note: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    created_at: Mapped[Moment]


class DeadlineWarning(Model):
    """That a listing's deadline is so many days away was told to those who watch it: each day and number once."""

    __tablename__ = "deadline_warnings"

    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True
    )
    closes_on: Mapped[date] = mapped_column(Date, primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    told_at: Mapped[Moment]
