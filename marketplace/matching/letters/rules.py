"""When the week of letters begins: plain values in, plain values out."""

from datetime import UTC, datetime, time, timedelta

from marketplace.core.dates import HOME_ZONE, zone_info

# Before the working day, on Mondays, in the ministry's zone: partners have no region.
MORNING = time(7)
LISTED_AT_MOST = 10


def week_begin(now: datetime) -> datetime:
    """The last Monday morning that is not after `now`: who was looked at since has had the letter of this week."""
    place = zone_info(HOME_ZONE)
    local = now.astimezone(place)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), MORNING, tzinfo=place)
    return (monday if monday <= local else monday - timedelta(days=7)).astimezone(UTC)
