from flask import current_app
from procrastinate import RetryStrategy

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.files import previewing, sweeping

# Two at night in Jakarta.
EVERY_NIGHT = "0 19 * * *"
# For a storage that does not answer; a file that cannot be drawn is not tried again.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)


@queue.periodic(cron=EVERY_NIGHT)
@queue.task(queue="files", queueing_lock="sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Removes stored files that nothing has led to for a day; a second run finds nothing left to do."""
    now = clock.now()
    forgotten = sweeping.forget_unlinked(now=now)
    db.session.commit()
    removed = sweeping.remove_unnamed(now=now)
    current_app.logger.info("files swept", extra={"facts": {"rows": forgotten, "files": removed}})


@queue.task(queue="files", retry=RETRY, pass_context=False)
def draw_preview(blob_id: int) -> None:
    """Draws the first pages of a file; a second run finds them drawn."""
    previewing.draw(blob_id)
    db.session.commit()
