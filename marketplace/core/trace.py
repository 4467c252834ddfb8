"""Which request is at work, for audit events and log lines; None in commands and jobs."""

from contextvars import ContextVar
from uuid import uuid4

_CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)


def begin() -> str:
    """A new id, the current one until the next begins; what is written after the answer still has it."""
    name = uuid4().hex
    _CURRENT.set(name)
    return name


def current() -> str | None:
    """The id of the request at work."""
    return _CURRENT.get()
