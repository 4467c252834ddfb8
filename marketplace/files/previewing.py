"""The first pages of a file drawn as images, in a program of its own that a hostile file may bring down."""

import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from flask import current_app

from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.files.rules import DRAWN_TYPES, PREVIEW_PAGES, page_key
from marketplace.files.storage import file_store

PROGRAM = Path(__file__).with_name("drawing.py")
# Of the wall; the program also counts its own CPU seconds and memory.
PATIENCE = timedelta(seconds=30)
# More than an honest page of that size ever takes.
LARGEST_DRAWING = 4 * 1024 * 1024


def is_drawn(blob: Blob) -> bool:
    """Whether files of this type have a preview."""
    return blob.media_type in DRAWN_TYPES


def draw(blob_id: int) -> int:
    """Draws the blob's first pages and puts them beside it; how many. Once done, it stays done."""
    blob = db.session.get(Blob, blob_id)
    if blob is None or blob.preview_pages is not None or not is_drawn(blob):
        return 0
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        folder = Path(name)
        _fetch(blob, folder / "file")
        blob.pages = _run(folder)
        drawn = _keep(blob, folder)
    blob.preview_pages = drawn
    return drawn


def _fetch(blob: Blob, path: Path) -> None:
    with path.open("wb") as file:
        for piece in file_store().read(blob.storage_key):
            file.write(piece)


def _run(folder: Path) -> int | None:
    """How many pages the file has; None where the program gave up or was stopped. What it drew stays in the folder."""
    command = [sys.executable, "-I", str(PROGRAM), str(folder / "file"), str(folder), str(PREVIEW_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file's name is ours too
            command, capture_output=True, timeout=PATIENCE.total_seconds(), check=True, env={}, cwd=folder
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        facts = {"failure": type(failure).__name__, "code": getattr(failure, "returncode", None)}
        current_app.logger.info("preview not drawn", extra={"facts": facts})
        return None
    return int(done.stdout)


def _keep(blob: Blob, folder: Path) -> int:
    """Stores the drawn pages, in order, up to the first that is missing or too large; how many."""
    for number in range(1, PREVIEW_PAGES + 1):
        page = folder / f"{number}.webp"
        if not page.is_file() or page.stat().st_size > LARGEST_DRAWING:
            return number - 1
        with page.open("rb") as stream:
            file_store().put(page_key(blob.storage_key, number), stream)
    return PREVIEW_PAGES
