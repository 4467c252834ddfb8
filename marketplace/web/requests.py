"""What is done to every request before a view sees it."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, abort, request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from marketplace.core.text import has_bad_codepoints
from marketplace.web.wrapping import wrap

View = TypeVar("View", bound=Callable[..., Any])
_ANY_TEXT = "takes_any_text"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class RowNumber(IntegerConverter):
    """`<int:id>` as the database counts: a larger number is no address, not a failing query."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**63 - 1)


class NamedParts(FormDataParser):
    """Refuses a form with a part that has no name: what reads the form takes every name for a text."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        stream, form, files = super().parse(*args, **kwargs)
        if any(name is None for name in (*form, *files)):
            raise BadRequest
        return stream, form, files


class OwnRequest(Request):
    form_data_parser_class = NamedParts


def init_requests(app: Flask) -> None:
    """Believes the configured proxies; turns away NUL, lone surrogates, and bodies that are no form's."""
    app.request_class = OwnRequest
    # The map's own redirects for doubled slashes would name whatever Host the client sent.
    app.url_map.merge_slashes = False
    app.url_map.converters["int"] = RowNumber
    hops = app.config["PROXY_HOPS"]
    if hops:
        wrap(app, lambda application: ProxyFix(application, x_for=hops, x_proto=hops, x_host=hops))

    @app.before_request
    def turn_away_bad_codepoints() -> None:
        if has_bad_codepoints(request.path):
            abort(404)
        if request.endpoint and getattr(app.view_functions[request.endpoint], _ANY_TEXT, False):
            return
        for name, values in request.args.lists():
            if has_bad_codepoints(name) or any(has_bad_codepoints(value) for value in values):
                abort(400)

    @app.before_request
    def take_forms_only() -> None:
        # A library would fill a form from JSON too, which no form token of a page has gone with.
        if request.method == "POST" and request.mimetype and request.mimetype not in FORMS:
            abort(415)

    @app.teardown_request
    def let_uploads_go(_error: BaseException | None) -> None:
        # Their temporary files take disk until somebody closes them.
        request.close()


def takes_any_text(view: View) -> View:
    """Marks a view that answers whatever stands in its query: it cleans what it shows and hands no text to the
    database, so a NUL is one more odd question."""
    setattr(view, _ANY_TEXT, True)
    return view


def referring_path() -> str | None:
    """The path (with language prefix) of this site's page that the request came from; None for anywhere else."""
    address = referring_address()
    return address.partition("?")[0] if address else None


def referring_address() -> str | None:
    """The same with its query."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if parts.netloc != request.host or not parts.path.startswith("/"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
