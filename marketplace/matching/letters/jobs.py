"""What the worker does for letters about suggestions."""

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.matching.letters.owing import LETTERS_AT_ONCE, owe_letters

# On Mondays from 07.00 WIB, every hour, so that a worker that was down in the morning is no week without letters.
MONDAYS = "5 0-16 * * 1"


@queue.periodic(cron=MONDAYS)
@queue.task(
    queue="suggestions", queueing_lock="suggestion letters", lock="suggestion letters", pass_context=False
)
def write_weekly(timestamp: int) -> None:
    """Stopped in between or run twice, nobody is told anything twice: each step is one commit."""
    while owe_letters(now=clock.now()) == LETTERS_AT_ONCE:
        db.session.commit()
    db.session.commit()
