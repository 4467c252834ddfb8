"""Real processes: a tiny product under the real starter, supervisor and PostgreSQL. Whatever ends, nothing is left."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from launcher.settings import ROOT
from launcher.supervisor import POLITE, POLITE_DATABASE
from tests.support.ports import free_port
from tests.support.times import PATIENCE

LONGEST_STOP = 15.0  # seconds, as SECURITY row 15 promises
PRODUCT = """
import json, os, pathlib, signal, threading
import click
import psycopg
from flask import Flask

app = Flask(__name__)

def execute(statement):
    with psycopg.connect(os.environ["DATABASE_URL"].replace("+psycopg", "")) as connection:
        return connection.execute(statement)

@app.get("/readyz")
def readyz():
    execute("SELECT 1 FROM alembic_version")
    return "ready"

@app.cli.command("db-upgrade")
def upgrade():
    execute("CREATE TABLE IF NOT EXISTS alembic_version (v text)")

@app.cli.command("load-reference")
def reference():
    if os.environ.get("BREAK") == "reference":
        raise SystemExit("the reference data is torn")

@app.cli.command("load-demo")
def demo():
    account = {"persona": "moderator", "email": "m@example.com", "password": "rahasia", "organisation": "-", "role": "-"}
    folder = pathlib.Path(os.environ["INSTANCE_DIR"])
    (folder / "demo-accounts.json").write_text(json.dumps([account]))
    with (folder / "loads").open("a") as loads:
        loads.write("demo\\n")

@app.cli.command("search-rebuild")
@click.option("--if-missing", is_flag=True)
def rebuild(if_missing):
    assert if_missing

@app.cli.command("worker")
def worker():
    signal.signal(signal.SIGTERM, signal.SIG_IGN if os.environ.get("STUBBORN") else signal.SIG_DFL)
    threading.Event().wait()

@app.cli.command("follow-changes")
def follow():
    threading.Event().wait()
"""


class Copy:
    """One copy of the product in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.instance = folder / "instance"
        self.port = free_port()
        self.starter: subprocess.Popen[str] | None = None
        self.seen: list[psutil.Process] = []

    def start(self, *, below: tuple[str, ...] = (), **more: str) -> None:
        """Starts it, `below` another program if named."""
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MAKELEVEL")
        }
        env = {**inherited, "PORT": str(self.port), "INSTANCE_DIR": str(self.instance), **more}
        self.output = (self.folder / "output").open("w+")
        self.starter = subprocess.Popen(
            [*below, sys.executable, "-m", "launcher.starter"], cwd=self.folder, env={**env, "PYTHONPATH": str(self.folder)},
            stdout=self.output, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def said(self) -> str:
        return (self.folder / "output").read_text()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while "m@example.com" not in self.said():
            assert self.starter
            assert self.starter.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)
        self.seen = psutil.Process(self.starter.pid).children(recursive=True)

    def program(self, words: str) -> psutil.Process:
        return next(process for process in self.seen if words in " ".join(process.cmdline()))

    def left(self, within: float = LONGEST_STOP) -> list[str]:
        """What still runs of all that was started."""
        return [process.name() for process in psutil.wait_procs(self.seen, timeout=within)[1]]

    def end(self) -> int:
        """The starter's exit code, whatever became of the test."""
        assert self.starter
        with suppress(ProcessLookupError):
            self.starter.terminate()
        code = self.starter.wait(PATIENCE)
        psutil.wait_procs(self.seen, timeout=LONGEST_STOP)
        self.output.close()
        return code


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The launcher and a product of forty lines."""
    folder = tmp_path_factory.mktemp("copy")
    for part in ("launcher", "deploy"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    # gunicorn's own lines are formatted by the product.
    (folder / "marketplace").symlink_to(ROOT / "marketplace")
    (folder / "wsgi.py").write_text(PRODUCT)
    return folder


@pytest.fixture
def copy(folder: Path) -> Iterator[Copy]:
    """Started, and ended afterwards."""
    copy = Copy(folder)
    yield copy
    if copy.starter:
        copy.end()


def test_it_starts_tells_the_sign_ins_and_ends_at_sigterm(copy: Copy) -> None:
    copy.start()
    copy.wait_until_ready()
    assert f"http://localhost:{copy.port}" in copy.said()
    assert "rahasia" in copy.said()
    names = {process.name() for process in copy.seen}
    assert "postgres" in names
    assert len([process for process in copy.seen if "gunicorn" in " ".join(process.cmdline())]) == 3
    assert copy.end() == 0
    assert copy.left(0) == []
    assert not (copy.instance / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("victim", ["launcher.starter", "launcher.supervisor"])
def test_a_killed_starter_or_supervisor_leaves_nothing(copy: Copy, victim: str) -> None:
    copy.start()
    copy.wait_until_ready()
    assert copy.starter
    copy.seen.append(psutil.Process(copy.starter.pid))
    copy.program(victim).kill()
    copy.starter.wait(PATIENCE)
    assert copy.left() == []


def test_a_killed_make_leaves_nothing(copy: Copy) -> None:
    make = (sys.executable, "-c", "import subprocess, sys; subprocess.call(sys.argv[1:])")
    copy.start(below=make, MAKELEVEL="1")
    copy.wait_until_ready()
    assert copy.starter
    copy.starter.kill()
    assert copy.left() == []


def test_a_stubborn_program_is_ended_in_time(copy: Copy) -> None:
    assert POLITE + POLITE_DATABASE < LONGEST_STOP
    program = copy.folder / "launcher" / "supervisor.py"
    shipped = program.read_text()
    program.write_text(shipped.replace(f"POLITE = {POLITE} ", "POLITE = 1 "))
    copy.start(STUBBORN="1")
    copy.wait_until_ready()
    program.write_text(shipped)
    asked = time.monotonic()
    assert copy.end() == 0
    assert time.monotonic() - asked < LONGEST_STOP
    assert copy.left(0) == []


def test_killed_programs_come_back(copy: Copy) -> None:
    copy.start()
    copy.wait_until_ready()
    for victim in [copy.program(name) for name in ("follow-changes", "bin/postgres", "gunicorn")]:
        victim.kill()
    deadline = time.monotonic() + PATIENCE
    while copy.said().count("restarted") < 3 or not answers(copy.port):
        assert time.monotonic() < deadline, copy.said()
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


def test_a_second_start_on_the_same_instance_says_so_and_disturbs_nothing(copy: Copy) -> None:
    copy.start()
    copy.wait_until_ready()
    second = Copy(copy.folder)
    second.folder = copy.folder / "second"
    second.folder.mkdir(exist_ok=True)
    shutil.copytree(ROOT / "launcher", second.folder / "launcher", dirs_exist_ok=True)
    second.instance = copy.instance
    second.start()
    assert second.starter
    assert second.starter.wait(PATIENCE) == 1
    second.output.close()
    assert "already runs" in second.said()
    assert "Traceback" not in second.said()
    assert answers(copy.port)


def test_a_set_up_step_that_fails_is_told_and_ends_everything(copy: Copy) -> None:
    (copy.instance / "run" / "prepared").unlink(missing_ok=True)
    copy.start(BREAK="reference")
    assert copy.starter
    assert copy.starter.wait(PATIENCE) == 1
    assert "the reference data is torn" in copy.said()
    assert "Traceback" not in copy.said()
    assert not (copy.instance / "run" / "processes.json").exists()
    assert not (copy.instance / "postgres" / "data" / "postmaster.pid").exists()


def test_demonstration_data_is_loaded_once_and_an_interrupted_load_made_up_for(copy: Copy) -> None:
    loads, pending = copy.instance / "loads", copy.instance / "run" / "demo-pending"
    copy.start()
    copy.wait_until_ready()
    copy.end()
    assert not pending.exists()
    loads.write_text("")
    copy.start()
    copy.wait_until_ready()
    copy.end()
    assert loads.read_text() == ""
    # As a kill in the middle of the load leaves it.
    pending.touch()
    (copy.instance / "run" / "prepared").unlink()
    copy.start()
    copy.wait_until_ready()
    assert loads.read_text() == "demo\n"


def test_an_unchanged_product_is_not_set_up_again_and_a_changed_one_is(copy: Copy) -> None:
    copy.start()
    copy.wait_until_ready()
    copy.end()
    copy.start(BREAK="reference")
    copy.wait_until_ready()
    copy.end()
    migration = copy.folder / "migrations" / "0002_next.py"
    migration.parent.mkdir(exist_ok=True)
    migration.touch()
    copy.start(BREAK="reference")
    assert copy.starter
    assert copy.starter.wait(PATIENCE) == 1
    migration.unlink()


def test_a_killed_servers_data_is_taken_over(copy: Copy) -> None:
    """A computer that lost power leaves postmaster.pid, and its number may be another program's by now."""
    copy.start()
    copy.wait_until_ready()
    copy.end()
    note = copy.instance / "postgres" / "data" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{note.parent}\n0\n5432\n\n\n\nready\n")
    os.chown(note, note.parent.stat().st_uid, note.parent.stat().st_gid)
    copy.start()
    copy.wait_until_ready()
    assert answers(copy.port)
