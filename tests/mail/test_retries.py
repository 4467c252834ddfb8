"""How long a mail is tried when its server does not answer."""

from datetime import UTC, datetime, timedelta

from procrastinate.jobs import Job

from marketplace.mail.jobs import RETRY


def test_the_last_try_comes_after_a_day() -> None:
    now, waits = datetime.now(UTC), []
    while decision := RETRY.get_retry_decision(exception=OSError(), job=failed(len(waits))):
        waits.append(decision.retry_at)
    assert len(waits) == 8
    total = sum(((wait - now).total_seconds() for wait in waits), 0.0)
    assert timedelta(hours=24) < timedelta(seconds=total) < timedelta(hours=25)


def failed(before: int) -> Job:
    return Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="t", attempts=before)
