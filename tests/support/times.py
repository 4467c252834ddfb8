"""Lets time pass for a test; the real clock is back after it. And how long anything is waited for."""

from datetime import timedelta

from marketplace.core import clock

# Seconds for what comes within moments on an idle machine: whoever waits that long has seen a fault, not a slow machine.
PATIENCE = 90.0


def go_on(passed: timedelta) -> None:
    """From now on it is that much later."""
    moment = clock.now() + passed
    clock.use(lambda: moment)
