from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity
from tests import personas
from tests.conftest import test_settings as settings_for_tests
from tests.support.databases import drop, make_from_template


@pytest.fixture
def person(session: Any, connection: Any) -> Callable[[str], Actor]:
    """The actor value of a persona."""
    return lambda name: personas.actor(connection, name)


@pytest.fixture
def only_what_the_test_lists(session: Any) -> None:
    """A fixed moment, and without the public examples that every database holds."""
    clock.use(lambda: datetime(2026, 6, 8, 3, 0, tzinfo=UTC))
    session.execute(update(Opportunity).values(published_version_id=None))
    session.execute(delete(Opportunity))


@pytest.fixture
def committing_app(server_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, where commits are real and connections are many."""
    url = make_from_template(server_url)
    app = create_app(settings_for_tests(url, tmp_path))
    yield app
    with app.app_context():
        db.session.remove()
        close_connections(db)
    drop(url)
