"""Middleware around the application, put on in one place."""

from collections.abc import Callable
from wsgiref.types import WSGIApplication

from flask import Flask


def wrap(app: Flask, middleware: Callable[[WSGIApplication], WSGIApplication]) -> None:
    """Puts the middleware around what is there; the one wrapped last sees a request first."""
    # Flask documents that wsgi_app is there to be replaced, though it is declared as a method.
    app.wsgi_app = middleware(app.wsgi_app)  # type: ignore[method-assign]
