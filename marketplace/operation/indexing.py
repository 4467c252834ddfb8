"""The search index of this machine: built when it is missing, then kept in step with every change."""

import signal
import threading
import time

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from marketplace.extensions import db
from marketplace.matching.jobs import call_for_matching
from marketplace.opportunities.documents import SOURCE
from marketplace.saved.alert_jobs import call_for_alerts
from marketplace.search.following import build, follow, is_usable
from marketplace.search.index import Home, home_of
from marketplace.search.locks import BusyError, held

POLL = 0.2  # seconds between two looks at the outbox
AGAIN = 1.0  # seconds after the database went away, or another loop was found


@click.command("follow-changes")
@with_appcontext
def follow_changes() -> None:
    """Keep the search index in step with the database, until stopped. One loop a machine."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    home = home_of(current_app.config["INSTANCE_DIR"])
    while not stop.is_set():
        try:
            with held(home.root / "follow.lock"):
                _follow_until(stop, home)
        except BusyError:
            # Another loop of this machine works; this one stands by.
            stop.wait(AGAIN)
        except DBAPIError as error:
            current_app.logger.warning("outbox not readable: %s", type(error.orig).__name__)
            db.engine.dispose()
            stop.wait(AGAIN)


def _follow_until(stop: threading.Event, home: Home) -> None:
    engine = db.engine

    def call() -> None:
        call_for_alerts(engine)
        call_for_matching(engine)

    follow(home, engine, SOURCE, idle=lambda: not stop.wait(POLL), fed=call)


@click.command("search-rebuild")
@click.option("--if-missing", is_flag=True, help="Only where this machine has no index of this database yet.")
@with_appcontext
def search_rebuild(if_missing: bool) -> None:
    """Build the search index anew while the old one serves."""
    home = home_of(current_app.config["INSTANCE_DIR"])
    if if_missing and is_usable(home, db.engine):
        click.echo("search index: present")
        return
    rebuild(home)


def rebuild(home: Home) -> None:
    """Builds the index there anew, and says so. Raises ClickException while another process does."""
    began, total = time.monotonic(), 0
    try:
        for total in build(home, db.engine, SOURCE):
            click.echo(f"\r{total} ", nl=False)
    except BusyError:
        raise click.ClickException("Another process is building this index; wait until it is done.") from None
    click.echo(f"\r{total} listings indexed in {time.monotonic() - began:.1f} s.")
