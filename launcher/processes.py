"""Programs that the launcher keeps: each in a session of its own, ended as a group, remembered on disk."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from launcher.leash import leashed
from launcher.settings import ROOT

LOG_LIMIT = 10_000_000  # bytes; an older log is kept once beside it
LONGEST_PAUSE = 30.0  # seconds between two tries of a program that keeps ending
STEADY = 60.0  # seconds after which a program counts as well again


@dataclass
class Child:
    """One program: how it is started and stopped, and when it may be tried again."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    log: Path | None = None
    stop: signal.Signals = signal.SIGTERM
    user: str = "-"
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = field(default=0.0, init=False)
    started: float = field(default=0.0, init=False)
    ended: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Starts the program; its words go to its log, or to the terminal where it has none."""
        output = _opened(self.log) if self.log else None
        try:
            self.process = subprocess.Popen(
                leashed(self.command, stop=self.stop, user=self.user),
                cwd=ROOT,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
            )
        finally:
            if output:
                os.close(output)
        self.started, self.ended = time.monotonic(), 0.0

    def code(self) -> int | None:
        """None while it runs."""
        return self.process.poll() if self.process else None

    def alive(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """The polite signal, to the program itself: gunicorn and PostgreSQL tell their own children."""
        if self.alive() and self.process:
            self.process.send_signal(self.stop)

    def end(self) -> None:
        """Kills what is left of its group."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def revive(self, now: float) -> bool:
        """Starts an ended program again once its pause is over; True when it did. `now` is monotonic seconds."""
        if self.alive():
            return False
        if not self.ended:
            self.end()
            self.ended = now
            self.pause = 1.0 if now - self.started > STEADY else min(max(1.0, self.pause * 2), LONGEST_PAUSE)
        if now - self.ended < self.pause:
            return False
        self.start()
        return True

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for a sentence about why it would not start."""
        if not self.log or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _opened(log: Path) -> int:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def stop_all(children: Iterable[Child], within: float) -> None:
    """Asks all to stop, waits at most `within` seconds, then kills their groups."""
    asked = [child for child in children if child.process]
    for child in asked:
        child.ask_to_stop()
    deadline = time.monotonic() + within
    while any(child.alive() for child in asked) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in asked:
        child.end()


def remember(children: Iterable[Child], record: Path) -> None:
    """Writes down who runs, for the case that we are killed and cannot stop them ourselves."""
    rows = [
        {"pid": child.process.pid, "created": _created(child.process.pid), "stop": int(child.stop)}
        for child in children
        if child.process and child.alive()
    ]
    fresh = record.with_suffix(".new")
    fresh.write_text(json.dumps(rows))
    fresh.replace(record)


def _created(pid: int) -> float:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def sweep(record: Path, within: float) -> int:
    """Ends the programs that a killed supervisor left behind; answers how many were still there."""
    try:
        rows = json.loads(record.read_text())
    except (OSError, ValueError):
        return 0
    left = [row for row in rows if _still_the_same(row)]
    for row in left:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(row["pid"], row["stop"])
    deadline = time.monotonic() + within
    while any(_still_the_same(row) for row in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    for row in left:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(row["pid"], signal.SIGKILL)
    record.unlink(missing_ok=True)
    return len(left)


def _still_the_same(row: Mapping[str, float]) -> bool:
    """Process ids are used again: the time of birth tells."""
    try:
        program = psutil.Process(int(row["pid"]))
        return bool(
            program.status() != psutil.STATUS_ZOMBIE and abs(program.create_time() - row["created"]) < 1
        )
    except psutil.Error:
        return False
