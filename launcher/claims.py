"""What one copy must have for itself before it starts: its instance folder and its port."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.words import CannotGoOn


@contextmanager
def only_one(instance: Path) -> Iterator[None]:
    """Holds the instance for this supervisor; a second one is told so."""
    with (instance / "run" / "lock").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise CannotGoOn(
                f"Titik Temu sudah berjalan dengan {instance}: hentikan dahulu, atau jalankan salinan kedua dengan "
                "`make run PORT=8001 INSTANCE_DIR=./instance2`.",
                f"Titik Temu already runs on {instance}: stop it first, or run a second copy with "
                "`make run PORT=8001 INSTANCE_DIR=./instance2`.",
            ) from taken
        yield


def check_port(host: str, port: int) -> None:
    """The address is free, or a sentence says which other to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} tidak bisa dipakai ({error.strerror}): pilih yang lain, misalnya `make run PORT={port + 1}`.",
                f"Port {port} cannot be used ({error.strerror}): choose another, for example `make run PORT={port + 1}`.",
            ) from error
