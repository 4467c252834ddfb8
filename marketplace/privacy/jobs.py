"""Copies that were asked for, erasures that are due, and what has been kept long enough."""

from procrastinate import RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.privacy.carrying_out import carry_out
from marketplace.privacy.copying import make_copy
from marketplace.privacy.queries import list_due_erasures
from marketplace.privacy.tidying import tidy

EVERY_HOUR = "17 * * * *"
EVERY_NIGHT = "41 19 * * *"  # 02.41 WIB
RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)


@queue.task(queue="privacy", retry=RETRY, pass_context=False)
def make_export(export_id: int) -> None:
    """Makes one copy; a second run finds it made."""
    make_copy(export_id, now=clock.now())
    db.session.commit()


@queue.task(queue="privacy", retry=RETRY, pass_context=False)
def erase_person(erasure_id: int) -> None:
    """Carries out one erasure; a second run finds it done."""
    carry_out(erasure_id, now=clock.now())
    db.session.commit()


@queue.periodic(cron=EVERY_HOUR)
@queue.task(queue="privacy", queueing_lock="due-erasures", pass_context=False)
def start_due_erasures(timestamp: int) -> None:
    """One job an erasure that is due, so that one in trouble holds up no other."""
    for erasure_id in list_due_erasures(clock.now()):
        lock = f"erasure-{erasure_id}"
        try:
            with db.session.begin_nested():
                connection = db.session.connection().connection.driver_connection
                erase_person.configure(connection=connection, queueing_lock=lock).defer(erasure_id=erasure_id)
        except AlreadyEnqueued:
            continue
    db.session.commit()


@queue.periodic(cron=EVERY_NIGHT)
@queue.task(queue="privacy", queueing_lock="keep-periods", pass_context=False)
def keep_periods(timestamp: int) -> None:
    """Deletes what has been kept long enough, a batch a transaction."""
    while tidy(now=clock.now()):
        db.session.commit()
    db.session.commit()
