"""gunicorn with the product's settings, and how much processor time it and its database have used."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

import psutil

from marketplace.config import ROOT

_LONGEST_START = 60.0


@dataclass
class Server:
    """One running application."""

    port: int
    process: psutil.Process
    log: IO[bytes]
    database: str = ""

    def cpu(self) -> float:
        """Seconds of processor time of its processes so far, its database sessions' included."""
        own = [self.process, *self.process.children(recursive=True)]
        return sum(_cpu(each) for each in own) + sum(_cpu(each) for each in _backends(self.database))

    def memory(self) -> float:
        """Megabytes that its largest process has for itself, so without what processes share."""
        return max(each.memory_full_info().uss for each in self.process.children(recursive=True)) / 1_000_000

    def last_words(self) -> str:
        """Why it failed last: the stack of its newest failure, or the end of its log."""
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").splitlines()
        stacks = [json.loads(line)["stack"] for line in lines if line.startswith("{") and '"stack"' in line]
        return stacks[-1] if stacks else "\n".join(lines[-20:])


@contextmanager
def serving(module: str, env: dict[str, str], database: str = "") -> Iterator[Server]:
    """The application of that module on a free port of this machine."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", module]
    settings = {**env, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "2"}
    with TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            if not _answers(process, port):
                log.seek(0)
                raise SystemExit(f"{module} did not start:\n{log.read().decode()[-2000:]}")
            yield Server(port, psutil.Process(process.pid), log, database)
        finally:
            process.terminate()
            process.wait(20)


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    deadline = time.monotonic() + _LONGEST_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/nowhere")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _backends(database: str) -> list[psutil.Process]:
    """PostgreSQL's processes that serve this database; they carry its name in their title."""
    if not database:
        return []
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        title = " ".join(process.info["cmdline"] or ())
        if title.startswith("postgres:") and f" {database} " in title and process.pid != os.getpid():
            found.append(process)
    return found
