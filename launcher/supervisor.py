"""Keeps the product running: database, set-up steps, web server, worker, change-follower; stops them all together."""

import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from launcher import database, processes, ready, settings
from launcher.claims import check_port, only_one
from launcher.postgres import Cluster
from launcher.prepared import Stamp
from launcher.processes import Child, stop_all
from launcher.settings import Settings
from launcher.words import CannotGoOn, or_one_sentence, say

LOOKING = 0.2  # seconds
POLITE = 9.0  # seconds for gunicorn (graceful_timeout 8), worker and follower
POLITE_DATABASE = 3.0  # seconds; both together stay well under the 15 promised
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


class Asked(Exception):
    """Somebody wants everything to stop."""


class Watch:
    """Notices the order to stop: a signal, or the end of the pipe that the starter holds."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, *_signal: object) -> None:
        self.asked = True

    def look(self, seconds: float = LOOKING) -> None:
        """Waits a moment; raises Asked as soon as everything shall stop."""
        readable, _, _ = select.select([self.pipe], [], [], seconds)
        if self.asked or (readable and not os.read(self.pipe, 1)):
            raise Asked


class Supervisor:
    """The programs of one copy of the product."""

    def __init__(self, where: Settings, watch: Watch, env: Mapping[str, str]) -> None:
        self.where = where
        self.watch = watch
        self.record = where.instance / "run" / "processes.json"
        self.cluster: Cluster | None = None
        self.postgres: Child | None = None
        self.children: list[Child] = []
        self.inherited = env
        self.env: Mapping[str, str] = env

    def run(self) -> None:
        """Starts everything and keeps it until Asked."""
        processes.sweep(self.record, POLITE)
        self.env = self.where.environment(self.inherited, self.where.database_url or self._own_database())
        self._prepare()
        self.children = [
            self._child(
                "web", [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"]
            ),
            self._child("worker", [*FLASK, "worker"]),
            self._child("follower", [*FLASK, "follow-changes"]),
        ]
        for child in self.children:
            child.start()
        self._remember()
        self._wait_until_ready()
        ready.tell(self.where)
        while True:
            self.watch.look()
            self._revive()

    def stop(self) -> None:
        """Ends what runs, the database last."""
        stop_all(self.children, POLITE)
        if self.postgres:
            stop_all([self.postgres], POLITE_DATABASE)
        if self.cluster:
            self.cluster.tidy()
        self.record.unlink(missing_ok=True)

    def _own_database(self) -> str:
        instance = self.where.instance
        cluster = self.cluster = Cluster(instance / "postgres", instance / "log" / "postgres.log")
        if not cluster.data.exists():
            say("Menyiapkan PostgreSQL.", "Preparing PostgreSQL.")
            Stamp(instance).clear()
        cluster.prepare()
        self.postgres = cluster.server()
        self.postgres.start()
        self._remember()
        cluster.wait(self.postgres, self.watch.look)
        cluster.make_database()
        return cluster.url()

    def _prepare(self) -> None:
        """Migrations and reference data, unless our own database had them from this very code; then demonstration data."""
        stamp = Stamp(self.where.instance)
        # What others did to a database of theirs, no stamp of ours can know.
        if self.cluster and stamp.holds():
            return
        stamp.clear()
        pending = self.where.instance / "run" / "demo-pending"
        if self.where.demo and database.is_new(self.env["DATABASE_URL"]):
            pending.touch()
        self._step("db-upgrade", "Memperbarui basis data.", "Updating the database.")
        self._step("load-reference", "Memuat data rujukan.", "Loading reference data.")
        if self.where.demo and pending.exists():
            self._step("load-demo", "Memuat data demonstrasi.", "Loading demonstration data.")
        pending.unlink(missing_ok=True)
        self._step(
            "search-rebuild", "Menyusun indeks pencarian.", "Building the search index.", "--if-missing"
        )
        stamp.set()

    def _step(self, command: str, indonesian: str, english: str, *options: str) -> None:
        say(indonesian, english)
        step = self._child(command, [*FLASK, command, *options])
        self.children = [step]
        step.start()
        self._remember()
        while step.alive():
            self.watch.look(0.05)
        if step.code():
            raise CannotGoOn(
                f"`flask {command}` gagal; catatannya di {step.log or 'atas'}:\n{step.last_words()}",
                f"`flask {command}` failed; its log is {step.log or 'above'}.",
            )

    def _wait_until_ready(self) -> None:
        web = self.children[0]
        deadline = time.monotonic() + ready.LONGEST
        while (reason := ready.obstacle(self.where)) is not None:
            self.watch.look()
            if not web.alive() or time.monotonic() > deadline:
                raise CannotGoOn(
                    f"Server web belum siap ({reason}); catatannya di {web.log or 'atas'}:\n{web.last_words()}",
                    f"The web server did not become ready ({reason}); its log is {web.log or 'above'}.",
                )

    def _revive(self) -> None:
        revived = False
        for child in [*([self.postgres] if self.postgres else []), *self.children]:
            code = child.code()
            if child.revive(time.monotonic()):
                revived = True
                say(f"{child.name} berhenti (kode {code}) dan dimulai lagi.", f"{child.name} restarted.")
        if revived:
            self._remember()

    def _child(self, name: str, command: list[str]) -> Child:
        # A person's terminal shows the address and the sign-ins; a server's collector wants every line.
        log = None if self.where.production else self.where.instance / "log" / f"{name}.log"
        return Child(name, command, self.env, log)

    def _remember(self) -> None:
        everyone = [*([self.postgres] if self.postgres else []), *self.children]
        processes.remember(everyone, self.record)


def main() -> int:
    """The supervisor's life; argument 1 is the reading end of the starter's pipe."""
    watch = Watch(int(sys.argv[1]))
    where = settings.read(os.environ)
    with only_one(where.instance):
        check_port(where.host, where.port)
        supervisor = Supervisor(where, watch, os.environ)
        try:
            supervisor.run()
        except Asked:
            say("Menghentikan semuanya.", "Stopping everything.")
        finally:
            with suppress(KeyboardInterrupt):
                supervisor.stop()
    say("Selesai; tidak ada yang tertinggal.", "Done; nothing is left running.")
    return 0


if __name__ == "__main__":
    or_one_sentence(main)
