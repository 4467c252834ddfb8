"""Rate limits kept in PostgreSQL, so that they hold for all processes and survive a restart."""

import time
from typing import Any

from flask import Flask, request
from limits.storage import Storage
from sqlalchemy import BigInteger, Column, Float, Table, Text, text

from marketplace.core.database import Base
from marketplace.extensions import db, limiter

# Unlogged: counts of minutes may be lost with a crash, and cost nothing to write.
rate_hits = Table(
    "rate_hits",
    Base.metadata,
    Column("key", Text, primary_key=True),
    Column("hits", BigInteger, nullable=False),
    Column("expires_at", Float, nullable=False),
    prefixes=["UNLOGGED"],
)

_HIT = text(
    """
    INSERT INTO rate_hits AS r (key, hits, expires_at) VALUES (:key, :amount, :now + :expiry)
    ON CONFLICT (key) DO UPDATE SET
      hits = CASE WHEN r.expires_at <= :now THEN :amount ELSE r.hits + :amount END,
      expires_at = CASE WHEN r.expires_at <= :now THEN :now + :expiry ELSE r.expires_at END
    RETURNING hits
    """
)
_READ = text("SELECT hits, expires_at FROM rate_hits WHERE key = :key AND expires_at > :now")
_FORGET = text("DELETE FROM rate_hits WHERE expires_at <= :now")


class SqlStorage(Storage):
    """One UPSERT a hit on an own autocommit connection: a refused request's rollback keeps its hit."""

    STORAGE_SCHEME = ["titiktemu-sql"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def _connect(self) -> Any:
        return db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        with self._connect() as connection:
            values = {"key": key, "amount": amount, "now": time.time(), "expiry": expiry}
            return int(connection.execute(_HIT, values).scalar_one())

    def _read(self, key: str) -> tuple[int, float]:
        with self._connect() as connection:
            row = connection.execute(_READ, {"key": key, "now": time.time()}).first()
        return (row.hits, row.expires_at) if row else (0, time.time())

    def get(self, key: str) -> int:
        return self._read(key)[0]

    def get_expiry(self, key: str) -> float:
        return self._read(key)[1]

    def check(self) -> bool:
        with self._connect() as connection:
            return bool(connection.execute(text("SELECT true")).scalar_one())

    def reset(self) -> int | None:
        with self._connect() as connection:
            return int(connection.execute(text("DELETE FROM rate_hits")).rowcount)

    def clear(self, key: str) -> None:
        with self._connect() as connection:
            connection.execute(text("DELETE FROM rate_hits WHERE key = :key"), {"key": key})


def forget_lapsed() -> int:
    """Deletes the counts whose time is over; how many."""
    with db.engine.begin() as connection:
        return connection.execute(_FORGET, {"now": time.time()}).rowcount


def init_limits(app: Flask) -> None:
    """Limits are counted by SqlStorage, which limits' library finds by its scheme once this module is loaded."""
    limiter.init_app(app)
    hooks = app.before_request_funcs[None]
    if limiter._check_request_limit not in hooks:
        return
    # Its hook looks up the limits of each page that is read, and none has any: a twentieth of a kept page's time.
    # A view that is given a limit of its own asks by itself.
    hooks.remove(limiter._check_request_limit)

    @app.before_request
    def count_forms() -> None:
        if request.method == "POST":
            limiter._check_request_limit()
