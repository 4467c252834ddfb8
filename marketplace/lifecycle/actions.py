"""The only way in which a status changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from marketplace.audit import actions as audit
from marketplace.audit.queries import find_last_move
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, Steps, check_reason, get_step
from marketplace.notifications.actions import Notice, tell


@dataclass(frozen=True)
class StatusTable:
    """One slice's statuses: its steps, who may act as which party, and what followers hear of a move.

    A row has the columns `id`, `status` and `revision` (raised by every write).
    """

    kind: str
    steps: Steps
    may: Callable[[Actor, str, Any], bool]
    change_of: Callable[[Any], tuple[str, int]] | None = None


def move(
    row: Any,
    to: StrEnum,
    *,
    table: StatusTable,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    reason: str | None = None,
    words: str | None = None,
    tells: Sequence[Notice] = (),
    values: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Moves the row to a status, leaves one audit event, the notices and a change row; all in this transaction.

    `seen` is the revision that the actor read, `details` what the event says beside. Raises MoveImpossible,
    Forbidden, ReasonNeeded, AlreadyDecided or ChangedSinceRead; then nothing has happened.
    """
    old = row.status
    read = row.revision if seen is None else seen
    _refuse_without_right(row, to, table, actor)
    if read != row.revision:
        raise _too_late(row, to, table)
    step = get_step(table.steps, old, to)
    check_reason(step, reason)
    model = type(row)
    moved = cast(
        "CursorResult[Any]",
        db.session.execute(
            update(model)
            .where(model.id == row.id, model.status == old, model.revision == read)
            .values(status=to, revision=model.revision + 1, **(values or {}))
            .execution_options(synchronize_session=False)
        ),
    )
    if moved.rowcount != 1:
        raise _beaten(row, to, table)
    db.session.refresh(row)
    audit.record(
        step.event, actor=actor, now=now, object_kind=table.kind, object_id=row.id,
        from_status=old, to_status=to, reason=reason, words=words, details=details,
    )  # fmt: skip
    tell(tells, now=now)
    if table.change_of:
        changes.record(*table.change_of(row))


def _refuse_without_right(row: Any, to: StrEnum, table: StatusTable, actor: Actor) -> None:
    """Before anything else, so that nobody without the right learns whether somebody was faster."""
    step = table.steps.get((row.status, to))
    if step is not None and not table.may(actor, step.by, row):
        raise Forbidden


def _beaten(row: Any, to: StrEnum, table: StatusTable) -> AlreadyDecided | ChangedSinceRead:
    """Another's write came between reading and moving; it may have deleted the row."""
    model = type(row)
    there = select(model).where(model.id == row.id).execution_options(populate_existing=True)
    return ChangedSinceRead() if db.session.scalar(there) is None else _too_late(row, to, table)


def _too_late(row: Any, to: StrEnum, table: StatusTable) -> AlreadyDecided | ChangedSinceRead:
    """Told apart: somebody decided (the step is gone), or the content changed (it is still there)."""
    last = find_last_move(table.kind, row.id)
    if last is None or (row.status, to) in table.steps:
        return ChangedSinceRead()
    return AlreadyDecided(who=last.who or "-", when=last.at)


def begin(
    row: Any,
    *,
    derived: StrEnum,
    table: StatusTable,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    words: str | None = None,
    tells: Sequence[Notice] = (),
) -> None:
    """Stores a row whose status before was only derived, by the same table and with the same traces as `move`.

    A unique constraint decides between two at once. Raises what `move` raises but for a revision;
    IntegrityError (at this flush, not later) is the caller's to translate.
    """
    step = get_step(table.steps, derived, row.status)
    if not table.may(actor, step.by, row):
        raise Forbidden
    check_reason(step, reason)
    with db.session.begin_nested():
        db.session.add(row)
    audit.record(
        step.event, actor=actor, now=now, object_kind=table.kind, object_id=row.id,
        from_status=derived, to_status=row.status, reason=reason, words=words,
    )  # fmt: skip
    tell(tells, now=now)
    if table.change_of:
        changes.record(*table.change_of(row))
