import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Connection

from marketplace.config import ROOT
from marketplace.extensions import db


def alembic_config(url: str) -> Config:
    """Alembic's settings for the database at that address."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the database at that address to a revision."""
    command.upgrade(alembic_config(url), revision)


def is_current(connection: Connection) -> bool:
    """Whether the database stands at the newest migration."""
    heads = set(ScriptDirectory(str(ROOT / "migrations")).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads


@click.command("db-upgrade")
@with_appcontext
def db_upgrade() -> None:
    """Migrate the database to the newest version."""
    with db.engine.connect() as connection:
        if is_current(connection):
            click.echo("database: current")
            return
    upgrade(current_app.config["SQLALCHEMY_DATABASE_URI"])
    click.echo("database: migrated")
