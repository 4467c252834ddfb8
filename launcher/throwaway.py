"""A PostgreSQL that lives as long as one command: quick, on a socket of its own, gone afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from launcher.datafolder import ADMIN
from launcher.leash import leashed
from launcher.postgres import Cluster
from launcher.processes import stop_all
from launcher.settings import ROOT
from launcher.words import say

STOPPING = 5.0  # seconds


@contextmanager
def database_url(env: Mapping[str, str]) -> Iterator[str]:
    """The address of a server on which databases may be made: TEST_DATABASE_URL, or a new one."""
    if env.get("TEST_DATABASE_URL"):
        yield env["TEST_DATABASE_URL"]
        return
    home = Path(tempfile.mkdtemp(prefix="titik-temu-")).resolve()
    cluster = Cluster(home, home / "postgres.log", durable=False)
    server = None
    try:
        # PostgreSQL of a root person is another user, who must pass through this folder to its own.
        home.chmod(0o711)
        cluster.prepare()
        server = cluster.server()
        server.start()
        cluster.wait(server)
        yield cluster.url(ADMIN, ADMIN)
    finally:
        if server:
            stop_all([server], STOPPING)
        cluster.tidy()
        shutil.rmtree(home, ignore_errors=True)


def run(command: list[str], env: Mapping[str, str]) -> int:
    """The exit code of the command; SIGTERM reaches it as Ctrl-C, so that it tidies up."""
    process = subprocess.Popen(leashed(command, stop=signal.SIGINT), cwd=ROOT, env=dict(env))

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        process.send_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, pass_on)
    # A Ctrl-C at the terminal reaches the command itself; we wait for it to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return process.wait()


def run_with_database(command: list[str], env: Mapping[str, str]) -> int:
    """The exit code of a command that finds TEST_DATABASE_URL set, and never the product's DATABASE_URL."""
    if not env.get("TEST_DATABASE_URL"):
        say("Menyiapkan PostgreSQL sementara.", "Preparing a PostgreSQL for this run.")
    with database_url(env) as url:
        own = {name: value for name, value in env.items() if name != "DATABASE_URL"}
        return run(command, {**own, "TEST_DATABASE_URL": url, "PYTHONPATH": os.fspath(ROOT)})
