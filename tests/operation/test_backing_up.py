"""A backup brought back is the same site: every row, every file, and it is found; a damaged one brings nothing back."""

import json
from pathlib import Path

import pytest
from alembic import command
from flask import Flask

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.operation import migrating
from tests.architecture.access_world import build_world
from tests.operation.test_commands import refusal, run
from tests.privacy.walk import cells
from tests.support.clients import PageClient


@pytest.fixture
def world(committed: Flask) -> dict[str, object]:
    """A site in use, with files in its storage."""
    with committed.app_context():
        names = build_world()
        db.session.commit()
        db.session.remove()
    return names


def stored() -> dict[str, bytes]:
    pages = file_store().keys_before(clock.now().replace(year=2100))
    return {key: b"".join(file_store().read(key)) for page in pages for key in page}


def everything() -> list[tuple[str, str, str]]:
    db.session.rollback()
    return sorted(cells())


def backed_up(app: Flask, folder: Path) -> Path:
    told = run(app, ["back-up", str(folder)])
    assert told.exit_code == 0, told.output
    (made,) = folder.iterdir()
    return made


def test_every_row_and_file_comes_back(committed: Flask, empty: Flask, world, tmp_path: Path) -> None:
    with committed.app_context():
        made = backed_up(committed, tmp_path / "backups")
        rows, files = everything(), stored()
    assert made.stat().st_mode & 0o77 == 0
    assert len(files) > 5
    with empty.app_context():
        told = run(empty, ["restore", str(made)])
        assert told.exit_code == 0, told.output
        assert everything() == rows
        assert stored() == files
        assert world["listing"] in PageClient(empty).get("/peluang").text


def test_an_older_database_is_migrated(committed: Flask, empty: Flask, world, tmp_path: Path) -> None:
    with committed.app_context():
        command.downgrade(migrating.alembic_config(committed.config["SQLALCHEMY_DATABASE_URI"]), "-1")
        made = backed_up(committed, tmp_path / "backups")
        with db.engine.connect() as connection:
            assert not migrating.is_current(connection)
    with empty.app_context():
        told = run(empty, ["restore", str(made)])
        assert told.exit_code == 0, told.output
        assert PageClient(empty).get("/readyz").status_code == 200
        assert world["listing"] in PageClient(empty).get("/peluang").text


def test_what_is_damaged_brings_nothing_back(committed: Flask, empty: Flask, world, tmp_path: Path) -> None:
    with committed.app_context():
        made = backed_up(committed, tmp_path / "backups")
    manifest = made / "manifest.json"
    whole = manifest.read_text()
    with empty.app_context():
        for name in json.loads(whole)["files"]:
            kept = (made / name).read_bytes()
            (made / name).write_bytes(kept[:-1])
            assert "not as it was written" in refusal(empty, ["restore", str(made)])
            (made / name).write_bytes(kept)
        manifest.write_text("{}")
        assert "holds no backup" in refusal(empty, ["restore", str(made)])
        manifest.write_text(whole.replace('"public.users": ', '"public.users": 1'))
        assert everything() == []
        assert "rows that were counted" in refusal(empty, ["restore", str(made)])


def test_a_database_in_use_is_not_written_over(committed: Flask, world, tmp_path: Path) -> None:
    with committed.app_context():
        made = backed_up(committed, tmp_path / "backups")
        before = everything()
        assert "has tables already" in refusal(committed, ["restore", str(made)])
        assert everything() == before


def test_a_file_that_is_gone_is_told(committed: Flask, world, tmp_path: Path) -> None:
    with committed.app_context():
        key = next(key for key in stored() if not key.startswith("exports/") and "." not in key)
        file_store().delete(key)
        told = refusal(committed, ["back-up", str(tmp_path / "backups")])
    assert told == f"Error: 1 files are gone from the storage, as {key}."


def test_a_folder_that_cannot_be_written_is_one_sentence(committed: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with committed.app_context():
        assert "Not a directory" in refusal(committed, ["back-up", str(tmp_path / "file" / "backups")])
