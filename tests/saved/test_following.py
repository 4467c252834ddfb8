"""The alerts' own place in the outbox, on real connections: nothing is passed over, nothing is taken twice."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.changes import actions as changes
from marketplace.changes.models import Follower
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities.documents import SOURCE
from marketplace.saved.alerting import follow
from marketplace.saved.search_models import SearchFind
from marketplace.search.following import build, exhaust
from marketplace.search.index import IndexMissing, home_of
from tests.factories.opportunities import a_published_opportunity
from tests.factories.searches import a_saved_search
from tests.support.threads import in_own_thread
from tests.support.times import PATIENCE


@pytest.fixture
def published(committed: Flask) -> Flask:
    """A saved search, and a listing that fits and was published since; this machine has no index yet."""
    with committed.app_context():
        a_saved_search("q=pasar")
        changes.record("opportunity", a_published_opportunity(title_id="Pasar ikan").id)
        db.session.commit()
    return committed


def index(app: Flask) -> None:
    exhaust(build(home_of(app.config["INSTANCE_DIR"]), db.engine, SOURCE))


def found() -> int:
    return db.session.scalar(select(func.count()).select_from(SearchFind)) or 0


def look_until(app: Flask, done: Callable[[], bool]) -> None:
    """A running transaction of any other database of the server holds the outbox back: it may take a moment."""
    deadline = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < deadline:
        index(app)
        follow(now=clock.now())
        db.session.commit()
    assert done()


def test_it_reads_as_far_as_the_index_and_no_further(published: Flask) -> None:
    with published.app_context():
        with pytest.raises(IndexMissing):
            follow(now=clock.now())
        db.session.rollback()
        look_until(published, lambda: found() == 1)
        changes.record("opportunity", a_published_opportunity(title_id="Pasar sayur").id)
        db.session.commit()
        # Committed, and not in the index yet: the place in the outbox waits for it.
        assert not follow(now=clock.now())
        db.session.commit()
        assert found() == 1
        look_until(published, lambda: found() == 2)
        while follow(now=clock.now()):
            db.session.commit()
        assert found() == 2


def test_only_one_reads_and_what_it_did_not_commit_is_read_again(published: Flask) -> None:
    def beside() -> None:
        with published.app_context():
            assert not follow(now=clock.now())
            db.session.commit()
            db.session.remove()

    with published.app_context():
        look_until(published, lambda: found() == 1)
        changes.record("opportunity", a_published_opportunity(title_id="Pasar sayur").id)
        db.session.commit()
        read = False
        deadline = time.monotonic() + PATIENCE
        while not read and time.monotonic() < deadline:
            index(published)
            read = follow(now=clock.now())
        assert (read, found()) == (True, 2)
        in_own_thread(beside)
        # Killed here.
        db.session.rollback()
        assert found() == 1
        look_until(published, lambda: found() == 2)


def test_a_restored_database_goes_on_without_telling_anybody_twice(published: Flask) -> None:
    with published.app_context():
        look_until(published, lambda: found() == 1)
        a_published_opportunity(title_id="Pasar sayur")
        place = db.session.get_one(Follower, "saved searches")
        # Another cluster's numbers, far ahead of this one's.
        place.database, place.xid = "0/0", 2**60
        db.session.commit()
        look_until(published, lambda: found() == 2)
        assert db.session.get_one(Follower, "saved searches").xid < 2**60
