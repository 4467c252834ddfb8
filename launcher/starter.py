"""What stands in the foreground of `make run`: starts the supervisor and holds the pipe whose end stops it.

However this process ends, the pipe closes, and the supervisor, which lives in a session of its own, stops everything.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launcher import processes, settings
from launcher.words import CannotGoOn, or_one_sentence, say

LOOKING = 0.2  # seconds between two looks at the supervisor and at make
STOPPING = 14.0  # seconds that left-over programs get after a killed supervisor


def main() -> int:
    """Runs the product until a signal, the end of make (argument 1: its process id), or the end of the supervisor."""
    where = settings.read(os.environ)
    settings.make_instance(where.instance)
    reading, writing = os.pipe()
    held = HeldPipe(writing)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, held.let_go)
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "launcher.supervisor", str(reading)],
        pass_fds=[reading],
        start_new_session=True,
    )
    os.close(reading)
    _watch(supervisor, held)
    return _after(supervisor.returncode, held, where.instance / "run" / "processes.json")


class HeldPipe:
    """The writing end; letting go of it is the order to stop."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.asked = False

    def let_go(self, *_signal: object) -> None:
        """Closes the pipe; once is enough."""
        if not self.asked:
            self.asked = True
            os.close(self.end)


def _watch(supervisor: "subprocess.Popen[bytes]", held: HeldPipe) -> None:
    """Waits for the supervisor's end; passes on the end of make, which a killed make cannot tell."""
    parent = None
    if "MAKELEVEL" in os.environ:
        parent = int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid()
    while supervisor.poll() is None:
        if parent is not None and os.getppid() != parent:
            held.let_go()
        time.sleep(LOOKING)


def _after(code: int, held: HeldPipe, record: Path) -> int:
    if code >= 0:
        return code
    say(
        "Pengawas dihentikan paksa; menghentikan yang tersisa.",
        "The supervisor was killed; stopping what is left.",
    )
    processes.sweep(record, STOPPING)
    if held.asked:
        return 0
    raise CannotGoOn(
        "Titik Temu berhenti tak terduga: jalankan `make run` lagi.", "Stopped unexpectedly: run again."
    )


if __name__ == "__main__":
    or_one_sentence(main)
