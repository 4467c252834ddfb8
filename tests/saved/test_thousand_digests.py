"""A worker killed with -9 while it sends a thousand digests: another goes on, none is lost, none is owed twice.

A mail server that took a message just before the kill gets it once more, since nobody committed that it did: under the
same Message-ID, by which mail programs know it.
"""

import os
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from marketplace.accounts.models import User
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities.documents import SOURCE
from marketplace.saved.alert_jobs import call_for_alerts
from marketplace.saved.alerting import note
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_rules import Cadence
from marketplace.search.following import build, exhaust
from marketplace.search.index import home_of, open_index
from tests.factories.opportunities import a_published_opportunity

DIGESTS = 1000
AT_ONCE = 2
# Seconds without a single mail after which none is expected any more: a busy machine is slow, not broken.
STALLED = 60


class Mailbox(socketserver.StreamRequestHandler):
    """Takes every message and notes its Message-ID."""

    taken: Counter[str]

    def handle(self) -> None:
        self._say("220 mailbox")
        while command := self.rfile.readline().decode().strip().upper():
            if command == "QUIT":
                self._say("221 bye")
                return
            if command == "DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.taken.update(line.decode() for line in lines if line.startswith(b"Message-ID:"))
            self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mailbox() -> Iterator[tuple[str, Counter[str]]]:
    """Its address, and what it took."""
    Mailbox.taken = Counter()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", Mailbox.taken
        server.shutdown()
        thread.join()


def prepare(app: Flask) -> None:
    """A thousand searches that have all found one new listing, and the job that owes and sends what is due.

    By `note`, not by the outbox: other tests' transactions hold that back, and no follower runs here.
    """
    with app.app_context():
        now = clock.now()
        people = db.session.scalars(select(User.id).order_by(User.id)).all()
        rows = [
            {
                "user_id": people[number % len(people)], "name": f"Pasar {number}", "query": f"?q=pasar+-kata{number}",
                "cadence": Cadence.INSTANT, "created_at": now, "news_since": now, "mails_since": now, "seen_at": now,
            }
            for number in range(DIGESTS)
        ]  # fmt: skip
        db.session.execute(insert(SavedSearch), rows)
        listing = a_published_opportunity(title_id="Pasar ikan").id
        db.session.commit()
        exhaust(build(home_of(app.config["INSTANCE_DIR"]), db.engine, SOURCE))
        assert note([listing], look=open_index().view, now=clock.now()) == DIGESTS
        db.session.commit()
        call_for_alerts(db.engine)
        db.session.remove()


def start_worker(app: Flask, mail_url: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "APP_ENV": "development", "DEMO": "0",
        "INSTANCE_DIR": str(app.config["INSTANCE_DIR"]), "MAIL_URL": mail_url, "BASE_URL": "http://localhost",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=environment
    )


def count(app: Flask, statement: str) -> int:
    with app.app_context():
        number = db.session.scalar(text(statement))
        db.session.remove()
    return int(number or 0)


def wait_until(is_done: Callable[[], bool], taken: Counter[str], every: float = 0.02) -> None:
    """Returns when it is done, or when no mail has come for too long."""
    number, moved = taken.total(), time.monotonic()
    while not is_done() and time.monotonic() - moved < STALLED:
        time.sleep(every)
        if taken.total() != number:
            number, moved = taken.total(), time.monotonic()


@pytest.mark.slow
def test_a_thousand_digests_and_a_kill(committed: Flask, mailbox: tuple[str, Counter[str]]) -> None:
    address, taken = mailbox
    prepare(committed)
    first = start_worker(committed, address)
    wait_until(lambda: len(taken) >= DIGESTS // 3, taken)
    first.kill()
    first.wait()
    killed_at = len(taken)
    assert DIGESTS // 3 <= killed_at < DIGESTS
    second = start_worker(committed, address)
    try:
        unsent = "SELECT 1000 - count(*) FROM mail_deliveries WHERE sent_at IS NOT NULL"
        wait_until(lambda: not count(committed, unsent), taken, every=0.5)
    finally:
        second.terminate()
        assert second.wait(15) in (0, -15)
    assert count(committed, "SELECT count(*) FROM search_finds WHERE told_at IS NOT NULL") == DIGESTS
    assert count(committed, "SELECT count(DISTINCT path) FROM mail_deliveries") == DIGESTS
    assert count(committed, "SELECT count(*) FROM mail_deliveries") == DIGESTS
    assert len(taken) == DIGESTS
    assert taken.total() - DIGESTS <= AT_ONCE, "more was sent again than was on its way when the worker died"
