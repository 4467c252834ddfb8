from datetime import datetime
from typing import Any

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.core import trace
from marketplace.core.actor import Actor
from marketplace.extensions import db


def record(
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    object_kind: str,
    object_id: int | None,
    from_status: str | None = None,
    to_status: str | None = None,
    reason: str | None = None,
    words: str | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Appends one event in this transaction; `details` takes codes and ids only, never words."""
    event = AuditEvent(
        kind=kind,
        at=now,
        actor_id=actor.user_id,
        object_kind=object_kind,
        object_id=object_id,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        request_id=trace.current(),
        details=details or {},
    )
    db.session.add(event)
    db.session.flush()
    if words or actor.name:
        db.session.add(AuditWords(event_id=event.id, actor_name=actor.name or None, words=words))
    return event
