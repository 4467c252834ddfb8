"""Which connection a request gets: pages that are only read have some on which nothing can be written.

Reading opens no transaction, so a page of one SELECT is one round trip instead of three, and a GET that would write is
refused by PostgreSQL itself.
"""

import select
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

READING = "reading"
# Seconds for which a connection that has just answered is taken for alive: asking it costs a quarter of a page's reading.
FRESH = 1.0
READERS = frozenset({"GET", "HEAD"})
READ_ONLY = "-c default_transaction_read_only=on"


class RequestSession(Session):
    """Reads of GET and HEAD go to the reading engine; all other work keeps to the transaction of its request."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **more: Any) -> Any:
        if bind is None and has_request_context() and request.method in READERS:
            return self._db.engines[READING]
        return super().get_bind(mapper, clause, bind, **more)


def init_connections(app: Flask, db: SQLAlchemy) -> None:
    """The engine of transactions and the one of reading, to the same database."""
    app.config["SQLALCHEMY_BINDS"] = {READING: _reading_options(app.config)}
    db.init_app(app)
    with app.app_context():
        _ask_whether_alive(db.engines[READING])


def _reading_options(config: Mapping[str, Any]) -> dict[str, Any]:
    options = config["SQLALCHEMY_ENGINE_OPTIONS"]
    arguments = options["connect_args"]
    return {
        **options,
        "pool_pre_ping": False,
        "url": config["SQLALCHEMY_DATABASE_URI"],
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "connect_args": {**arguments, "options": f"{arguments['options']} {READ_ONLY}"},
    }


def _ask_whether_alive(engine: Engine) -> None:
    """A connection that was idle is asked before it is used again, and replaced where it does not answer."""

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["answered"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("answered", -FRESH) < FRESH and not _has_something_to_say(
            connection
        ):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


def _has_something_to_say(connection: Any) -> bool:
    """Whether an idle connection was spoken to: of itself a server says little but its good-bye."""
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN)
    return bool(poller.poll(0))


def close_connections(db: SQLAlchemy) -> None:
    """Closes the pooled connections of both engines; needs the application's context."""
    for engine in db.engines.values():
        engine.dispose()
