"""The commands of the application: one readable list."""

import copy
from functools import wraps
from typing import Any

import click
from flask import Flask
from psycopg.errors import UndefinedTable
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketplace.accounts.cli import create_staff
from marketplace.demo.cli import load_demo
from marketplace.matching.cli import match_refresh
from marketplace.operation.backing_up import back_up
from marketplace.operation.indexing import follow_changes, search_rebuild
from marketplace.operation.migrating import db_upgrade
from marketplace.operation.restoring import restore
from marketplace.operation.seeding import seed_synthetic
from marketplace.operation.translating import check_translations, compile_translations
from marketplace.operation.working import worker
from marketplace.reference.cli import load_reference

COMMANDS = (
    db_upgrade, load_reference, load_demo, create_staff, worker, follow_changes, search_rebuild, match_refresh,
    back_up, restore, seed_synthetic, check_translations, compile_translations,
)  # fmt: skip


def register_commands(app: Flask) -> None:
    """Adds every command to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(_with_sentences(command))


def _with_sentences(command: click.Command) -> click.Command:
    """The command, with what an operator can mend told in one sentence and exit code 1."""
    told, work = copy.copy(command), command.callback

    @wraps(work or command.invoke)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return work(*args, **kwargs) if work else None
        except OperationalError as error:
            why = " ".join(str(error.orig).split())
            raise click.ClickException(f"The database does not answer, see DATABASE_URL: {why}") from error
        except ProgrammingError as error:
            if not isinstance(error.orig, UndefinedTable):
                raise
            raise click.ClickException("The database lacks tables: run `flask db-upgrade` first.") from error

    told.callback = run
    return told
