"""Everything that cannot be made anew, in one folder: the database as of one moment, and the stored files."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Connection, TableClause, func, select, table, text

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files.refusals import StorageUnavailable
from marketplace.files.storage import file_store
from marketplace.operation import postgres_programs

DUMP = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"
_TABLES = text(
    """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
    """
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows by table, and the SHA-256 of each file by its path in the folder."""

    made_at: str
    rows: dict[str, int]
    files: dict[str, str]


@click.command("back-up")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def back_up(folder: Path) -> None:
    """Write a backup into a new folder below FOLDER; the site goes on working meanwhile."""
    now = clock.now()
    target = folder / f"{now:%Y%m%dT%H%M%SZ}"
    try:
        manifest, missing = make_backup(target, now=now)
    except (postgres_programs.ProgramFailed, StorageUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{target}: {sum(manifest.rows.values())} rows, {len(manifest.files) - 1} files.")
    if missing:
        raise click.ClickException(f"{len(missing)} files are gone from the storage, as {missing[0]}.")


def make_backup(target: Path, *, now: datetime) -> tuple[Manifest, list[str]]:
    """Its manifest, and the keys of files that rows name but the storage lacks. Readable by its owner only.

    The database first: a file is stored before its row is committed and swept a day after the row is gone, so whatever
    the rows name is copied afterwards. Under another name until it is whole. Raises ProgramFailed or OSError.
    """
    half = target.with_name(target.name + ".part")
    (half / FILES).mkdir(mode=0o700, parents=True)
    half.chmod(0o700)
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        rows, named = count_rows(connection), _named_files(connection)
        _dump(connection, half / DUMP)
    files = {f"{FILES}/{key}": _copy(key, half / FILES / key) for key in _stored_keys(now)}
    missing = sorted(key for key in named if f"{FILES}/{key}" not in files)
    manifest = Manifest(now.isoformat(), rows, {DUMP: digest_of(half / DUMP)} | files)
    (half / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
    half.rename(target)
    return manifest, missing


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table of the database has."""
    names = connection.execute(_TABLES).all()
    return {f"{schema}.{name}": _count(connection, table(name, schema=schema)) for schema, name in names}


def _count(connection: Connection, counted: TableClause) -> int:
    return connection.scalar(select(func.count()).select_from(counted)) or 0


def server_version(connection: Connection) -> int:
    """The major version of the server."""
    return int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000


def _dump(connection: Connection, path: Path) -> None:
    """The same moment that the rows were counted at."""
    snapshot: Any = connection.scalar(text("SELECT pg_export_snapshot()"))
    postgres_programs.run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}",
        url=current_app.config["SQLALCHEMY_DATABASE_URI"], server=server_version(connection),
    )  # fmt: skip


def _named_files(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT storage_key FROM blobs")))


def _stored_keys(now: datetime) -> Iterator[str]:
    """Those that the dump may name: put there before it ended, whatever the two clocks say of each other."""
    for keys in file_store().keys_before(now + timedelta(days=1)):
        yield from keys


def _copy(key: str, path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in file_store().read(key):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
