"""Append-only: codes and ids only; words and names live in the erasable side table."""

from typing import Any

from sqlalchemy import DDL, BigInteger, ForeignKey, Index, Text, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment, Pk
from marketplace.extensions import Model


class AuditEvent(Model):
    """Who did what to which object, when, from which state to which."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_object", "object_kind", "object_id", "id"),
        Index("ix_audit_events_object_kind_id", "object_kind", "id"),
        Index("ix_audit_events_actor_id", "actor_id", "id"),
    )

    id: Mapped[Pk]
    at: Mapped[Moment]
    kind: Mapped[str] = mapped_column(Text)
    # No foreign key: the trail outlives the person.
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    object_kind: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int | None] = mapped_column(BigInteger)
    from_status: Mapped[str | None] = mapped_column(Text)
    to_status: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))


_APPEND_ONLY = (
    """CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit_events is append only'; END $$""",
    """CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit()""",
)
for statement in _APPEND_ONLY:
    event.listen(Model.metadata.tables["audit_events"], "after_create", DDL(statement))


class AuditWords(Model):
    """The free words of one event, and the actor's name as it was; erased with the person."""

    __tablename__ = "audit_words"

    event_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("audit_events.id", ondelete="CASCADE"), primary_key=True
    )
    actor_name: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)
