"""The product as it runs for people (server, worker, follower), on a database of its own."""

import email
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as modern
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from marketplace.accounts.passwords import hash_new
from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.search.feeding import read_cursor
from marketplace.search.following import read
from marketplace.search.index import home_of
from tests.conftest import SECRET_KEY, test_settings
from tests.personas import PASSWORD
from tests.support.ports import free_port
from tests.support.second_factor import give_staff_codes
from tests.support.times import PATIENCE

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Site:
    """Where the running site is."""

    address: str
    database_url: str
    folder: Path

    def mails_to(self, address: str, *, containing: str = "", within: float = PATIENCE) -> list[EmailMessage]:
        """The mails that have arrived for that address, waiting for the first one; [] after `within` seconds."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = [
                mail for mail in self._mails() if mail["To"] == address and containing in str(mail["Subject"])
            ]
            if found:
                return found
            time.sleep(0.2)
        return []

    def link_in_mail_to(self, address: str, *, about: str) -> str:
        """The path of the newest such link (`about` is a part of it) that was sent to that address."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            links = [
                link
                for mail in self.mails_to(address)
                for link in LINK.findall(words_of(mail))
                if about in link
            ]
            if links:
                return links[-1].removeprefix(self.address)
            time.sleep(0.2)
        pytest.fail(f"no mail to {address} holds a link with {about}")

    @cache  # noqa: B019 - a site lives as long as the test process
    def application(self) -> Flask:
        """An application on the site's database and with its secret."""
        storage = (self.folder / "files").as_uri()
        return create_app({**test_settings(self.database_url, self.folder), "STORAGE_URL": storage})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For what a test puts on the site by itself: committed at the end of the block."""
        with self.application().app_context():
            try:
                yield
                db.session.commit()
            finally:
                db.session.remove()
                close_connections(db)

    def wait_for_index(self) -> None:
        """Until what was committed before can be searched: the index follows, held back by whatever runs beside."""
        newest = text("SELECT xid::text::bigint, id FROM changes ORDER BY xid DESC, id DESC LIMIT 1")
        home, until = home_of(self.folder), time.monotonic() + PATIENCE
        with self.writing():
            last = db.session.execute(newest).first() or (0, 0)
        while (cursor := read(read_cursor(home.current()))) and (cursor.xid, cursor.change_id) < tuple(last):
            assert time.monotonic() < until, self.log()
            time.sleep(0.1)

    def log(self) -> str:
        """The end of what its processes said."""
        return (self.folder / "log").read_text()[-3000:]

    def _mails(self) -> list[EmailMessage]:
        files = sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        read = (email.message_from_bytes(file.read_bytes(), policy=modern) for file in files)
        return [cast(EmailMessage, message) for message in read]


def words_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


@contextmanager
def running_site(url: str, folder: Path) -> Iterator[Site]:
    """Starts the three processes on that database and ends them afterwards."""
    _hash_passwords(url, folder)
    port = free_port()
    # Browsers know passkeys for the name localhost, not for a number.
    site = Site(f"http://localhost:{port}", url, folder)
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("PROXY_HOPS", "FLASK_APP")},
        "DATABASE_URL": url, "INSTANCE_DIR": str(folder), "PORT": str(port), "APP_ENV": "development", "DEMO": "0",
        "BASE_URL": site.address, "WEB_CONCURRENCY": "1", "STORAGE_URL": (folder / "files").as_uri(),
        "SECRET_KEY": SECRET_KEY,
    }  # fmt: skip
    (folder / "files").mkdir()
    python, flask = sys.executable, ["-m", "flask", "--app", "wsgi"]
    server = [
        "-m",
        "gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--no-control-socket",
        "wsgi:app",
    ]
    with (folder / "log").open("wb") as log:
        processes = [
            subprocess.Popen([python, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in (server, [*flask, "worker"], [*flask, "follow-changes"])
        ]
        try:
            _wait_until_ready(site)
            yield site
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(PATIENCE)


def _hash_passwords(url: str, folder: Path) -> None:
    """The personas' passwords as production keeps them: the site checks real hashes."""
    settings = {name: value for name, value in test_settings(url, folder).items() if "PASSWORD" not in name}
    with create_app(settings).app_context():
        hashed = hash_new(PASSWORD)
        give_staff_codes()
        db.session.remove()
        close_connections(db)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE users SET password = :hashed"), {"hashed": hashed})


def _wait_until_ready(site: Site) -> None:
    """Until it answers and its search index is there."""
    until = time.monotonic() + 2 * PATIENCE
    for path in ("/readyz", "/peluang"):
        while not _answers(site.address + path):
            if time.monotonic() > until:
                pytest.fail(f"the site did not start:\n{site.log()}")
            time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
