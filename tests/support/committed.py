"""A database of its own for tests that need several real connections; what they write is committed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from marketplace import config
from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.extensions import db
from tests.conftest import test_settings
from tests.support.databases import drop, make_from_template


@pytest.fixture
def committed(server_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a fresh copy of the template, dropped afterwards."""
    with application_of_its_own(server_url, tmp_path) as app:
        yield app


@contextmanager
def application_of_its_own(server_url: str, folder: Path) -> Iterator[Flask]:
    """The same for as long as a block lasts."""
    url = make_from_template(server_url)
    settings = test_settings(url, folder)
    # As many connections as there are threads in a race.
    options = config.load(os.environ)["SQLALCHEMY_ENGINE_OPTIONS"]
    pool = {**options, "pool_size": 20, "max_overflow": 40, "pool_timeout": 20}
    app = create_app({**settings, "SQLALCHEMY_ENGINE_OPTIONS": pool})
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            close_connections(db)
        drop(url)
