"""Mailed links as the tests follow them, and limits on a connection of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from marketplace.accounts.models import User
from marketplace.mail.models import Delivery
from marketplace.web.limits import SqlStorage


@pytest.fixture
def letters(session) -> Callable[[str], list[Delivery]]:
    """The letters owed to an address, oldest first."""

    def find(email: str) -> list[Delivery]:
        return list(
            session.scalars(
                select(Delivery).join(User, User.id == Delivery.user_id).where(User.email == email)
                .order_by(Delivery.created_at)
            )
        )  # fmt: skip

    return find


@pytest.fixture
def limits_on(app, database_url, monkeypatch) -> Iterator[None]:
    """Counts failures in earnest, beside the test's transaction."""
    engine = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    @contextmanager
    def connect(_storage: Any) -> Iterator[Any]:
        with engine.connect() as connection:
            yield connection

    monkeypatch.setattr(SqlStorage, "_connect", connect)
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    yield
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM rate_hits"))
