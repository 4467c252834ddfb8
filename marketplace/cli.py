"""The commands of the application: one readable list."""

from flask import Flask

from marketplace.accounts.cli import create_staff
from marketplace.demo.cli import load_demo
from marketplace.operation.indexing import follow_changes, search_rebuild
from marketplace.operation.migrating import db_upgrade
from marketplace.operation.seeding import seed_synthetic
from marketplace.operation.translating import check_translations, compile_translations
from marketplace.operation.working import worker
from marketplace.reference.cli import load_reference

COMMANDS = (
    db_upgrade, load_reference, load_demo, create_staff, worker, follow_changes, search_rebuild, seed_synthetic,
    check_translations, compile_translations,
)  # fmt: skip


def register_commands(app: Flask) -> None:
    """Adds every command to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
