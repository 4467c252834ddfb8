"""Every way to say no, as a page in the reader's language; never a stack, a path or SQL."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from marketplace.core.refusal import Refusal
from marketplace.extensions import db
from marketplace.web.actors import forget_actor
from marketplace.web.formats import tanggal, waktu

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]
OWN_PAGES = frozenset({400, 403, 404, 409, 410, 413, 429, 500, 503})
ZONE = "Asia/Jakarta"


def sentence(refusal: Refusal) -> str:
    """The refusal's text, its moments and days written out for the reader."""
    template = str(refusal.message)
    return (
        template % {name: _written(value) for name, value in refusal.params.items()}
        if refusal.params
        else template
    )


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return waktu(value, ZONE)
    return tanggal(value) if isinstance(value, date) else value


def init_errors(app: Flask) -> None:
    """Registers one handler a kind of failure."""
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(CSRFError, show_csrf)
    app.register_error_handler(HTTPException, show_http)
    for gone in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(gone, show_unavailable)
    app.register_error_handler(DBAPIError, show_database_error)
    app.register_error_handler(Exception, show_failure)


def show_refusal(refusal: Refusal) -> Answer:
    """The sentence of the refusal under its own status."""
    return _page(refusal.status, sentence(refusal))


def show_csrf(_error: CSRFError) -> Answer:
    """A form whose token is missing or of another session; says how to go on."""
    return _page(
        400,
        _(
            "Formulir ini tidak dapat diterima. Buka lagi halamannya, lalu kirim sekali lagi; isian Anda belum tersimpan."
        ),
    )


def show_http(error: HTTPException) -> Any:
    """The page of an HTTP status; redirects and ready answers pass through."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return *_page(error.code, None), headers


def show_unavailable(error: Exception) -> Answer:
    """The database cannot be reached: 503, and when to try again."""
    current_app.logger.error("database unavailable: %s", type(error).__name__)
    forget_actor()
    db.session.remove()
    return *_page(503, None), {"Retry-After": "30"}


def show_database_error(error: DBAPIError) -> Answer:
    """A connection that was cut is unavailability; everything else is ours."""
    return show_unavailable(error) if error.connection_invalidated else show_failure(error)


def show_failure(error: Exception) -> Answer:
    """An unexpected failure: logged with its stack, told without."""
    current_app.logger.error("unexpected failure", exc_info=error)
    forget_actor()
    db.session.rollback()
    return _page(500, None)


def _page(status: int, text: str | None) -> tuple[str, int]:
    if request.path.startswith("/api/"):
        return text or str(status), status
    name = f"errors/{status}.html" if status in OWN_PAGES else "errors/other.html"
    return render_template(name, status=status, message=text, back_url=_back_url()), status


def _back_url() -> str | None:
    """The page of this site from which the form was sent, for going on from there."""
    parts = urlsplit(request.referrer or "")
    return parts.path if request.method == "POST" and parts.netloc == request.host else None
