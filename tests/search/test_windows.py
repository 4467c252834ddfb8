"""A window holds what the calendar of a listing's own zone says, at every hour of the day."""

from datetime import UTC, datetime, timedelta
from math import ceil

import pytest

from marketplace.core.dates import HOME_ZONE, days_left, end_of_day, local_day
from marketplace.search.windows import DAYS, closes_by, posted_from

MIDNIGHT = datetime(2026, 6, 8, tzinfo=UTC)
MOMENTS = [
    MIDNIGHT + timedelta(hours=hours, seconds=seconds) for hours in range(24) for seconds in (0, 1, 3599)
]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_deadline_is_within_its_window_by_the_days_that_its_card_shows(zone: str, days: int):
    for now in MOMENTS:
        for ahead in range(days - 2, days + 3):
            closes_at = end_of_day(local_day(now, zone) + timedelta(days=ahead), zone)
            within = ceil(closes_at.timestamp()) <= closes_by(now, days)
            assert within == (days_left(closes_at, now, zone) <= days), (now, ahead)


@pytest.mark.parametrize("days", DAYS)
def test_posted_counts_whole_days_of_jakarta(days: int):
    for now in MOMENTS:
        first = posted_from(now, days)
        for second, inside in ((first, True), (first - 1, False)):
            age = local_day(now, HOME_ZONE) - local_day(datetime.fromtimestamp(second, UTC), HOME_ZONE)
            assert (age.days <= days) == inside


def test_windows_move_at_full_hours_only():
    assert len({posted_from(MIDNIGHT + timedelta(minutes=17, seconds=each), 7) for each in range(2400)}) == 1
    ends = ceil(end_of_day(local_day(MIDNIGHT, HOME_ZONE), HOME_ZONE).timestamp())
    inside = {
        ends <= closes_by(MIDNIGHT - timedelta(days=8) + timedelta(seconds=each), 7)
        for each in range(1, 3600)
    }
    assert len(inside) == 1
