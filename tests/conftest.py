"""The database, the application and the people that tests start from."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection

from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.connections import close_connections
from marketplace.core import clock
from marketplace.extensions import db
from tests.support.clients import PageClient
from tests.support.databases import drop, make_from_template
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

# The same examples at every run, however slow the machine; `--hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")
# Templates are compiled once, not once for each of the many applications.
_COMPILED = ROOT / ".pytest_cache" / "templates"
_COMPILED.mkdir(parents=True, exist_ok=True)
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(_COMPILED))}
SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: a zip made at import holds the second, and xdist compares names."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who runs what, where several processes share the tests."""
    from tests.support.lanes import Lanes  # noqa: PLC0415 - make mutate runs without pytest-xdist

    return Lanes(config, log)


def pytest_collection_finish() -> None:
    """What stands now stays: looking through all of it again and again took a twelfth of the time (as in gunicorn)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def server_url() -> str:
    """A PostgreSQL server on which databases may be made; never DATABASE_URL."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.exit("TEST_DATABASE_URL is not set: run the tests with `make test`", returncode=4)
    return url


@pytest.fixture(scope="session")
def database_url(server_url: str) -> Iterator[str]:
    """This process's own database, with reference data and the personas in it."""
    url = make_from_template(server_url)
    yield url
    drop(url)


@pytest.fixture(scope="session")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("instance")
    app = create_app(test_settings(database_url, folder))
    with app.app_context(), db.engine.connect() as connection:
        index_everything(app, connection)
    yield app
    with app.app_context():
        close_connections(db)


@cache
def _assets() -> str:
    """Where the static files of all applications of this process lie, compressed once."""
    folder = tempfile.mkdtemp(prefix="tt_assets_")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def test_settings(url: str, folder: Path) -> dict[str, Any]:
    """What tests change of the settings."""
    assets = folder / "assets"
    if not assets.exists():
        folder.mkdir(parents=True, exist_ok=True)
        assets.symlink_to(_assets(), target_is_directory=True)
    return {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": url,
        "INSTANCE_DIR": folder,
        "STORAGE_URL": "memory://",
        "MAIL_URL": "",
        "BASE_URL": "http://localhost",
        "DEMO": False,
        "SECOND_FACTOR_DEMANDED": True,
        "RATELIMIT_ENABLED": False,
        "SECRET_KEY": SECRET_KEY,
        # Real hashing costs 60 ms each.
        "SECURITY_PASSWORD_HASH": "plaintext",
        "SECURITY_PASSWORD_SCHEMES": ["plaintext", "argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["plaintext"],
    }


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """One connection whose outer transaction is rolled back after the test; every session joins it."""
    with app.app_context():
        engine = db.engine
    with engine.connect() as connection:
        outer = connection.begin()
        engines = db._app_engines[app]
        real = dict(engines)
        engines.update(dict.fromkeys(real, connection))
        try:
            yield connection
        finally:
            engines.update(real)
            outer.rollback()


@pytest.fixture
def session(app: Flask, connection: Connection) -> Iterator[Any]:
    """The database session of the test itself, in an application context (Indonesian)."""
    with app.app_context():
        yield db.session
        db.session.remove()


@pytest.fixture
def index_now(app: Flask, session: Any, connection: Connection) -> Callable[[], int]:
    """Makes what the test has written so far searchable; how many listings."""

    def index() -> int:
        session.commit()
        return index_everything(app, connection)

    return index


@pytest.fixture
def client(app: Flask, session: Any) -> PageClient:
    """A visitor's browser that checks every page it gets."""
    return PageClient(app)


@pytest.fixture
def client_as(app: Flask, session: Any) -> Callable[[str], PageClient]:
    """The browser of a persona, signed in: client_as("pemda_editor")."""
    return lambda name: PageClient(app).sign_in(name)


@pytest.fixture
def count_queries(app: Flask, connection: Connection) -> QueryCounter:
    """Counts statements: `with count_queries() as counted: ...; counted.number`."""
    return QueryCounter(connection)


@pytest.fixture(autouse=True)
def _real_clock() -> Iterator[None]:
    yield
    clock.use(None)
