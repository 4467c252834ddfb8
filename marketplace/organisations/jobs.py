from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.organisations.rechecking import warn_of_end
from marketplace.organisations.trust_queries import list_due_for_warning, today

# Six in the morning in Jakarta.
EVERY_MORNING = "0 23 * * *"


@queue.periodic(cron=EVERY_MORNING)
@queue.task(queue="warnings", queueing_lock="warn_of_ends", pass_context=False)
def warn_of_ends(timestamp: int) -> None:
    """Tells the owners of verifications that end soon; run twice, it tells once."""
    for organisation_id in list_due_for_warning(today()):
        warn_of_end(organisation_id, now=clock.now())
        db.session.commit()
