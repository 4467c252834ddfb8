"""Searches that people keep, and what each of them has found since."""

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.saved.search_rules import Cadence, is_mailing


class SavedSearch(Model):
    """One question of one person; `query` is the canonical query of /peluang, without page and order."""

    __tablename__ = "saved_searches"
    __table_args__ = (
        enum_check("cadence", Cadence, "cadence"),
        UniqueConstraint("user_id", "query"),
        Index("ix_saved_searches_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    cadence: Mapped[Cadence] = mapped_column(EnumText(Cadence))
    created_at: Mapped[Moment]
    # What was published later is news; moved when the question itself changes.
    news_since: Mapped[Moment]
    # What was found earlier is never mailed; moved when mails begin again.
    mails_since: Mapped[Moment]
    seen_at: Mapped[Moment]
    mailed_at: Mapped[Moment | None]
    # Set while something waits to be mailed.
    due_at: Mapped[Moment | None]
    paused_at: Mapped[Moment | None]

    @property
    def mailing(self) -> bool:
        """Whether its news goes out by mail at all."""
        return is_mailing(self.cadence, self.paused_at)


class SearchFind(Model):
    """One listing that one search has found: the key is why nobody is told of it twice."""

    __tablename__ = "search_finds"
    __table_args__ = (
        Index("ix_search_finds_opportunity_id", "opportunity_id"),
        Index("ix_search_finds_search_id_found_at", "search_id", "found_at"),
        Index("ix_search_finds_untold", "search_id", postgresql_where=text("told_at IS NULL")),
    )

    search_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    found_at: Mapped[Moment]
    # When it was put into a letter.
    told_at: Mapped[Moment | None]
