"""Reading the outbox with a cursor that a slow transaction cannot fool."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Position:
    """The last change that a follower has dealt with, in (transaction, id) order."""

    xid: int
    change_id: int


@dataclass(frozen=True, slots=True)
class Entry:
    position: Position
    kind: str
    object_id: int


START = Position(0, 0)

_AFTER = text(
    """
    SELECT xid::text::bigint AS xid, id, kind, object_id FROM changes
    WHERE (xid, id) > (CAST(CAST(:xid AS text) AS xid8), :change_id)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id LIMIT :limit
    """
)
_IDENTITY = text(
    """
    SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || oid::text
    FROM pg_database WHERE datname = current_database()
    """
)
_SAFE_END = text("SELECT (pg_snapshot_xmin(pg_current_snapshot()))::text::bigint - 1")


def list_after(connection: Connection, position: Position, limit: int = 500) -> list[Entry]:
    """Changes of transactions that are all finished, oldest first."""
    rows = connection.execute(_AFTER, {"xid": position.xid, "change_id": position.change_id, "limit": limit})
    return [Entry(Position(row.xid, row.id), row.kind, row.object_id) for row in rows]


def get_safe_end(connection: Connection) -> Position:
    """A position behind which nothing can appear any more: where a full rebuild may begin to follow."""
    return Position(connection.execute(_SAFE_END).scalar_one(), 2**62)


def get_identity(connection: Connection) -> str:
    """Which database this is: positions in another one's outbox mean nothing here."""
    return str(connection.execute(_IDENTITY).scalar_one())
