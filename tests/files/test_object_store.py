"""The same on an S3-compatible server. Runs where TEST_S3_URL names one, for example that of `moto_server`:

    python3 -m venv /tmp/moto && /tmp/moto/bin/pip install 'moto[s3,server]' && /tmp/moto/bin/moto_server -p 5000 &
    TEST_S3_URL=http://127.0.0.1:5000 make test ARGS="tests/files/test_object_store.py"

moto's own requirements contradict those of the queue, so it has no place among ours.
"""

import io
import os
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files import storage, sweeping
from marketplace.files.actions import store_upload
from marketplace.files.previewing import draw
from marketplace.files.refusals import StorageUnavailable
from marketplace.files.rules import page_key
from marketplace.files.storage import FileStore, file_store
from tests import personas
from tests.factories.interests import an_interest
from tests.files.samples import PDF
from tests.files.test_previewing import an_image
from tests.support.committed import committed

__all__ = ["committed"]

SERVER = os.environ.get("TEST_S3_URL", "")
pytestmark = pytest.mark.skipif(
    not SERVER, reason="runs where TEST_S3_URL names an S3-compatible server: see the lines above"
)
SOME_DAYS = timedelta(days=2)


@pytest.fixture(params=["", "/awalan"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A new bucket, as the settings of a server would name it."""
    bucket = f"titik-temu-{uuid.uuid4().hex[:8]}"
    urllib.request.urlopen(urllib.request.Request(f"{SERVER}/{bucket}", method="PUT")).close()
    for name, value in {
        "AWS_ENDPOINT_URL": SERVER, "AWS_ACCESS_KEY_ID": "uji", "AWS_SECRET_ACCESS_KEY": "uji",
        "AWS_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return FileStore(f"s3://{bucket}{request.param}", tmp_path / "unused")


@pytest.fixture
def app(committed: Flask, store: FileStore) -> Iterator[Flask]:
    committed.extensions[storage._KEY] = store
    with committed.app_context():
        yield committed


# Above five megabytes it goes up in parts.
@pytest.mark.parametrize("size", [1, 12_000_000])
def test_bytes_come_back_whole(size: int, store: FileStore) -> None:
    content = os.urandom(size)
    store.put("2026/02/abc", io.BytesIO(content))
    assert b"".join(store.read("2026/02/abc")) == content
    store.delete("2026/02/abc")
    store.delete("2026/02/abc")
    with pytest.raises(StorageUnavailable):
        store.read("2026/02/abc")


def test_a_server_that_is_not_there_is_a_named_refusal(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(StorageUnavailable):
        store.put("a", io.BytesIO(b"x"))


def test_uploads_are_kept_drawn_and_swept(app: Flask, store: FileStore) -> None:
    actor, now = personas.actor(db.session.connection(), "investor"), clock.now()
    kept = store_upload(io.BytesIO(an_image("RGB", (40, 30), "PNG")), "peta.png", actor=actor, now=now)
    an_interest(blob_id=kept.id)
    draw(kept.id)
    db.session.commit()
    lost = store_upload(io.BytesIO(PDF), "studi.pdf", actor=actor, now=now).storage_key
    db.session.rollback()
    file_store().put(page_key(lost, 1), io.BytesIO(b"drawn"))
    file_store().put("laporan.pdf", io.BytesIO(PDF))
    assert sweeping.remove_unnamed(now=now) == 0
    assert sweeping.remove_unnamed(now=now + SOME_DAYS) == 2
    left = {key for keys in store.keys_before(now + SOME_DAYS) for key in keys}
    assert left == {kept.storage_key, page_key(kept.storage_key, 1), "laporan.pdf"}
    assert b"".join(store.read(page_key(kept.storage_key, 1)))
