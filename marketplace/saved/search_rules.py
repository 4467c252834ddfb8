"""Saved searches: how often their news is mailed, when the next letter is due, and what is refused."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from marketplace.core.dates import zone_info
from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l

SEARCHES_AT_MOST = 30
LONGEST_NAME = 100
# Letters come before the working day, in the reader's zone; weekly ones on Mondays.
MORNING = time(7)
MONDAY = 0
# A search that finds much is told of in one letter every so often, not in one a listing.
INSTANT_PAUSE = timedelta(minutes=10)
LISTED_AT_MOST = 20


class Cadence(StrEnum):
    """How often a search's news is mailed."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class TooManySearches(Refusal):
    message = _l(
        "Anda sudah menyimpan %(most)s pencarian. Hapus satu yang tidak lagi diperlukan, lalu coba lagi."
    )


class SameSearch(Refusal):
    message = _l("Pencarian yang sama sudah Anda simpan dengan nama “%(name)s”.")


class AskedOtherwise(Conflict):
    message = _l(
        "Pencarian ini sudah diubah sejak Anda membukanya. Bandingkan dengan yang tersimpan sekarang, lalu tekan sekali lagi."
    )


def is_mailing(cadence: Cadence, paused_at: datetime | None) -> bool:
    """Whether the search's news goes out by mail at all."""
    return cadence is not Cadence.NONE and paused_at is None


def next_due(cadence: Cadence, *, now: datetime, zone: str, last: datetime | None) -> datetime | None:
    """When what was found now is mailed; None for never. `last` is when the search was mailed before."""
    if cadence is Cadence.NONE:
        return None
    if cadence is Cadence.INSTANT:
        return now if last is None else max(now, last + INSTANT_PAUSE)
    place = zone_info(zone)
    local = now.astimezone(place)
    days = (MONDAY - local.weekday()) % 7 if cadence is Cadence.WEEKLY else 0
    due = datetime.combine(local.date() + timedelta(days=days), MORNING, tzinfo=place)
    if due <= local:
        step = 7 if cadence is Cadence.WEEKLY else 1
        due = datetime.combine(due.date() + timedelta(days=step), MORNING, tzinfo=place)
    return due.astimezone(UTC)


def shortened(name: str) -> str:
    """The name within its longest, cut at a word where it is too long."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(' ·,')}…"
