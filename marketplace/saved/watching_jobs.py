from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.saved.queries import list_closing_soon
from marketplace.saved.watching import warn_of_deadline

# Six in the morning in Jakarta, eight in Jayapura.
EVERY_MORNING = "0 23 * * *"


@queue.periodic(cron=EVERY_MORNING)
@queue.task(queue="warnings", queueing_lock="warn_of_deadlines", pass_context=False)
def warn_of_all_deadlines(timestamp: int) -> None:
    """Tells of deadlines that come near; one commit a listing, so that a stop in between repeats nothing."""
    for opportunity_id in list_closing_soon(clock.now()):
        warn_of_deadline(opportunity_id, now=clock.now())
        db.session.commit()
