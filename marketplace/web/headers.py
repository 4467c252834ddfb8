"""The security headers of every answer, in one place."""

from typing import Any

from flask import Flask, Response, current_app, request
from flask_login import current_user

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


def add_static_headers(headers: Any, path: str, url: str) -> None:
    """The same headers for files, which pass by Flask."""
    for name, value in ALWAYS.items():
        headers[name] = value


def init_headers(app: Flask) -> None:
    """Adds the headers to every answer; pages of signed-in people are never stored."""

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if current_app.config["PROXY_HOPS"]:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _caching()
        response.vary.add("Cookie")
        return response


def _caching() -> str:
    if request.endpoint in ("healthz", "readyz") or request.method != "GET":
        return "no-store"
    if not is_signed_in():
        return "public, no-cache"
    return "private, no-store"


def is_signed_in() -> bool:
    """Whether somebody is; asks the database only where a session cookie came."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies and current_user.is_authenticated


def keep_on_back(response: Response) -> Response:
    """For authoring pages: Back shows the text that was typed."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response
