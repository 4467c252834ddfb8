"""One JSON object a line, with the request it belongs to; ids and codes, no words and no address of people."""

import hashlib
import hmac
import json
import logging
import time
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.logging import wsgi_errors_stream

from marketplace.core import trace

# Liveness is asked every few seconds; only its failures are worth a line.
QUIET = frozenset({"health.healthz", "health.readyz"})
# How the last lines of an error begin that a statement has met.
_OF_DATABASE = ("sqlalchemy.", "psycopg.")
REFUSED = frozenset({400, 401, 403, 405, 409, 413, 415, 429})


class JsonLines(logging.Formatter):
    """Newlines, quotes and line separators of any script stay inside their string: no message forges a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line |= {"request": g.get("request_id"), "method": request.method, "endpoint": request.endpoint}
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """The stack; of what the database says only the first line, since the next ones quote values and whole rows."""
        told = traceback.TracebackException(*ei).format()
        return "".join(
            part.partition("\n")[0] + "\n" if part.startswith(_OF_DATABASE) else part for part in told
        )


def init_logs(app: Flask) -> None:
    """Names every request, sends the log to standard error as JSON lines, and writes one line an answer."""
    stream: Any = wsgi_errors_stream
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    app.logger.handlers = [handler]
    app.logger.setLevel(logging.INFO)
    app.logger.propagate = False

    # The first of all hooks: what other hooks refuse has its name already.
    @app.before_request
    def name_request() -> None:
        g.request_id = trace.begin()
        g.began = time.perf_counter()

    # Registered first, hence run last: the status is the one that is sent.
    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint not in QUIET or response.status_code >= 400:
            app.logger.log(_level(response.status_code), "answered", extra={"facts": _facts(response)})
        return response


def _level(status: int) -> int:
    if status >= 500:
        return logging.ERROR
    refused = status in REFUSED or (status == 404 and _actor_id() is not None)
    return logging.WARNING if refused else logging.INFO


def _facts(response: Response) -> dict[str, Any]:
    """Who got which answer from where: a refused access is found by its status, actor and ids."""
    return {
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        "actor": _actor_id(),
        # Only numbers: a token or a typed word in the address is nobody's business.
        "ids": {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)},
        "origin": origin_of(request.remote_addr or ""),
        "refusal": g.get("refusal"),
    }


def _actor_id() -> int | None:
    """The signed-in person, if this request has looked at all."""
    return g.signed_in.actor.user_id if "signed_in" in g else None


def origin_of(address: str) -> str:
    """The network address made unreadable: the same for the same address, useless to who finds the log."""
    return _unreadable(current_app.config["SECRET_KEY"], address)


@lru_cache(maxsize=1024)
def _unreadable(key: str, address: str) -> str:
    return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()[:12]
