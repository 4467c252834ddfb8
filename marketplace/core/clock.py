"""The one place where the present moment comes from."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system_now() -> datetime:
    return datetime.now(UTC)


class _Clock:
    source: Callable[[], datetime] = staticmethod(_system_now)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _Clock.source()


def use(source: Callable[[], datetime] | None) -> None:
    """Replaces the source of time (tests); None brings the system's back."""
    _Clock.source = staticmethod(source or _system_now)
