"""Counts what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Counted:
    """The statements seen so far."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def number(self) -> int:
        return len(self.statements)


class QueryCounter:
    """Called, it counts inside a with block."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def __call__(self) -> Iterator[Counted]:
        counted = Counted()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(NOT_COUNTED):
                counted.statements.append(statement)

        event.listen(self.connection, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            event.remove(self.connection, "before_cursor_execute", note)
