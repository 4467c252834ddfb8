"""When an approver is reminded of what waits: once each time one of these numbers of working days is passed."""

from datetime import date

from marketplace.core.dates import working_days_between

REMIND_AFTER = (3, 7)


def due_reminder(sent_on: date, today: date, reminded: int | None) -> int | None:
    """The number passed and not yet reminded of; of several passed the largest, so that nobody is told twice at once."""
    waited = working_days_between(sent_on, today)
    passed = max((days for days in REMIND_AFTER if waited > days), default=None)
    return None if passed is None or (reminded is not None and reminded >= passed) else passed
