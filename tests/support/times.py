"""Lets time pass for a test; the real clock is back after it."""

from datetime import timedelta

from marketplace.core import clock


def go_on(passed: timedelta) -> None:
    """From now on it is that much later."""
    moment = clock.now() + passed
    clock.use(lambda: moment)
