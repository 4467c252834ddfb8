"""The week of letters begins on Monday at 07.00 in Jakarta."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.matching.letters.rules import week_begin

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "now, begin",
    [
        (MONDAY, MONDAY),
        (MONDAY + timedelta(days=6, hours=23, minutes=59), MONDAY),
        (MONDAY - timedelta(seconds=1), MONDAY - timedelta(days=7)),
        # Sunday evening in London is Monday in Jakarta already, but before seven.
        (MONDAY - timedelta(hours=6), MONDAY - timedelta(days=7)),
        (MONDAY + timedelta(days=3), MONDAY),
        (MONDAY + timedelta(days=7), MONDAY + timedelta(days=7)),
    ],
)
def test_week_begin(now: datetime, begin: datetime) -> None:
    assert week_begin(now) == begin
