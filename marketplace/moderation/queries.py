from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.audit.queries import Named, behalf_id
from marketplace.extensions import db


@dataclass(frozen=True, slots=True)
class TrailLine(Named):
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
    behalf_name: str | None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some lines, newest first, and the keys from which the pages beside them are read; None at an end."""

    lines: Sequence[TrailLine]
    newer_than: int | None
    older_than: int | None


def load_trail(
    *,
    object_kind: str | None = None,
    object_id: int | None = None,
    older_than: int | None = None,
    newer_than: int | None = None,
    limit: int,
) -> TrailPage:
    """One page of the audit trail, found by key: nothing is counted or skipped, however long it is."""
    wanted = (object_kind, object_id, limit + 1)
    if newer_than is not None:
        lines = _read(*wanted, newer_than=newer_than)
        if len(lines) > limit:
            lines = lines[1:]
            return TrailPage(lines, lines[0].id, lines[-1].id)
    lines = _read(*wanted, older_than=older_than if newer_than is None else None)
    shown = lines[:limit]
    at_start = older_than is None or newer_than is not None or not shown
    return TrailPage(shown, None if at_start else shown[0].id, shown[-1].id if len(lines) > limit else None)


def _read(
    object_kind: str | None,
    object_id: int | None,
    limit: int,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
) -> list[TrailLine]:
    key = AuditEvent.id
    columns: tuple[Any, ...] = (
        key, AuditEvent.at, AuditEvent.kind, AuditEvent.actor_id, AuditWords.actor_name, AuditEvent.object_kind,
        AuditEvent.object_id, AuditEvent.from_status, AuditEvent.to_status, AuditEvent.reason, AuditWords.words, User.name,
    )  # fmt: skip
    named = select(*columns).outerjoin(AuditWords, AuditWords.event_id == key)
    wanted = named.outerjoin(User, User.id == behalf_id())
    if object_kind:
        wanted = wanted.where(AuditEvent.object_kind == object_kind)
    if object_kind and object_id:
        wanted = wanted.where(AuditEvent.object_id == object_id)
    if older_than is not None:
        wanted = wanted.where(key < older_than)
    if newer_than is not None:
        wanted = wanted.where(key > newer_than)
    rows = db.session.execute(wanted.order_by(key if newer_than is not None else key.desc()).limit(limit))
    lines = [TrailLine(*row) for row in rows]
    return lines[::-1] if newer_than is not None else lines
