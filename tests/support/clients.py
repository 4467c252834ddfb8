"""A browser for tests: every page it gets is checked, every request has a context of its own."""

import contextvars
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.accounts import sign_ins
from marketplace.accounts.models import User
from marketplace.connections import close_connections
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.web.actors import hash_sid, new_sid
from tests.personas import PEOPLE
from tests.support.pages import check_page

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def _start_sign_in(persona: str) -> dict[str, Any]:
    """Commits a sign-in of the persona; what its cookie holds."""
    user = db.session.query(User).filter_by(email=PEOPLE[persona].email).one()
    sid = new_sid()
    # Staff prove a second factor; everybody else may do without.
    second = PEOPLE[persona].staff is not None
    now = clock.now()
    sign_ins.start(user_id=user.id, sid_hash=hash_sid(sid), agent="test", now=now, second_factor=second)
    db.session.commit()
    return {"_user_id": user.fs_uniquifier, "_fresh": True, "sid": sid}


def sign_in_cookie(app: Flask, persona: str) -> dict[str, str]:
    """Name and value of the cookie of a new sign-in, for a browser in front of another process."""
    with app.app_context():
        kept = _start_sign_in(persona)
        db.session.remove()
        close_connections(db)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": signer.dumps(kept)}


class PageClient:
    """Wraps Flask's client. `get`, `post` return its responses; `submit` posts with the page's own token."""

    def __init__(self, app: Flask, *, checks: bool = True) -> None:
        self.app = app
        self.checks = checks
        self.raw: FlaskClient = app.test_client()

    def sign_in(self, persona: str) -> "PageClient":
        """Signs the persona in by a row and a cookie, as the sign-in page would."""
        return self.take_over(_start_sign_in(persona))

    def take_over(self, kept: dict[str, Any]) -> "PageClient":
        """Goes on with the sign-in of another browser."""
        with self.raw.session_transaction() as cookie:
            cookie.update(kept)
        return self

    @property
    def kept(self) -> dict[str, Any]:
        """What the cookie holds, for `take_over`."""
        with self.raw.session_transaction() as cookie:
            return dict(cookie)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._send("GET", path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self._send("POST", path, data=data or {}, **options)

    def submit(
        self, path: str, data: dict[str, Any] | None = None, *, on: str | None = None, **options: Any
    ) -> TestResponse:
        """Posts a form as a person does: opens the page `on` (default: path), takes its token, sends."""
        page = self.get(on or path)
        found = TOKEN.search(page.text)
        assert found, f"no form token on {on or path} ({page.status_code})"
        return self.post(path, {"csrf_token": found.group(1), **(data or {})}, **options)

    def _send(self, method: str, path: str, **options: Any) -> TestResponse:
        # What the test wrote becomes visible, and what the page writes will be read anew.
        db.session.commit()
        fresh = contextvars.Context()
        response: TestResponse = fresh.run(self.raw.open, path, method=method, **options)
        fresh.run(response.close)
        db.session.expire_all()
        if (
            self.checks
            and response.mimetype == "text/html"
            and response.status_code not in (301, 302, 303, 307, 308)
        ):
            check_page(response.data, "en" if path.startswith("/en") else "id")
        return response
