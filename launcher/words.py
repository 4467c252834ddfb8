"""What the launcher says to the person at the terminal: Indonesian, then English."""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn


class CannotGoOn(Exception):
    """The start ends here; the two sentences say why and what to do."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(english)
        self.indonesian = indonesian
        self.english = english


def say(indonesian: str, english: str = "") -> None:
    """One line for people. A terminal that has gone away must not stop the stopping."""
    line = f"{indonesian} / {english}" if english else indonesian
    with suppress(OSError, ValueError):
        print(line, flush=True)


def or_one_sentence(work: Callable[[], int]) -> NoReturn:
    """Runs `work` and exits with its code; a foreseen obstacle becomes its sentence and code 1."""
    try:
        code = work()
    except CannotGoOn as obstacle:
        with suppress(OSError, ValueError):
            print(f"{obstacle.indonesian}\n{obstacle.english}", file=sys.stderr, flush=True)
        code = 1
    except KeyboardInterrupt:
        say("Dihentikan.", "Stopped.")
        code = 130
    sys.exit(code)
