import uuid

from procrastinate import RetryStrategy

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.mail.sending import deliver

# Eight more tries: after 4 s, 16 s and so on, the last one after a day.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@queue.task(queue="mail", retry=RETRY, pass_context=False)
def send_delivery(delivery_id: str) -> None:
    """Sends one owed message; a second run of the same job finds it sent and does nothing."""
    deliver(uuid.UUID(delivery_id), now=clock.now())
    db.session.commit()
