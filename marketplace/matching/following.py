"""Keeps the lists in step with the outbox: what changed is scored anew, with all that it touches, and nothing else."""

from datetime import datetime

from marketplace.changes import cursors
from marketplace.changes.models import Follower
from marketplace.changes.queries import Position, get_identity, list_after
from marketplace.extensions import db
from marketplace.matching import kept_world
from marketplace.matching.change_queries import changed_by, find_strays, lapsed_between
from marketplace.matching.held_model import Held, current_model
from marketplace.matching.touching import Changed, put, touch

FOLLOWER = "matching"
ENTRIES_AT_ONCE = 500
STRAYS_AT_ONCE = 200


def follow(*, now: datetime) -> bool:
    """Reads the next changes and writes the lists that they touch, in this transaction; False when there are none.

    Nothing is done before the first model, or in a database that was restored: a refresh comes first.
    """
    held = current_model()
    cursor = cursors.lock(FOLLOWER, now=now) if held else None
    if held is None or cursor is None or cursor.database != get_identity(db.session.connection()):
        return False
    entries = list_after(db.session.connection(), _position(cursor), ENTRIES_AT_ONCE)
    changed = changed_by(entries, now=now) | lapsed_between(cursor.read_at, now)
    if not entries and not changed:
        return False
    position = entries[-1].position if entries else _position(cursor)
    if changed:
        _score(held, cursor, changed, now)
        kept_world.note_position(position, now=now)
    cursor.xid, cursor.change_id, cursor.read_at = position.xid, position.change_id, now
    return True


def mend(*, now: datetime) -> int:
    """Makes lists for some that have none though they may be suggested, and removes those of others; how many.

    Rows that no action wrote (a database filled by hand) have no entry in the outbox.
    """
    held = current_model()
    cursor = cursors.lock(FOLLOWER, now=now) if held else None
    if held is None or cursor is None:
        return 0
    changed = find_strays(now=now, limit=STRAYS_AT_ONCE)
    if changed:
        _score(held, cursor, changed, now)
    return len(changed.listings) + len(changed.partners)


def _score(held: Held, cursor: Follower, changed: Changed, now: datetime) -> None:
    world = kept_world.world_at(held, cursor.database, _position(cursor), cursor.read_at, now=now)
    touch(world, changed, put(world, changed, now=now), model_id=held.id, now=now)


def _position(cursor: Follower) -> Position:
    return Position(cursor.xid, cursor.change_id)
