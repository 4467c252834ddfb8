"""The security headers of every answer, in one place."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, request

from marketplace.web.actors import current_actor

# Bootstrap's own marks are data: images.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def headers_for(*, behind_proxy: bool) -> dict[str, str]:
    """What every answer carries; HSTS only where a proxy speaks https for us."""
    return {**ALWAYS, "Strict-Transport-Security": HSTS} if behind_proxy else ALWAYS


def static_headers(*, behind_proxy: bool) -> Callable[[Any, str, str], None]:
    """The same headers for files, which pass by Flask: a function for WhiteNoise."""
    wanted = headers_for(behind_proxy=behind_proxy)

    def add(headers: Any, path: str, url: str) -> None:
        for name, value in wanted.items():
            headers[name] = value

    return add


def init_headers(app: Flask) -> None:
    """Adds the headers to every answer; pages of signed-in people are never stored."""
    wanted = headers_for(behind_proxy=app.config["PROXY_HOPS"] > 0)

    @app.after_request
    def harden(response: Response) -> Response:
        # The class looks through all that is there for each name that it is asked for, and a view seldom set one of ours.
        own = {name.lower() for name, _ in response.headers}
        for name, value in wanted.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        if "cache-control" not in own:
            response.headers.add("Cache-Control", _caching(response.status_code))
        response.vary.add("Cookie")
        return response


def _caching(status: int) -> str:
    if request.method not in ("GET", "HEAD") or status >= 500:
        return "no-store"
    if not is_signed_in():
        return "public, no-cache"
    return "private, no-store"


def is_signed_in() -> bool:
    """Whether somebody is; asks the database only where a session cookie came."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies and current_actor().is_signed_in


def is_stranger() -> bool:
    """Whether nothing is known of who asks: all of them get the same page at an address."""
    return current_app.config["SESSION_COOKIE_NAME"] not in request.cookies


def keep_on_back(response: Response) -> Response:
    """For authoring pages: Back shows the text that was typed."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
