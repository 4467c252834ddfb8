"""One template database a state of the code, one copy of it a test process."""

import fcntl
import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.operation.migrating import upgrade
from marketplace.reference.loading import load_all
from tests.personas import create_personas

SOURCES = (
    "migrations",
    "marketplace/data",
    "marketplace/reference",
    "tests/personas.py",
    "tests/support/databases.py",
)


def make_from_template(server_url: str) -> str:
    """The address of a fresh copy of the template."""
    template = f"tt_template_{_fingerprint()}"
    name = f"tt_{os.getpid()}_{uuid.uuid4().hex[:6]}"
    with _one_at_a_time(template):
        _make_template(server_url, template)
        with _administration(server_url).connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    return _address(server_url, name)


def drop(url: str) -> None:
    """Removes that database, whoever is still connected."""
    name = make_url(url).database
    with _administration(_address(url, "postgres")).connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def _make_template(server_url: str, template: str) -> None:
    with _administration(server_url).connect() as connection:
        if connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": template}).first():
            return
        unfinished = f"{template}_new"
        connection.execute(text(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)'))
        connection.execute(text(f"CREATE DATABASE \"{unfinished}\" TEMPLATE template0 ENCODING 'UTF8'"))
        _fill(_address(server_url, unfinished))
        connection.execute(text(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"'))


def _fill(url: str) -> None:
    upgrade(url)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        load_all(connection, now=clock.now())
        create_personas(connection)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _address(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _administration(server_url: str) -> Engine:
    return create_engine(server_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """A file lock between the test processes of this machine."""
    path = Path(tempfile.gettempdir()) / f"{name}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
