"""The PostgreSQL that comes as a wheel: a server on a folder of ours, reached by a socket that only we can open.

Only the wheel's programs are used. Its Python would, for root, add a system user and open the folders above the
data to everybody.
"""

import hashlib
import os
import pwd
import re
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from launcher import datafolder
from launcher.datafolder import ADMIN, FAST_SHUTDOWN
from launcher.processes import Child
from launcher.words import CannotGoOn

OWNER = "titiktemu"  # role and database of the product; no superuser
# Longer socket paths are refused by the system (104 bytes on macOS); other characters would need escaping in addresses.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]{1,88}")
STARTING = 90.0  # seconds; recovery after a crash may take its time
KEPT = (
    "listen_addresses=",
    "timezone=UTC",
    "log_timezone=UTC",
    "unix_socket_permissions=0700",
    "max_connections=100",
)
# Tests let fifty press at once, in several processes.
THROW_AWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=400",
)


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
            datafolder.check(self.data)
            datafolder.end_leftover(self.data)
        else:
            datafolder.make(self.data, durable=self.durable)
        self._make_socket_folder()

    def server(self) -> Child:
        """The server as a program to keep."""
        command = [str(datafolder.programs() / "postgres"), "-D", str(self.data)]
        for setting in (
            f"unix_socket_directories={self.socket}",
            *KEPT,
            *(() if self.durable else THROW_AWAY),
        ):
            command += ["-c", setting]
        user = datafolder.user_for(self.data)
        return Child(
            "postgres", command, datafolder.calm_environment(), self.log, stop=FAST_SHUTDOWN, user=user
        )

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

    def tidy(self) -> None:
        """Removes the socket's folder, which may lie outside of ours."""
        with suppress(OSError):
            self.socket.rmdir()

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        socket = str(self.socket)
        return psycopg.connect(host=socket, user=ADMIN, dbname=ADMIN, autocommit=True, connect_timeout=5)

    def _make_socket_folder(self) -> None:
        folder, user = self.socket, datafolder.user_for(self.data)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            datafolder.give(folder, user)
        # In the shared temporary folder somebody else may have been there first, with a folder or a link.
        found = folder.lstat()
        wanted = os.geteuid() if user == "-" else pwd.getpwnam(user).pw_uid
        if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid != wanted:
            raise CannotGoOn(
                f"Folder {folder} bukan milik kita: hapus folder itu, atau pilih INSTANCE_DIR yang lebih pendek.",
                f"The folder {folder} is not ours: remove it, or choose a shorter INSTANCE_DIR.",
            )
