"""Somebody publishes while warm pages are read: one listing a second, and the follower of this machine indexes it."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from sqlalchemy import text

from benchmarks.preparing import FLASK, Prepared
from marketplace.config import ROOT
from marketplace.extensions import db

EVERY = 1.0  # seconds

_PUBLISH = text("UPDATE opportunities SET published_at = now() WHERE slug = :slug RETURNING id")
_TELL = text("INSERT INTO changes (kind, object_id) VALUES ('opportunity', :number)")


@contextmanager
def publishing(ground: Prepared) -> Iterator[threading.Event]:
    """Publishes known listings anew, in turn, while the event that it gives is set."""
    stop, active = threading.Event(), threading.Event()
    publisher = threading.Thread(target=_publish_until, args=(stop, active, ground))
    follower = subprocess.Popen(
        [*FLASK, "follow-changes"],
        cwd=ROOT,
        env=ground.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    publisher.start()
    try:
        yield active
        if follower.poll() is not None:
            raise SystemExit("the follower of changes ended by itself")
    finally:
        stop.set()
        publisher.join()
        follower.terminate()
        follower.wait(20)


def _publish_until(stop: threading.Event, active: threading.Event, ground: Prepared) -> None:
    slugs = cycle(ground.slugs)
    with ground.app.app_context():
        while not stop.wait(EVERY):
            if not active.is_set():
                continue
            number = db.session.execute(_PUBLISH, {"slug": next(slugs)}).scalar_one()
            db.session.execute(_TELL, {"number": number})
            db.session.commit()
