"""What is done to every request before a view sees it."""

import uuid

from flask import Flask, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.core.text import has_bad_codepoints
from marketplace.web.wrapping import wrap


def init_requests(app: Flask) -> None:
    """Believes the configured proxies, names the request, turns away NUL and lone surrogates."""
    hops = app.config["PROXY_HOPS"]
    if hops:
        wrap(app, lambda application: ProxyFix(application, x_for=hops, x_proto=hops, x_host=hops))

    @app.before_request
    def name_request() -> None:
        g.request_id = uuid.uuid4().hex

    @app.before_request
    def turn_away_bad_codepoints() -> None:
        if has_bad_codepoints(request.path):
            abort(404)
        for name, values in request.args.lists():
            if has_bad_codepoints(name) or any(has_bad_codepoints(value) for value in values):
                abort(400)
