"""The product under gunicorn with the shipped settings, on a database of its own, and bytes sent to it by hand."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from marketplace.config import ROOT
from tests.security.conftest import send
from tests.support.clients import TOKEN, PageClient
from tests.support.ports import free_port
from tests.support.times import PATIENCE

SECRET = "only-for-tests-only-for-tests-only-for-tests"


@dataclass(frozen=True)
class Live:
    """Where it listens, and an application on the same database and key for making rows and cookies."""

    port: int
    app: Flask
    log: Path

    def browser(self, persona: str) -> PageClient:
        """A signed-in browser on the application beside it; its cookie is good on the port too."""
        with self.app.app_context():
            return PageClient(self.app).sign_in(persona)


@contextmanager
def running(url: str, folder: Path, app: Flask) -> Iterator[Live]:
    """The product from when it is ready until the block ends."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in ("BASE_URL", "PROXY_HOPS")}
    where = {
        "DATABASE_URL": url, "INSTANCE_DIR": str(folder), "PORT": str(port), "DEMO": "0", "APP_ENV": "development",
        "SECRET_KEY": SECRET, "WEB_CONCURRENCY": "2", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"]
    log = folder / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env={**kept, **where}, stderr=written, stdout=written)
        try:
            _wait(port, log)
            yield Live(port, app, log)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with (
            suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE),
        ):
            return
        time.sleep(0.2)
    pytest.fail(f"not ready:\n{log.read_text()[-3000:]}")


def posting(browser: PageClient, path: str, fields: dict[str, str], *, on: str | None = None) -> bytes:
    """One POST of the form as the wire has it, with the token of the page."""
    page = send(browser, "GET", on or path)
    found = TOKEN.search(page.text)
    assert found, f"no form on {on or path}: {page.status_code}"
    body = urlencode({"csrf_token": found[1], **fields}).encode()
    return head("POST", path, browser, "application/x-www-form-urlencoded", len(body)) + body


def head(method: str, path: str, browser: PageClient, kind: str, length: int) -> bytes:
    """The head of a request with the browser's cookies."""
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.raw._cookies.values())
    lines = [
        f"{method} {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", f"Content-Type: {kind}",
        f"Content-Length: {length}", "Connection: close", "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def together(port: int, requests: list[bytes]) -> list[bytes]:
    """Sends each on a socket of its own, all but the last byte first, then all last bytes; the answers in order."""
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _request in requests]
    try:
        for each, request in zip(sockets, requests, strict=True):
            each.sendall(request[:-1])
        time.sleep(0.5)
        for each, request in zip(sockets, requests, strict=True):
            each.sendall(request[-1:])
        return [whole(each) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def whole(each: socket.socket) -> bytes:
    pieces = []
    with suppress(ConnectionResetError):
        while piece := each.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


def status_of(answer: bytes) -> int:
    """The status of an answer as it came over the wire; 0 for none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


EDGE = "-----------------------------edge"


def multipart(
    fields: dict[str, object], file: bytes, *, name: str = "attachment", filename: str = "studi.pdf"
) -> bytes:
    """The body of a form with a file, as a browser writes it."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    parts.append(f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n')
    return "".join(parts).encode() + file + f"\r\n--{EDGE}--\r\n".encode()


MULTIPART = f"multipart/form-data; boundary={EDGE}"
