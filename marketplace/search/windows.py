"""Windows of days around a moment. They move at full hours only, since days begin and end at them."""

from datetime import datetime, time, timedelta

from marketplace.core.dates import HOME_ZONE, local_day, zone_info

# What people may ask for: closing within so many days, posted in the last so many days.
DAYS = (7, 30, 90)
_DAY = 86_400


def closes_by(now: datetime, days: int) -> int:
    """The last second in which a listing ends that has at most so many calendar days left.

    A deadline is the end of a day in its region's zone. With N days left that is more than N and at most N + 1
    times 24 hours from now, whatever the zone, so one second parts them in all three.
    """
    return int(now.timestamp()) + (days + 1) * _DAY


def posted_from(now: datetime, days: int) -> int:
    """The second in which the day so many days ago began, in Jakarta."""
    day = local_day(now, HOME_ZONE) - timedelta(days=days)
    return int(datetime.combine(day, time.min, tzinfo=zone_info(HOME_ZONE)).timestamp())
