from sqlalchemy import BigInteger, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from marketplace.core.database import Moment, Pk
from marketplace.extensions import Model


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's xid8."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


class Change(Model):
    """ "Opportunity 17 changed", written in the transaction that changed it."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_xid_id", "xid", "id"),)

    id: Mapped[Pk]
    # A serial id alone loses the row of a slow transaction: followers read up to the oldest running one.
    xid: Mapped[int] = mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
    at: Mapped[Moment] = mapped_column(server_default=text("now()"))
    kind: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int] = mapped_column(BigInteger)


class Follower(Model):
    """How far a follower that works in the database has read; `database` tells a restored outbox from its own."""

    __tablename__ = "change_followers"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    database: Mapped[str] = mapped_column(Text)
    xid: Mapped[int] = mapped_column(BigInteger)
    change_id: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[Moment]
