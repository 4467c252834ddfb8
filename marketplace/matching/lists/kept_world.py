"""The world of matching as a worker holds it: built once a process and model, then brought up to date.

Only workers and commands come here: the engine's libraries take memory that a web process has better use for.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from marketplace.changes.queries import Position, list_after
from marketplace.extensions import db
from marketplace.matching.lists.change_queries import changed_by, lapsed_between
from marketplace.matching.lists.held_model import Held
from marketplace.matching.lists.loading import all_listings, all_partners
from marketplace.matching.lists.touching import put

if TYPE_CHECKING:
    from marketplace.matching.fast.world import World

# With more changes than that behind, building anew is quicker.
_GAP = 2000


@dataclass(slots=True)
class _World:
    world: "World"
    held: Held
    database: str
    position: Position
    at: datetime


class _Kept:
    world: _World | None = None


def world_class() -> type["World"]:
    """The engine, loaded when it is first wanted; its products of matrices keep to one core."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    found: type[World] = import_module("marketplace.matching.fast.world").World
    return found


def world_at(held: Held, database: str, position: Position, since: datetime, *, now: datetime) -> "World":
    """The world as it was at that place of the outbox, or later; to be used by who holds that place."""
    kept = _Kept.world
    if (
        kept is None
        or kept.held is not held
        or kept.database != database
        or not _caught_up(kept, position, since)
    ):
        listings = chain.from_iterable(all_listings(now=now))
        world = world_class().of(listings, chain.from_iterable(all_partners()), held.model)
        kept = _Kept.world = _World(world, held, database, position, since)
    return kept.world


def note_position(position: Position, *, now: datetime) -> None:
    """The world has all changes up to there."""
    if _Kept.world:
        _Kept.world.position, _Kept.world.at = position, now


def forget() -> None:
    """Gives the memory back; the next one is built anew."""
    _Kept.world = None


def _caught_up(kept: _World, position: Position, since: datetime) -> bool:
    """Whether it has what other workers read meanwhile; False where there is too much of it."""
    if _key(kept.position) >= _key(position):
        return True
    entries = list_after(db.session.connection(), kept.position, _GAP)
    passed = [entry for entry in entries if _key(entry.position) <= _key(position)]
    if len(passed) == _GAP or any(entry.kind == "organisation" for entry in passed):
        return False
    put(kept.world, changed_by(passed, now=since) | lapsed_between(kept.at, since), now=since)
    kept.position, kept.at = position, since
    return True


def _key(position: Position) -> tuple[int, int]:
    return position.xid, position.change_id
