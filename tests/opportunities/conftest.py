from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection

from tests.support.searching import index_everything


@pytest.fixture
def index_now(app: Flask, session: Any, connection: Connection) -> Callable[[], int]:
    """Makes what the test has written so far searchable."""

    def index() -> int:
        session.commit()
        return index_everything(app, connection)

    return index
