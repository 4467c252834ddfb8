from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.extensions import db


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history, as people may read it."""

    at: datetime
    kind: str
    actor_id: int | None
    actor_name: str | None
    from_status: str | None
    to_status: str | None
    reason: str | None
    words: str | None


_COLUMNS = (
    AuditEvent.at,
    AuditEvent.kind,
    AuditEvent.actor_id,
    AuditWords.actor_name,
    AuditEvent.from_status,
    AuditEvent.to_status,
    AuditEvent.reason,
    AuditWords.words,
)


def list_history(object_kind: str, object_id: int, limit: int = 50) -> list[Happening]:
    """The newest events of one object, newest first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .where(AuditEvent.object_kind == object_kind, AuditEvent.object_id == object_id)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )
    return [Happening(*row) for row in rows]


def find_last_move(object_kind: str, object_id: int) -> Happening | None:
    """The newest change of status of one object."""
    row = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .where(
            AuditEvent.object_kind == object_kind,
            AuditEvent.object_id == object_id,
            AuditEvent.to_status.is_not(None),
        )
        .order_by(AuditEvent.id.desc())
        .limit(1)
    ).first()
    return Happening(*row) if row else None
