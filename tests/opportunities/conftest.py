from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.core.actor import Actor
from marketplace.extensions import db
from tests import personas
from tests.conftest import test_settings as settings_for_tests
from tests.support.databases import drop, make_from_template


@pytest.fixture
def person(session: Any, connection: Any) -> Callable[[str], Actor]:
    """The actor value of a persona."""
    return lambda name: personas.actor(connection, name)


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
