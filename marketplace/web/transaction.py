"""One commit a request, here and nowhere else."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request

from marketplace.connections import READERS
from marketplace.extensions import db

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def init_transactions(app: Flask) -> None:
    """Commits after a successful POST; everything else is rolled back. What only reads has written nothing, and its
    session is closed with the request."""

    @app.after_request
    def finish(response: Response) -> Response:
        if request.method in READERS:
            return response
        if request.method in CHANGING and response.status_code < 400 and not g.get("nothing_to_keep"):
            db.session.commit()
        else:
            db.session.rollback()
        return response


def keep_nothing() -> None:
    """Marks a request whose answer is a page with errors: what it wrote on the way is rolled back."""
    g.nothing_to_keep = True


def after_answer(response: Response, fact: Callable[..., Any], /, **arguments: Any) -> Response:
    """Writes an append-only fact in an own small transaction once the page is sent; never fails the page."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def write() -> None:
        with app.app_context():
            try:
                fact(**arguments)
                db.session.commit()
            except Exception:
                app.logger.exception("fact not written")

    response.call_on_close(write)
    return response
