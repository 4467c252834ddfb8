from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.audit.queries import shown_name
from marketplace.extensions import db


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event of the whole trail."""

    id: int
    at: datetime
    kind: str
    actor_id: int | None
    actor_name: str | None
    object_kind: str
    object_id: int | None
    from_status: str | None
    to_status: str | None
    reason: str | None
    words: str | None

    @property
    def who(self) -> Any:
        """The actor's name for people; None where nobody is named."""
        return shown_name(self.actor_name)


def list_trail(
    *, object_kind: str | None = None, object_id: int | None = None, limit: int, offset: int = 0
) -> list[TrailLine]:
    """One page of the audit trail, newest first."""
    rows = db.session.execute(
        _trail(
            AuditEvent.id, AuditEvent.at, AuditEvent.kind, AuditEvent.actor_id, AuditWords.actor_name,
            AuditEvent.object_kind, AuditEvent.object_id, AuditEvent.from_status, AuditEvent.to_status,
            AuditEvent.reason, AuditWords.words,
            object_kind=object_kind, object_id=object_id,
        )
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [TrailLine(*row) for row in rows]


def count_trail(*, object_kind: str | None = None, object_id: int | None = None) -> int:
    """How many events that is."""
    return db.session.scalar(_trail(func.count(), object_kind=object_kind, object_id=object_id)) or 0


def _trail(*columns: Any, object_kind: str | None, object_id: int | None) -> Select[Any]:
    wanted = select(*columns).select_from(AuditEvent)
    if object_kind:
        wanted = wanted.where(AuditEvent.object_kind == object_kind)
    if object_kind and object_id:
        wanted = wanted.where(AuditEvent.object_id == object_id)
    return wanted
