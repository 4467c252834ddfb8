"""A whole site on a database of its own (server, worker, follower) and a real browser in front of it."""

import email
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from flask_security.utils import hash_password
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from marketplace.app import create_app
from marketplace.config import ROOT
from tests.conftest import test_settings
from tests.personas import PASSWORD, PEOPLE
from tests.support.databases import drop, make_from_template

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """Where the running site is."""

    address: str
    database_url: str
    folder: Path

    def mails_to(self, address: str, *, containing: str = "", within: float = 20) -> list[EmailMessage]:
        """The mails that have arrived for that address, waiting for the first one."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = [
                mail for mail in self._mails() if mail["To"] == address and containing in str(mail["Subject"])
            ]
            if found:
                return found
            time.sleep(0.2)
        return []

    def _mails(self) -> list[EmailMessage]:
        files = sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime)
        return [email.message_from_bytes(file.read_bytes(), policy=modern) for file in files]  # type: ignore[misc]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product as it runs for people, with the personas of the tests in it."""
    folder = tmp_path_factory.mktemp("site")
    url = make_from_template(server_url)
    _hash_passwords(url, folder)
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("BASE_URL", "PROXY_HOPS", "FLASK_APP")},
        "DATABASE_URL": url, "INSTANCE_DIR": str(folder), "PORT": str(port), "APP_ENV": "development", "DEMO": "0",
        "BASE_URL": f"http://127.0.0.1:{port}", "WEB_CONCURRENCY": "1",
    }  # fmt: skip
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    commands = [
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-b",
            f"127.0.0.1:{port}",
            "--threads",
            "4",
            "--no-control-socket",
            "wsgi:app",
        ],
        [*flask, "worker"],
        [*flask, "follow-changes"],
    ]
    with (folder / "log").open("wb") as log:
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            _wait_until_ready(port, folder)
            yield Site(f"http://127.0.0.1:{port}", url, folder)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(15)
            drop(url)


def _hash_passwords(url: str, folder: Path) -> None:
    app = create_app(
        {
            **test_settings(url, folder),
            "SECURITY_PASSWORD_HASH": "argon2",
            "SECURITY_PASSWORD_SINGLE_HASH": False,
        }
    )
    with app.app_context():
        hashed = hash_password(PASSWORD)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE users SET password = :hashed"), {"hashed": hashed})


def _wait_until_ready(port: int, folder: Path) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the site did not start:\n{(folder / 'log').read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a test process; skipped with a sentence where there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("CI is set and Chromium is missing: set CHROMIUM or put it on PATH")
        pytest.skip("no Chromium: set CHROMIUM=/path to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for one person: open_browser("investor", language="en", width=360)."""
    contexts: list[BrowserContext] = []

    def open_for(
        persona: str | None = None, *, language: str = "id", width: int = 1280, **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, locale="id-ID", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", _fail_on_console)
        if persona:
            sign_in(page, persona, language)
        return page

    yield open_for
    for context in contexts:
        context.close()


def _fail_on_console(message: Any) -> None:
    assert "Content Security Policy" not in message.text, message.text


def sign_in(page: Page, persona: str, language: str = "id") -> None:
    """Signs in by the form, as a person does."""
    page.goto("/en/masuk" if language == "en" else "/masuk")
    fill_sign_in(page, persona)


def fill_sign_in(page: Page, persona: str) -> None:
    """Fills and sends the sign-in form that is open."""
    page.fill("input[name=email]", PEOPLE[persona].email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
