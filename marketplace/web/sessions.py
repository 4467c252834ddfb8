"""Sessions in a signed cookie, as Flask keeps them."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Makes no signer for requests that brought nothing signed: most."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies and app.secret_key:
            return self.session_class()
        return super().open_session(app, request)


def init_sessions(app: Flask) -> None:
    """Before a request is taken."""
    app.session_interface = Sessions()
