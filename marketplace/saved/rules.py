"""Bookmarks, watches and comparing: plain values in, answers or named refusals out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.text import tail_of
from marketplace.core.words import _l

COLUMNS_AT_MOST = 4
NOTE_AT_MOST = 500
# Days before a deadline on which those who watch are told, each once.
WARN_BEFORE = (7, 1)


class NoteTooLong(Refusal):
    message = _l("Catatan paling panjang %(most)s huruf. Sekarang %(length)s.")


class NothingToWatch(Conflict):
    message = _l("Peluang ini sudah berakhir atau contoh publik, jadi tidak ada kabar yang dapat diikuti.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which listings an address asks to compare, by the ends of their addresses; how many were one too many."""

    tails: tuple[str, ...]
    too_many: int = 0


def parse_choice(given: Iterable[str]) -> Choice:
    """The first four different ones, in their order; each may be a whole slug."""
    wanted = dict.fromkeys(tail for text in given if (tail := tail_of(text.strip())))
    tails = tuple(wanted)[:COLUMNS_AT_MOST]
    return Choice(tails, len(wanted) - len(tails))


def check_note(note: str) -> None:
    """Raises NoteTooLong."""
    if len(note) > NOTE_AT_MOST:
        raise NoteTooLong(field="note", most=NOTE_AT_MOST, length=len(note))


def due_warning(closes_on: date, today: date) -> int | None:
    """Of the numbers of days before the deadline that are reached, the smallest: a run after downtime tells one thing."""
    left = (closes_on - today).days
    return min((days for days in WARN_BEFORE if left <= days), default=None) if left >= 0 else None
