"""The commands of the application: one readable list."""

from flask import Flask

from marketplace.operation.migrating import db_upgrade
from marketplace.operation.routes import routes
from marketplace.operation.translating import check_translations, compile_translations
from marketplace.operation.working import worker
from marketplace.reference.cli import load_reference

COMMANDS = (db_upgrade, load_reference, routes, worker, check_translations, compile_translations)


def register_commands(app: Flask) -> None:
    """Adds every command to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
