"""What the worker does for saved searches: reads the changes, then owes the letters that are due."""

from sqlalchemy import Engine

from marketplace.changes.calling import call
from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.saved.alerting import LETTERS_AT_ONCE, follow, owe_letters
from marketplace.search.index import IndexMissing

EVERY_MINUTE = "* * * * *"
LOCK = "alerts"


@queue.task(queue="alerts", queueing_lock=LOCK, lock=LOCK, pass_context=False)
def alert() -> None:
    """Run twice or stopped in between, nothing is told twice: each step is one commit with its place in the outbox."""
    try:
        while follow(now=clock.now()):
            db.session.commit()
    except IndexMissing:
        # The place in the outbox stays; what waits is read once this machine has its index.
        db.session.rollback()
    while owe_letters(now=clock.now()) == LETTERS_AT_ONCE:
        db.session.commit()
    db.session.commit()


@queue.periodic(cron=EVERY_MINUTE)
@queue.task(queue="alerts", queueing_lock="alerts of the minute", lock=LOCK, pass_context=False)
def alert_by_the_clock(timestamp: int) -> None:
    """Morning letters, and whatever a stop between a change and its job has left."""
    alert()


def call_for_alerts(engine: Engine) -> None:
    """What the loop does that has seen new changes."""
    call(alert, lock=LOCK, engine=engine)
