from flask import current_app

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.files import sweeping

# Two at night in Jakarta.
EVERY_NIGHT = "0 19 * * *"


@queue.periodic(cron=EVERY_NIGHT)
@queue.task(queue="files", queueing_lock="sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Removes stored files that nothing has led to for a day; a second run finds nothing left to do."""
    now = clock.now()
    forgotten = sweeping.forget_unlinked(now=now)
    db.session.commit()
    removed = sweeping.remove_unnamed(now=now)
    current_app.logger.info("files swept", extra={"facts": {"rows": forgotten, "files": removed}})
