"""Reads the whole database without knowing it: what any table holds, cell by cell."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from marketplace.extensions import db

_TABLES = text(
    """
    SELECT format('%I.%I', table_schema, table_name), table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1
    """
)
_TO_USERS = text(
    """
    SELECT k.conrelid::regclass::text, a.attname FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
    WHERE k.contype = 'f' AND k.confrelid = 'users'::regclass
    ORDER BY 1, 2
    """
)
# Ids of people without a foreign key, since the trail outlives the person.
BESIDE = [("audit_events", "actor_id")]


def cells() -> Iterator[tuple[str, str, Any]]:
    """(table, column, value as text) of every row of every table."""
    for qualified, name in db.session.execute(_TABLES).all():
        rows = db.session.execute(text(f"SELECT row_to_json(t) FROM {qualified} t")).scalars()
        for row in rows:
            for column, value in row.items():
                yield name, column, value if isinstance(value, str) else repr(value)


def rows_of(user_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """(table, row) wherever a column leads to that account."""
    for table, column in [*db.session.execute(_TO_USERS).all(), *BESIDE]:
        found = text(f"SELECT row_to_json(t) FROM {table} t WHERE {column} = :id")
        for row in db.session.execute(found, {"id": user_id}).scalars():
            yield table, row
