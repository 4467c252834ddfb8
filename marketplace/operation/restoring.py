"""A backup brought back into an empty database and its storage, proven whole before and after."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.extensions import db
from marketplace.files.refusals import StorageUnavailable
from marketplace.files.storage import file_store
from marketplace.operation import postgres_programs
from marketplace.operation.backing_up import (
    DUMP,
    FILES,
    MANIFEST,
    Manifest,
    count_rows,
    digest_of,
    server_version,
)
from marketplace.operation.indexing import rebuild
from marketplace.operation.migrating import upgrade
from marketplace.search.index import home_of


class BackupDamaged(Exception):
    """The folder is no backup, or not the one that was written."""


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def restore(folder: Path) -> None:
    """Bring the backup in FOLDER back into an empty database, migrate it and build the search index."""
    try:
        manifest = read_manifest(folder)
        _check_empty()
        bring_back(folder, manifest)
    except (BackupDamaged, postgres_programs.ProgramFailed, StorageUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from error
    upgrade(current_app.config["SQLALCHEMY_DATABASE_URI"])
    rebuild(home_of(current_app.config["INSTANCE_DIR"]))
    click.echo(
        f"{sum(manifest.rows.values())} rows and {len(manifest.files) - 1} files as of {manifest.made_at}."
    )


def read_manifest(folder: Path) -> Manifest:
    """What the backup holds, each file looked at. Raises BackupDamaged."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise BackupDamaged(f"{folder} holds no backup: {MANIFEST} cannot be read.") from error
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise BackupDamaged(f"{path} is missing or not as it was written.")
    return manifest


def _check_empty() -> None:
    with db.engine.connect() as connection:
        if count_rows(connection):
            raise BackupDamaged("This database has tables already: name an empty one in DATABASE_URL.")


def bring_back(folder: Path, manifest: Manifest) -> None:
    """The files first, which may be put twice; then the database, all of it or nothing."""
    for name in manifest.files:
        if name != DUMP:
            with (folder / name).open("rb") as file:
                file_store().put(name.removeprefix(f"{FILES}/"), file)
    with db.engine.connect() as connection:
        server = server_version(connection)
    postgres_programs.run(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(folder / DUMP),
        url=current_app.config["SQLALCHEMY_DATABASE_URI"], server=server,
    )  # fmt: skip
    with db.engine.connect() as connection:
        if count_rows(connection) != manifest.rows:
            raise BackupDamaged(
                "The restored tables do not have the rows that were counted when the backup was made."
            )
