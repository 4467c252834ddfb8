"""Databases for commands, which commit."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.extensions import db
from tests.conftest import test_settings as settings_for_tests
from tests.support.committed import committed

__all__ = ["committed"]


@pytest.fixture
def empty(server_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A database in which nothing was ever done."""
    name = f"tt_empty_{uuid.uuid4().hex[:8]}"
    engine = create_engine(server_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = engine.url.set(database=name).render_as_string(hide_password=False)
    app = create_app(settings_for_tests(url, tmp_path) | {"PRODUCTION": False})
    with app.app_context():
        yield app
        db.session.remove()
        close_connections(db)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
