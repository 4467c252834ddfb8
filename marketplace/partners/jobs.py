"""What the worker does for partners."""

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.partners.demand_counting import count_demand

EVERY_HOUR = "40 * * * *"


@queue.periodic(cron=EVERY_HOUR)
@queue.task(queue="demand", queueing_lock="demand", lock="demand", pass_context=False)
def count_demand_by_the_clock(timestamp: int) -> None:
    """Run twice it counts twice; stopped in between, the counts of the hour before stand."""
    count_demand(now=clock.now())
    db.session.commit()
