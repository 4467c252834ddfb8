"""Keeps the lists in step with the outbox: what changed is scored anew, with all that it touches, and nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.changes import cursors
from marketplace.changes.models import Follower
from marketplace.changes.queries import Position, get_identity, list_after
from marketplace.extensions import db
from marketplace.matching.lists import kept_world, stored_lists
from marketplace.matching.lists.change_queries import changed_by, find_strays, lapsed_between
from marketplace.matching.lists.held_model import Held, current_model
from marketplace.matching.lists.touching import Changed, plan, put

FOLLOWER = "matching"
ENTRIES_AT_ONCE = 500
STRAYS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Place:
    """How far the outbox was read, and when the lists were last looked at."""

    database: str
    position: Position
    read_at: datetime


def follow(*, now: datetime) -> bool:
    """Reads the next changes and writes the lists that they touch, in this transaction; False when there are none.

    Nothing is done before the first model, or in a database that was restored: a refresh comes first.
    """
    held, place = current_model(), _find_place()
    if held is None or place is None or place.database != get_identity(db.session.connection()):
        return False
    entries = list_after(db.session.connection(), place.position, ENTRIES_AT_ONCE)
    changed = changed_by(entries, now=now) | lapsed_between(place.read_at, now)
    if not entries and not changed:
        return False
    position = entries[-1].position if entries else place.position
    return _score(held, place, changed, replace(place, position=position, read_at=now), now)


def mend(*, now: datetime) -> int:
    """Makes lists for some that have none though they may be suggested, and removes those of others; how many.

    Rows that no action wrote (a database filled by hand) have no entry in the outbox.
    """
    held, place = current_model(), _find_place()
    changed = find_strays(now=now, limit=STRAYS_AT_ONCE) if held and place else Changed()
    if held is None or place is None or not changed:
        return 0
    # A place of its own, so that whoever scores at the same time sees that lists were written.
    after = replace(place, read_at=place.read_at + timedelta(microseconds=1))
    if not _score(held, place, changed, after, now):
        return 0
    return len(changed.listings) + len(changed.partners)


def _score(held: Held, place: _Place, changed: Changed, after: _Place, now: datetime) -> bool:
    """Scores first and locks then, so that nobody waits meanwhile: not even the outbox, which ends for its readers
    where the oldest writing transaction began. False where somebody else is at it."""
    writing = None
    if changed:
        world = kept_world.world_at(held, place.database, place.position, place.read_at, now=now)
        writing = plan(world, changed, put(world, changed, now=now))
    cursor = cursors.lock(FOLLOWER, now=now)
    if cursor is None:
        return False
    if _place_of(cursor) != place:
        # Somebody was faster; what they left is looked at again.
        return True
    if writing is not None:
        stored_lists.write(writing, model_id=held.id, settings=held.model.settings, now=now)
        kept_world.note_position(after.position, now=after.read_at)
    cursor.xid, cursor.change_id = after.position.xid, after.position.change_id
    cursor.read_at = after.read_at
    return True


def _find_place() -> _Place | None:
    found = select(Follower).where(Follower.name == FOLLOWER).execution_options(populate_existing=True)
    cursor = db.session.scalar(found)
    return _place_of(cursor) if cursor else None


def _place_of(cursor: Follower) -> _Place:
    return _Place(cursor.database, Position(cursor.xid, cursor.change_id), cursor.read_at)
