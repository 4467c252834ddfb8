"""A database of its own with N invented listings, their index, and somebody who is signed in."""

import logging
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from marketplace.accounts import sign_ins
from marketplace.accounts.models import User
from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.web.actors import hash_sid, new_sid

SEED = 2026
NAME = "Uji Kecepatan"
_PLAIN = {"DEMO": "0", "APP_ENV": "development"}
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


@dataclass(frozen=True)
class Prepared:
    """What the measurements run on; `seconds` tells how long each step of preparing took."""

    app: Flask
    env: dict[str, str]
    cookie: str
    slugs: list[str]
    seconds: dict[str, float]


@contextmanager
def prepared(server_url: str, env: dict[str, str], rows: int) -> Iterator[Prepared]:
    """Makes it all, and takes it away afterwards."""
    name = f"bench_{secrets.token_hex(4)}"
    administration = create_engine(server_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    try:
        with TemporaryDirectory(prefix="titik-temu-bench-") as folder:
            # The servers must know the cookie that is made here.
            key = secrets.token_urlsafe(48)
            own = {**env, "DATABASE_URL": url, "INSTANCE_DIR": folder, "SECRET_KEY": key} | _PLAIN
            seconds = _fill(own, rows)
            app = create_app(
                {
                    "SQLALCHEMY_DATABASE_URI": url,
                    "INSTANCE_DIR": Path(folder),
                    "SECRET_KEY": key,
                    "DEMO": False,
                }
            )
            app.logger.setLevel(logging.WARNING)
            with app.app_context():
                cookie, slugs = _signed_in(app), _some_slugs()
            yield Prepared(app, own, cookie, slugs, seconds)
            with app.app_context():
                db.engine.dispose()
    finally:
        with administration.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        administration.dispose()


def _fill(env: dict[str, str], rows: int) -> dict[str, float]:
    numbers = ["--opportunities", str(rows), "--partners", str(max(rows // 10, 10)), "--seed", str(SEED)]
    steps = {
        "migrate": ["db-upgrade"],
        "reference": ["load-reference"],
        "seed": ["seed-synthetic", "--no-index", *numbers],
        "index": ["search-rebuild"],
    }
    return {step: _run(env, command) for step, command in steps.items()}


def _run(env: dict[str, str], command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run([*FLASK, *command], cwd=ROOT, env=env, check=True, capture_output=True)
    return time.monotonic() - began


def _some_slugs() -> list[str]:
    """Addresses of a hundred open listings."""
    rows = db.session.execute(
        text(
            "SELECT slug FROM opportunities WHERE status = 'published' AND origin = 'posted' ORDER BY id LIMIT 100"
        )
    )
    return [row.slug for row in rows]


def _signed_in(app: Flask) -> str:
    """The cookie of a live sign-in, as the sign-in page would give it."""
    now, sid = clock.now(), new_sid()
    user = User(
        email="bench@example.com", name=NAME, language="id", password="x", active=True,
        fs_uniquifier="bench", confirmed_at=now, terms_version="1", terms_accepted_at=now,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    sign_ins.start(user_id=user.id, sid_hash=hash_sid(sid), agent="bench", now=now)
    db.session.commit()
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise SystemExit("no SECRET_KEY")
    value = serializer.dumps({"_user_id": user.fs_uniquifier, "_fresh": True, "sid": sid})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"
