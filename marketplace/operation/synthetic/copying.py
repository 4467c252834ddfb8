"""Brings rows into PostgreSQL by COPY, with ids taken from the tables' own sequences."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Connection, sql


def reserve_ids(connection: Connection[Any], table: str, number: int) -> int:
    """The first of that many ids that nobody else will get."""
    row = connection.execute(
        "SELECT setval(s, nextval(s) + %s) - %s FROM pg_get_serial_sequence(%s, 'id') AS s",
        [number, number, table],
    ).fetchone()
    return int(row[0]) if row else 1


def copy_rows(
    connection: Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """COPYs the rows in."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
