"""Keeps this machine's index in step with the outbox: a change is searchable a moment after its commit."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine

from marketplace.changes.queries import Entry, Position, get_identity, get_safe_end, list_after
from marketplace.search.feeding import Feeder, feeding, read_cursor, rebuild
from marketplace.search.index import Home, IndexMissing
from marketplace.search.schema import Document

Idle = Callable[[], bool]
_ENTRIES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Source:
    """What a slice hands over: the kind of change that concerns it, and its rows as documents."""

    kind: str
    documents_for: Callable[[Connection, Sequence[int]], list[Document]]
    all_documents: Callable[[Connection], Iterator[list[Document]]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a build has read, and in which database: another one's changes mean nothing to it."""

    database: str
    xid: int
    change_id: int

    @property
    def position(self) -> Position:
        return Position(self.xid, self.change_id)

    def moved(self, position: Position) -> "Cursor":
        return Cursor(self.database, position.xid, position.change_id)

    def dumps(self) -> str:
        return json.dumps(asdict(self))


def read(stored: str) -> Cursor | None:
    """The stored cursor, None if there is none or half of one."""
    try:
        return Cursor(**json.loads(stored))
    except (ValueError, TypeError):
        return None


def is_usable(home: Home, engine: Engine) -> bool:
    """Whether the serving build can be followed further: it exists, whole, and was made of this database."""
    try:
        cursor = read(read_cursor(home.current()))
    except IndexMissing:
        return False
    with engine.connect() as connection:
        return cursor is not None and cursor.database == get_identity(connection)


def build(home: Home, engine: Engine, source: Source) -> Iterator[int]:
    """Builds the index anew, beside the serving one; yields how many listings it holds so far."""
    with engine.connect() as connection:
        # The place in the outbox comes before the rows: what changes meanwhile is fed again afterwards.
        end = get_safe_end(connection)
        cursor = Cursor(get_identity(connection), end.xid, end.change_id)
    with engine.connect() as connection:
        yield from rebuild(home, source.all_documents(connection), cursor.dumps())


def follow(
    home: Home, engine: Engine, source: Source, idle: Idle, fed: Callable[[], None] = lambda: None
) -> None:
    """Feeds changes until `idle()`, which waits a moment, says that it is enough (False).

    `fed` is called once changes can be searched; if it never is, they are in the index all the same.
    """
    while True:
        if not is_usable(home, engine):
            exhaust(build(home, engine, source))
        with feeding(home) as feeder:
            if not _follow_build(home, engine, source, feeder, idle, fed):
                return


def _follow_build(
    home: Home, engine: Engine, source: Source, feeder: Feeder, idle: Idle, fed: Callable[[], None]
) -> bool:
    """Feeds one build until a rebuild replaced it (True) or the end is wished (False)."""
    cursor = read(read_cursor(feeder.folder))
    while cursor is not None and home.exists() and home.current() == feeder.folder:
        position = catch_up(engine, source, feeder, cursor)
        if position is not None:
            cursor = cursor.moved(position)
            fed()
        elif not idle():
            return False
    return True


def catch_up(engine: Engine, source: Source, feeder: Feeder, cursor: Cursor) -> Position | None:
    """Feeds the next changes and commits them; where that ended, None if there were none."""
    with engine.connect() as connection:
        entries = list_after(connection, cursor.position, _ENTRIES_AT_ONCE)
        if not entries:
            return None
        ids = _ids(entries, source.kind)
        # Read now, not as they were then: a row changed again since is fed as it is, and once more later.
        documents = source.documents_for(connection, ids) if ids else []
    feeder.replace(ids, documents)
    feeder.commit(cursor.moved(entries[-1].position).dumps())
    return entries[-1].position


def exhaust(progress: Iterable[int]) -> int:
    """Runs a build to its end; how many listings it holds."""
    return max(progress, default=0)


def _ids(entries: list[Entry], kind: str) -> list[int]:
    return sorted({entry.object_id for entry in entries if entry.kind == kind})
