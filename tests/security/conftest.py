"""What the security tests share: a world to walk, browsers without page checks, an application behind a proxy."""

import contextvars
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.extensions import db
from tests.architecture.access_world import build_world
from tests.conftest import test_settings
from tests.support.clients import PageClient
from tests.support.databases import drop, make_from_template
from tests.support.searching import index_everything


@pytest.fixture
def world(app: Flask, session: Any, connection: Connection) -> dict[str, Any]:
    """One thing of each kind, whose names the access table's paths use; the listings can be found."""
    made = build_world()
    session.commit()
    index_everything(app, connection)
    return made


@pytest.fixture(scope="module")
def own_database(server_url: str) -> Iterator[str]:
    """A database whose rows are committed, for tests that need more than one connection."""
    url = make_from_template(server_url)
    yield url
    drop(url)


@pytest.fixture(scope="module")
def proxied(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as it runs behind one proxy."""
    made = make_app(
        own_database, tmp_path_factory.mktemp("proxied"), hops=1, BASE_URL="https://titiktemu.example"
    )
    yield made
    with made.app_context():
        close_connections(db)


def make_app(url: str, folder: Path, *, hops: int = 0, **overrides: Any) -> Flask:
    """An application of its own on that database; failures become pages, as they do for people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROXY_HOPS", str(hops))
        settings = test_settings(url, folder)
        return create_app({**settings, "PROPAGATE_EXCEPTIONS": False, **overrides})


def send(browser: PageClient, method: str, path: str, **options: Any) -> TestResponse:
    """One request without judging the page: for many at once, and for answers that are no pages."""
    fresh = contextvars.Context()
    response: TestResponse = fresh.run(browser.raw.open, path, method=method, **options)
    fresh.run(response.close)
    return response


@pytest.fixture
def lines() -> Callable[..., list[dict[str, Any]]]:
    """Sends a request and gives the log lines that it left."""

    def of(browser: PageClient, method: str, path: str, **options: Any) -> list[dict[str, Any]]:
        written = io.StringIO()
        send(browser, method, path, errors_stream=written, **options)
        # Only a newline ends a line; what else ends one elsewhere must be escaped.
        return [json.loads(line) for line in written.getvalue().splitlines()]

    return of
