import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from marketplace.files.models import Blob
from marketplace.files.refusals import StorageUnavailable
from marketplace.files.rules import ScanStatus
from marketplace.files.serving import attachment, send_blob
from marketplace.files.storage import FileStore, file_store, init_files
from tests.files import samples


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = Flask(__name__)
    made.config.update(STORAGE_URL="memory:///", INSTANCE_DIR=tmp_path)
    init_files(made)
    with made.app_context():
        yield made


@pytest.mark.parametrize("url", ["", "memory:///", "file://{folder}/elsewhere"])
def test_bytes_come_back_whole(tmp_path: Path, url: str) -> None:
    store = FileStore(url.format(folder=tmp_path), tmp_path / "files")
    content = samples.PDF * 20_000
    store.put("2026/02/abc", io.BytesIO(content))
    assert b"".join(store.read("2026/02/abc")) == content
    store.delete("2026/02/abc")
    store.delete("2026/02/abc")
    with pytest.raises(StorageUnavailable):
        store.read("2026/02/abc")


def test_the_local_folder_is_private_and_made_when_needed(tmp_path: Path) -> None:
    store = FileStore("", tmp_path / "instance" / "files")
    assert not (tmp_path / "instance").exists()
    store.put("a", io.BytesIO(b"x"))
    assert (tmp_path / "instance" / "files").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_a_named_refusal(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        FileStore("", tmp_path / "files").put("a", io.BytesIO(b"x"))


def test_a_file_is_handed_out_to_be_saved_not_run(app: Flask) -> None:
    file_store().put("k", io.BytesIO(samples.PDF))
    blob = Blob(
        sha256="0" * 64,
        size=len(samples.PDF),
        media_type="application/pdf",
        storage_key="k",
        original_name="Studi kelayakan – Kota Bitung.pdf",
        created_at=datetime(2026, 2, 28, tzinfo=UTC),
        scan_status=ScanStatus.CLEAN,
    )
    response = send_blob(blob)
    assert response.get_data() == samples.PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(len(samples.PDF))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="Studi kelayakan Kota Bitung.pdf"; '
        "filename*=UTF-8''Studi%20kelayakan%20%E2%80%93%20Kota%20Bitung.pdf"
    )


@pytest.mark.parametrize(
    "name", ['a"b.pdf', "a\r\nSet-Cookie: x=1.pdf", "a\u202efdp.exe", "日本.pdf", "%00;.pdf", ""]
)
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert "%E2%80%AE" not in header
