"""Files that nothing leads to go after a day; all others stay. On a folder, as it is without an object store."""

import io
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.files import jobs, storage, sweeping
from marketplace.files.actions import store_upload
from marketplace.files.models import Blob
from marketplace.files.rules import page_key
from marketplace.files.storage import FileStore
from tests import personas
from tests.factories.interests import an_interest
from tests.files.samples import PDF
from tests.support.committed import committed

__all__ = ["committed"]

ORPHAN = "2026/02/" + "a" * 32


@pytest.fixture
def app(committed: Flask, tmp_path: Path) -> Iterator[Flask]:
    committed.extensions[storage._KEY] = FileStore("", tmp_path / "files")
    with committed.app_context():
        yield committed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def uploaded(now: datetime) -> Blob:
    return store_upload(io.BytesIO(PDF), "studi.pdf", actor=actor(), now=now)


def actor() -> Actor:
    return personas.actor(db.session.connection(), "investor")


def put(folder: Path, key: str, *, hours: float) -> None:
    """A stored file that was put there so many hours ago."""
    FileStore("", folder).put(key, io.BytesIO(PDF))
    age(folder / key, hours)


def age(path: Path, hours: float) -> None:
    at = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def linked(folder: Path) -> str:
    """The key of an old file that an interest leads to."""
    blob = uploaded(clock.now() - timedelta(days=9))
    an_interest(blob_id=blob.id)
    db.session.commit()
    age(folder / blob.storage_key, 9 * 24)
    return blob.storage_key


def test_what_a_lost_race_leaves_goes_after_a_day(app: Flask, folder: Path) -> None:
    kept = linked(folder)
    lost = uploaded(clock.now()).storage_key
    db.session.rollback()
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {kept, lost}
    age(folder / lost, 25)
    jobs.sweep_files(timestamp=0)
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {kept}


def test_what_was_taken_off_goes_with_its_row(app: Flask, folder: Path) -> None:
    kept = linked(folder)
    old, new = uploaded(clock.now() - timedelta(hours=25)), uploaded(clock.now())
    db.session.commit()
    for blob in (old, new):
        age(folder / blob.storage_key, 25)
    new_key = new.storage_key
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {kept, new_key}
    assert set(db.session.scalars(select(Blob.storage_key))) == {kept, new_key}


def test_drawn_pages_stay_and_go_with_their_file(app: Flask, folder: Path) -> None:
    kept = linked(folder)
    put(folder, page_key(kept, 1), hours=500)
    put(folder, page_key(ORPHAN, 1), hours=500)
    put(folder, page_key(ORPHAN, 12), hours=500)
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {kept, page_key(kept, 1)}


def test_what_is_not_ours_stays(app: Flask, folder: Path) -> None:
    linked(folder)
    for key in ("report.pdf", "2026/02/notes", f"other/{ORPHAN}"):
        put(folder, key, hours=500)
    before = files_in(folder)
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == before


def test_a_database_without_files_removes_none(app: Flask, folder: Path) -> None:
    put(folder, ORPHAN, hours=500)
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {ORPHAN}


def test_a_link_made_meanwhile_keeps_its_file(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = linked(folder)
    monkeypatch.setattr(sweeping, "links", list)
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == {key}
    assert db.session.scalar(select(func.count()).select_from(Blob)) == 1


def test_a_folder_that_nobody_has_used_yet(app: Flask, folder: Path) -> None:
    jobs.sweep_files(timestamp=0)
    assert files_in(folder) == set()


def test_every_link_refuses_that_its_file_goes(app: Flask) -> None:
    keys = [key for link in sweeping.links() for key in link.foreign_keys if key.column.table.name == "blobs"]
    assert len(keys) >= 3
    assert {key.ondelete for key in keys} == {None}
