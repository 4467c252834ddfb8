"""Every way to say no, as a page in the reader's language; never a stack, a path or SQL."""

import errno
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, g, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from marketplace.core.refusal import Conflict, Forbidden, NotFound, Refusal
from marketplace.extensions import db
from marketplace.web.access import visitors_page, wanted_path
from marketplace.web.actors import current_actor, forget_actor
from marketplace.web.formats import tanggal, waktu
from marketplace.web.held import held_form
from marketplace.web.requests import referring_path

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]
OWN_PAGES = frozenset({400, 403, 404, 409, 410, 413, 429, 500, 503})
# Their page says as much as their sentence.
UNNAMED = (NotFound, Forbidden, Conflict)
GONE = (OperationalError, InterfaceError, PoolTimeout)
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
AGAIN_AFTER = "30"  # seconds


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
        return waktu(value)
    return tanggal(value) if isinstance(value, date) else value


def init_errors(app: Flask) -> None:
    """Registers one handler a kind of failure."""
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(CSRFError, show_csrf)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(Exception, show_failure)


def show_refusal(refusal: Refusal) -> Answer:
    """The sentence of the refusal under its own status."""
    g.refusal = type(refusal).__name__
    text = None if type(refusal) in UNNAMED else sentence(refusal)
    if refusal.status in (429, 503):
        after = str(refusal.params.get("seconds", AGAIN_AFTER))
        return *_page(refusal.status, text, retry_after=after), {"Retry-After": after}
    return _page(refusal.status, text)


def show_csrf(_error: CSRFError) -> Answer:
    """A form whose token is missing or of another session; says how to go on."""
    g.refusal = "FormToken"
    page = visitors_page(current_app.view_functions.get(request.endpoint or ""))
    if page is not None and current_actor().is_signed_in:
        text = _(
            "Formulir ini tidak dapat diterima. Anda sudah masuk, mungkin di tab lain: lanjutkan saja dari sini."
        )
        return _page(400, text, on_url=url_for(page, next=wanted_path(request.form.get("next"))))
    return held_form() or _page(
        400,
        _(
            "Formulir ini tidak dapat diterima. Buka lagi halamannya, lalu kirim sekali lagi; isian Anda belum tersimpan."
        ),
    )


def show_http(error: HTTPException) -> Any:
    """The page of an HTTP status; redirects and ready answers pass through."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    cause = getattr(error, "original_exception", None)
    if cause is not None:
        # It came after the view: at the one commit, or while the answer was finished.
        return show_failure(cause)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return *_page(error.code, None), headers


def show_failure(error: Exception) -> Answer:
    """What nobody expected: unavailability where the database or the disk is the cause, else ours (500)."""
    if isinstance(error, GONE) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return _unavailable("database unavailable", error)
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return _unavailable("disk full", error)
    current_app.logger.error("unexpected failure", exc_info=error)
    _let_go()
    return _page(500, None)


def _unavailable(what: str, error: Exception) -> Answer:
    """503, and when to try again."""
    current_app.logger.error("%s: %s", what, type(error).__name__)
    g.refusal = type(error).__name__
    _let_go()
    return *_page(503, None), {"Retry-After": AGAIN_AFTER}


def _let_go() -> None:
    # The page about it asks the database nothing; what was half done is rolled back, and what was announced is not true.
    forget_actor()
    db.session.remove()
    session.pop("_flashes", None)


def _page(status: int, text: str | None, **more: Any) -> tuple[str, int]:
    name = f"errors/{status}.html" if status in OWN_PAGES else "errors/other.html"
    return render_template(name, status=status, text=text, back_url=_back_url(), **more), status


def _back_url() -> str | None:
    """The page of this site from which the form was sent, for going on from there."""
    return referring_path() if request.method == "POST" else None
