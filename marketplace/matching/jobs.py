"""What the worker does for suggestions: follows the changes, and looks through everything by night."""

import subprocess
import sys

from sqlalchemy import Engine

from marketplace.changes.calling import call
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.matching.cli import RUNS_ALREADY
from marketplace.matching.learning.reporting import make_report, take_up
from marketplace.matching.lists import refreshing
from marketplace.matching.lists.following import follow

EVERY_MINUTE = "* * * * *"
# 02:17 in Jakarta.
BY_NIGHT = "17 19 * * *"
# An hour and a half later.
AFTER_THE_NIGHT = "47 20 * * *"
LOCK = "suggestions"
REFRESH = "suggestions anew"
COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "match-refresh"]


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
        call(make_lists, lock=REFRESH, engine=db.engine)


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
    """What the loop does that has seen new changes."""
    call(match, lock=LOCK, engine=engine)


def _refresh() -> None:
    """In a program of its own, which gives way and gives its memory back. Raises CalledProcessError where it fails.

    One that was ended by a signal, or found another at it, is no failure: what is left is made within a minute.
    """
    done = subprocess.run(COMMAND, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - our own command
    if done.returncode > 0 and done.returncode != RUNS_ALREADY:
        done.check_returncode()
