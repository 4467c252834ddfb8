"""What the worker throws away once its time is over."""

from marketplace.extensions import queue
from marketplace.web import limits

EVERY_HOUR = "23 * * * *"


@queue.periodic(cron=EVERY_HOUR)
@queue.task(queue="tidying", queueing_lock="forget_lapsed_counts", pass_context=False)
def forget_lapsed_counts(timestamp: int) -> None:
    """The counts of forms and failed sign-ins live for minutes: what a person did is not kept beyond that."""
    limits.forget_lapsed()
