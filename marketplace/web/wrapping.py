"""Middleware around the application, put on in one place."""

from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask


def wrap(app: Flask, middleware: Callable[[WSGIApplication], WSGIApplication]) -> None:
    """Puts the middleware around what is there; the one wrapped last sees a request first."""
    # Flask documents that wsgi_app is there to be replaced, though it is declared as a method.
    wrapped: Any = middleware(app.wsgi_app)
    app.wsgi_app = wrapped  # type: ignore[method-assign]
