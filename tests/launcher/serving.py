"""gunicorn with the shipped settings on a free port, in front of a few lines of WSGI."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from launcher.leash import leashed
from launcher.settings import ROOT
from tests.support.ports import free_port
from tests.support.times import PATIENCE

WORKERS, THREADS = 2, 4


def wait_for(port: int) -> None:
    """Returns when somebody listens."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing listens on port {port}")


@contextmanager
def running(command: list[str], folder: Path, port: int, **env: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, from when it listens until the block ends."""
    process = subprocess.Popen(
        leashed(command), cwd=folder, env={**os.environ, **env}, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def gunicorn(folder: Path, product: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Port and master process."""
    (folder / "product.py").write_text(product)
    port = free_port()
    settings = str(ROOT / "deploy" / "gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "-c", settings, "product:app"]
    where = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": str(WORKERS)}
    with running(command, folder, port, **where) as master:
        yield port, master
