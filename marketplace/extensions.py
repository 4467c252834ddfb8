"""The libraries' objects that the whole application shares; imports no slice."""

import hashlib
from typing import TYPE_CHECKING

from flask import request, session
from flask_babel import Babel
from flask_limiter import Limiter
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from procrastinate import App as Queue
from procrastinate import SyncPsycopgConnector

from marketplace.connections import RequestSession
from marketplace.core.database import Base


def get_sender() -> str:
    """Whose requests are counted together: one sign-in's; the key tells nobody its cookie."""
    return hashlib.sha256(str(session.get("sid")).encode()).hexdigest()[:32]


def is_unlimited() -> bool:
    """Reading, and visitors: many phones share an address here, and the forms of visitors have limits of their own."""
    return request.method != "POST" or "sid" not in session


# Sessions that are bound to one connection (tests) keep to savepoints; on an engine the mode changes nothing.
db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": RequestSession, "join_transaction_mode": "create_savepoint"},
)
babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_sender, headers_enabled=True, application_limits_exempt_when=is_unlimited)
# Requests only defer, always on their own connection, so this connector is never opened;
# the worker replaces it by one with a pool.
queue = Queue(connector=SyncPsycopgConnector())

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
