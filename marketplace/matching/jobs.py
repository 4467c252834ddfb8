"""What the worker does for suggestions: follows the changes, and looks through everything by night."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import current_app
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import Engine

from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.matching import refreshing
from marketplace.matching.following import follow
from marketplace.matching.refreshing import RefreshRuns
from marketplace.matching.reporting import make_report, take_up

EVERY_MINUTE = "* * * * *"
# 02:17 in Jakarta.
BY_NIGHT = "17 19 * * *"
# An hour and a half later.
AFTER_THE_NIGHT = "47 20 * * *"
LOCK = "suggestions"
REFRESH = "suggestions anew"


@queue.task(queue="matching", queueing_lock=LOCK, lock=LOCK, pass_context=False)
def match() -> None:
    """Run twice or stopped in between, it does the same: each step is one commit with its place in the outbox."""
    while follow(now=clock.now()):
        db.session.commit()
    db.session.commit()


@queue.periodic(cron=EVERY_MINUTE)
@queue.task(queue="matching", queueing_lock="suggestions of the minute", lock=LOCK, pass_context=False)
def match_by_the_clock(timestamp: int) -> None:
    """What closed or lapsed since, and what a stop has left between a change and its job, or of a refresh."""
    match()
    if take_up(now=clock.now()):
        db.session.commit()
    if refreshing.is_unmade():
        _call(make_lists, REFRESH, db.engine)


@queue.task(queue="matching", queueing_lock=REFRESH, lock=REFRESH, pass_context=False)
def make_lists() -> None:
    """The first lists, or those of a refresh that was stopped."""
    _refresh()


@queue.periodic(cron=BY_NIGHT)
@queue.task(queue="matching", queueing_lock="suggestions of the night", lock=REFRESH, pass_context=False)
def refresh_by_night(timestamp: int) -> None:
    """Looks through everything; makes a new model where the old one no longer fits."""
    _refresh()


@queue.periodic(cron=AFTER_THE_NIGHT)
@queue.task(queue="matching", queueing_lock="report of suggestions", pass_context=False)
def report_by_night(timestamp: int) -> None:
    """How well the scores told what became of pairs."""
    make_report(now=clock.now())
    db.session.commit()


def call_for_matching(engine: Engine) -> None:
    """Defers the job in a transaction of its own; nothing where it waits already."""
    _call(match, LOCK, engine)


def _call(task: Any, lock: str, engine: Engine) -> None:
    with suppress(AlreadyEnqueued), engine.begin() as connection:
        mine = connection.connection.driver_connection
        task.configure(connection=mine, queueing_lock=lock, lock=lock).defer()


def _refresh() -> None:
    with suppress(RefreshRuns):
        _in_background(refreshing.refresh)


def _in_background(work: Callable[[], object]) -> None:
    """In a thread of its own, which steps back behind all others of this machine; the worker's own do not."""
    app, failed = current_app._get_current_object(), []  # type: ignore[attr-defined]

    def run() -> None:
        refreshing.step_back()
        with app.app_context():
            try:
                work()
            except Exception as error:  # noqa: BLE001 - raised again by who waits
                failed.append(error)
            finally:
                db.session.remove()

    thread = threading.Thread(target=run, name="suggestions")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
