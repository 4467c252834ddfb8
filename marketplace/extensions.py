"""The libraries' objects that the whole application shares; imports no slice."""

from typing import TYPE_CHECKING

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from procrastinate import App as Queue
from procrastinate import SyncPsycopgConnector

from marketplace.core.database import Base

# Sessions that are bound to one connection (tests) keep to savepoints; on an engine the mode changes nothing.
db = SQLAlchemy(model_class=Base, session_options={"join_transaction_mode": "create_savepoint"})
babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=True)
# Requests only defer, always on their own connection, so this connector is never opened;
# the worker replaces it by one with a pool.
queue = Queue(connector=SyncPsycopgConnector())

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
