"""Calls the job of who follows the changes, from the loop that has seen that there are new ones."""

from contextlib import suppress
from typing import Any

from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import Engine


def call(task: Any, *, lock: str, engine: Engine) -> None:
    """Defers the job in a transaction of its own; nothing where it waits already. `lock`: one of them waits, one runs."""
    with suppress(AlreadyEnqueued), engine.begin() as connection:
        mine = connection.connection.driver_connection
        task.configure(connection=mine, queueing_lock=lock, lock=lock).defer()
