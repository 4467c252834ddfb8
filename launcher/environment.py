"""Makes `.venv` what the lock files say, once, safely when two commands start together; then runs a command in it."""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.leash import leashed
from launcher.words import CannotGoOn, or_one_sentence, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
COMMANDS = {
    "run": ("run", "launcher.starter"),
    "test": ("dev", "launcher.testing"),
    "bench": ("dev", "launcher.benching"),
    "check": ("dev", "launcher.checking"),
    "mutate": ("dev", "launcher.mutating"),
    "lock": ("dev", "launcher.locking"),
}


def main(argv: list[str]) -> None:
    """Prepares `.venv` for the command and becomes that command."""
    or_one_sentence(lambda: _hand_over(argv))


def _hand_over(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        raise CannotGoOn(
            f"Perintah yang ada: {', '.join(COMMANDS)}.", f"The commands are: {', '.join(COMMANDS)}."
        )
    level, module = COMMANDS[argv[0]]
    # Who asked, noted before a long installation: it may be gone by the time that the product starts.
    asking = [str(os.getppid())] if argv[0] == "run" else []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        Environment(VENV, LOCKS).ensure(level)
    except OSError as error:
        raise _folder_trouble(error) from error
    python = str(VENV / "bin" / "python")
    command = [python, "-m", module, *asking, *argv[1:]]
    os.execve(python, command, {**os.environ, "PYTHONPATH": str(ROOT)})


def _folder_trouble(error: OSError) -> CannotGoOn:
    return CannotGoOn(
        f"Folder {ROOT} tidak bisa ditulisi ({error.strerror}): pindahkan salinan ini ke folder milik Anda, "
        "atau beri izin tulis, lalu ulangi.",
        f"The folder {ROOT} cannot be written ({error.strerror}): move this copy to a folder of yours, "
        "or allow writing, and try again.",
    )


class Environment:
    """A virtual environment and the stamp that says which lock it fulfils."""

    def __init__(self, folder: Path, locks: dict[str, Path]) -> None:
        self.folder = folder
        self.locks = locks
        self.python = folder / "bin" / "python"
        self.stamp = folder / "titik-temu.json"
        self.unfinished = folder / "unfinished"

    def ensure(self, level: str) -> None:
        """Returns when everything that `level` needs is installed."""
        if self.fulfils(level):
            return
        with self._alone():
            if not self.fulfils(level):
                self._build(level)

    def fulfils(self, level: str) -> bool:
        """Whether the last finished installation was of today's lock, here, and its Python still exists."""
        return self.python.exists() and self._kept().get(level) == self._digest(level)

    def _kept(self) -> dict[str, str]:
        try:
            kept = json.loads(self.stamp.read_text())
        except (OSError, ValueError):
            return {}
        # A virtual environment holds absolute paths: a moved folder needs a new one.
        return kept if kept.get("folder") == str(self.folder) else {}

    def _digest(self, level: str) -> str:
        return hashlib.sha256(self.locks[level].read_bytes()).hexdigest()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self.folder.with_name(self.folder.name + ".lock")
        with lock.open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(
                    "Perintah lain sedang menyiapkan .venv; menunggu.",
                    "Another command is preparing .venv; waiting.",
                )
                fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _build(self, level: str) -> None:
        started = time.monotonic()
        kept = self._kept() if self.python.exists() else {}
        if not kept:
            self._create()
        repair = self.unfinished.exists()
        self.unfinished.touch()
        self._install(level, repair=repair)
        # The development lock is the runtime lock and more, with the same versions.
        done = {"folder": str(self.folder), level: self._digest(level)}
        if level == "dev":
            done["run"] = self._digest("run")
        self._write_stamp(done)
        self.unfinished.unlink(missing_ok=True)
        say(f"Siap dalam {time.monotonic() - started:.0f} detik.", "Environment ready.")

    def _write_stamp(self, content: dict[str, str]) -> None:
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps(content))
        fresh.replace(self.stamp)

    def _create(self) -> None:
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            raise CannotGoOn(
                f"Python ini tidak membawa modul venv: pasang dengan `sudo apt install python{version}-venv`, "
                "lalu ulangi.",
                f"This Python lacks the venv module: install it with `sudo apt install python{version}-venv`, "
                "then try again.",
            )
        if self.folder.exists():
            say(
                "Penyiapan sebelumnya belum selesai; diulang.", "An earlier set-up is unfinished; redoing it."
            )
            shutil.rmtree(self.folder)
        say(
            "Menyiapkan Python (.venv), sekali saja, sekitar satu menit.",
            "Preparing Python (.venv), once, about a minute.",
        )
        self._run([sys.executable, "-m", "venv", str(self.folder)])

    def _install(self, level: str, *, repair: bool) -> None:
        lock = self.locks[level]
        total = lock.read_text().count("==")
        say(f"Memasang {total} pustaka dari {lock.name}.", f"Installing {total} libraries.")
        command = [str(self.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--no-deps", "--require-hashes", "--progress-bar", "off", "-r", str(lock)]
        # A stopped installation may have left a package in halves that pip takes for whole.
        self._run([*command, "--force-reinstall"] if repair else command, total=total)

    def _run(self, command: list[str], total: int = 0) -> None:
        log = self.folder.with_name(self.folder.name + ".log")
        with log.open("w") as kept, _output_of(command) as lines:
            collected = 0
            for line in lines:
                kept.write(line)
                if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
                    collected += 1
                    if collected % 10 == 0:
                        say(f"  {collected}/{total}")
                elif line.startswith("Installing collected"):
                    say("  mengurai berkas", "unpacking")
        log.unlink()


@contextmanager
def _output_of(command: list[str]) -> Iterator[Iterator[str]]:
    """The lines that a command prints; it ends with us, and its failure is a sentence."""
    process = subprocess.Popen(
        leashed(command),
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    last: list[str] = []
    try:
        yield _remembering(process, last)
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
    if process.returncode:
        raise CannotGoOn(
            "Pemasangan pustaka gagal; rinciannya di .venv.log. Periksa sambungan internet dan ruang disk, "
            f"lalu ulangi. Pesan terakhir: {' '.join(last)}",
            "Installing failed; details are in .venv.log. Check the network and the disk space, and try again.",
        )


def _remembering(process: "subprocess.Popen[str]", last: list[str]) -> Iterator[str]:
    for line in process.stdout or ():
        if line.startswith("ERROR"):
            last[:] = [line.strip()]
        yield line
