"""Brings tables in step with shipped rows: inserts, updates what differs, removes what nothing refers to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Table, and_, delete, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from marketplace.core.database import Base

BATCH = 500
Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that a model's table is to hold, and the columns that tell them apart."""

    model: type[Base]
    rows: Sequence[Row]
    key: tuple[str, ...]

    @property
    def table(self) -> Table:
        return cast("Table", self.model.__table__)


@dataclass(slots=True)
class Changes:
    """What one load did to one table; `kept` are keys gone from the file but still referred to."""

    table: str
    inserted: int = 0
    updated: int = 0
    removed: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)

    @property
    def line(self) -> str:
        """One line for the operator."""
        told = f"{self.table}: {self.inserted} new, {self.updated} changed, {len(self.removed)} removed"
        gone = ", ".join("/".join(map(str, key)) for key in self.kept)
        return f"{told}; gone from the file but in use, kept: {gone}" if gone else told


def bring_in_step(connection: Connection, *wanted: Wanted) -> list[Changes]:
    """Upserts in the given order, then removes what is gone in the opposite one."""
    changes = [_upsert(connection, part) for part in wanted]
    for part, change in reversed(list(zip(wanted, changes, strict=True))):
        _remove_gone(connection, part, change)
    return changes


def _upsert(connection: Connection, wanted: Wanted) -> Changes:
    changes = Changes(wanted.table.name)
    for batch in _batches(wanted.rows):
        for inserted in connection.scalars(_statement(wanted, batch)):
            if inserted:
                changes.inserted += 1
            else:
                changes.updated += 1
    return changes


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])


def _statement(wanted: Wanted, batch: list[Row]) -> Any:
    """The UPSERT of one batch; answers true for a new row, false for a changed one, nothing for an equal."""
    table, key = wanted.table, wanted.key
    statement = insert(table).values(batch)
    new = statement.excluded
    others = [name for name in batch[0] if name not in key]
    return statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: new[name] for name in others},
        where=tuple_(*(table.c[name] for name in others)).is_distinct_from(
            tuple_(*(new[name] for name in others))
        ),
    ).returning(text("xmax = 0"))


def _remove_gone(connection: Connection, wanted: Wanted, changes: Changes) -> None:
    columns = [wanted.table.c[name] for name in wanted.key]
    stored = {tuple(row) for row in connection.execute(select(*columns))}
    present = {tuple(row[name] for name in wanted.key) for row in wanted.rows}
    # Backwards, so that a kabupaten goes before its province.
    for gone in sorted(stored - present, reverse=True):
        matches = and_(*(column == value for column, value in zip(columns, gone, strict=True)))
        try:
            with connection.begin_nested():
                connection.execute(delete(wanted.table).where(matches))
            changes.removed.append(gone)
        except IntegrityError:
            changes.kept.append(gone)
