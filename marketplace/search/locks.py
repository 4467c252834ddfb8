"""A lock on a file: one holder on a machine, freed by the system when its process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BusyError(Exception):
    """Another process of this machine holds the lock."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds the lock while the block runs. Raises BusyError at once if somebody else has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(path.name) from error
        yield
