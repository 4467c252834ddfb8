"""Days, deadlines and zones of Indonesia: plain arithmetic, no clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# What people write after a time of day; regions carry the zone's name in the tz database.
ABBREVIATIONS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
HOME_ZONE = "Asia/Jakarta"

zone_info = cache(ZoneInfo)


def abbreviation(zone: str) -> str:
    """WIB, WITA or WIT; another zone's own name as it is."""
    return ABBREVIATIONS.get(zone, zone)


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of that day in the zone, in UTC."""
    return datetime.combine(day, time.max, tzinfo=zone_info(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The date on the wall calendar of that zone at the moment (aware)."""
    return moment.astimezone(zone_info(zone)).date()


def days_left(closes_at: datetime, now: datetime, zone: str) -> int:
    """Calendar days from now to the deadline in that zone: 0 on its last day, negative afterwards."""
    return (local_day(closes_at, zone) - local_day(now, zone)).days


def working_days_between(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to and including `end`; 0 when `end` is not later."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((end - timedelta(days=back)).weekday() < 5 for back in range(rest))


def after_working_days(start: date, days: int) -> date:
    """The first day by which so many Mondays to Fridays have passed after `start`."""
    day = start + timedelta(days=days)
    while working_days_between(start, day) < days:
        day += timedelta(days=1)
    return day
