"""When an approver is reminded: Monday 2 March 2026 is the day of sending."""

from datetime import date

import pytest

from marketplace.opportunities.reminder_rules import due_reminder

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "today, reminded, due",
    [
        (date(2026, 3, 2), None, None),
        (date(2026, 3, 5), None, None),
        (date(2026, 3, 6), None, 3),
        (date(2026, 3, 8), None, 3),
        (date(2026, 3, 6), 3, None),
        (date(2026, 3, 11), 3, None),
        (date(2026, 3, 12), 3, 7),
        (date(2026, 3, 12), 7, None),
        # After a month without a worker one reminder is due, not two.
        (date(2026, 4, 6), None, 7),
    ],
)
def test_each_number_of_working_days_once(today, reminded, due):
    assert due_reminder(MONDAY, today, reminded) == due
