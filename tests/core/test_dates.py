from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.dates import abbreviation, days_left, end_of_day, local_day, working_days_between

ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]


def test_a_day_ends_at_its_own_midnight() -> None:
    end = end_of_day(date(2026, 2, 28), "Asia/Makassar")
    assert end.replace(microsecond=0) == datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC)


def test_zones_have_the_names_people_use() -> None:
    assert [abbreviation(zone) for zone in ZONES] == ["WIB", "WITA", "WIT"]


def test_days_left_are_counted_on_the_region_s_calendar() -> None:
    closes = end_of_day(date(2026, 2, 28), "Asia/Jayapura")
    late_evening_in_jakarta = datetime(2026, 2, 27, 16, 0, tzinfo=UTC)
    assert days_left(closes, late_evening_in_jakarta, "Asia/Jayapura") == 0
    assert days_left(closes, datetime(2026, 2, 17, 3, 0, tzinfo=UTC), "Asia/Jayapura") == 11
    assert days_left(closes, datetime(2026, 2, 28, 15, 0, tzinfo=UTC), "Asia/Jayapura") == -1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_the_end_of_a_day_is_that_day(day: date, zone: str) -> None:
    assert local_day(end_of_day(day, zone), zone) == day
    assert local_day(end_of_day(day, zone) + timedelta(microseconds=1), zone) == day + timedelta(days=1)


@pytest.mark.parametrize(
    "start, end, days",
    [
        (date(2026, 2, 27), date(2026, 3, 2), 1),
        (date(2026, 2, 23), date(2026, 2, 27), 4),
        (date(2026, 2, 28), date(2026, 3, 1), 0),
        (date(2026, 2, 27), date(2026, 2, 20), 0),
    ],
)
def test_working_days(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end) == days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_working_days_are_the_weekdays_one_by_one(start: date, span: int) -> None:
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, span + 1))
    assert working_days_between(start, start + timedelta(days=span)) == counted
