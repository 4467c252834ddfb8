"""Indonesian at the root, English under /en: one URL map, two prefixes."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, g, has_request_context, request
from flask_babel import get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from marketplace.web.wrapping import wrap

LANGUAGES = ("id", "en")
PREFIX = "/en"
# Addresses for machines exist once.
ONLY_AT_ROOT = ("/api", "/healthz", "/readyz", "/static", "/sitemap.xml", "/robots.txt", "/.well-known")


class LanguagePrefix:
    """Moves /en from the path into SCRIPT_NAME, so that url_for and redirects prefix themselves."""

    def __init__(self, wsgi_app: WSGIApplication) -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == PREFIX or path.startswith(PREFIX + "/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = path[len(PREFIX) :] or "/"
        return self.wsgi_app(environ, start_response)


def get_language() -> str:
    """'en' under /en, else 'id'; outside a request 'id' (mail forces its reader's)."""
    return "en" if has_request_context() and request.script_root.endswith(PREFIX) else "id"


def get_other_language_url() -> str:
    """This page's path in the other language, its query kept."""
    query = f"?{quote(request.query_string, safe='=&%+')}" if request.query_string else ""
    prefix = "" if get_language() == "en" else PREFIX
    return f"{prefix}{get_path()}{query}"


def get_path() -> str:
    """This page's path without language prefix, quoted for use in an address."""
    return quote(request.path)


def _catalogue() -> Any:
    # Looking the catalogue up costs 31 us, a page has 150 labels: once a request and language.
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found


# Jinja's own are called through the page's context and copy it for every word.
@pass_eval_context
def _gettext(settings: EvalContext, text: str, /, **values: Any) -> str:
    return _filled(settings, _catalogue().gettext(text), values)


@pass_eval_context
def _ngettext(settings: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
    return _filled(settings, _catalogue().ngettext(one, many, number), {"num": number, **values})


def _filled(settings: EvalContext, found: str, values: dict[str, Any]) -> str:
    """Newstyle, as Jinja calls it: always a format string, its values escaped where the page is."""
    # Words of our own templates and catalogue.
    text = Markup(found) if settings.autoescape else found  # noqa: S704  # nosec B704
    return text % values if "%" in found else text


def init_language(app: Flask) -> None:
    """Binds templates' `_` to the request's catalogue and refuses machine addresses under /en."""
    app.jinja_env.globals |= {"_": _gettext, "gettext": _gettext, "ngettext": _ngettext}
    wrap(app, LanguagePrefix)

    @app.before_request
    def refuse_machine_addresses() -> None:
        if request.script_root.endswith(PREFIX) and request.path.startswith(ONLY_AT_ROOT):
            raise NotFound
