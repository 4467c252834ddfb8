"""Which request is at work, for audit events and log lines; None in commands and jobs."""

from contextvars import ContextVar
from uuid import uuid4

_CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)


def begin() -> str:
    """A new id, from now on the current one."""
    name = uuid4().hex
    _CURRENT.set(name)
    return name


def end() -> None:
    """Nothing is at work any more."""
    _CURRENT.set(None)


def current() -> str | None:
    """The id of the request at work."""
    return _CURRENT.get()
