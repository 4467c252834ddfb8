"""Pages are drawn in a program of their own; whatever a file does to it, the job goes on."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import Connection, text

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files import drawing, jobs, previewing
from marketplace.files.actions import ask_preview, store_upload
from marketplace.files.models import Blob
from marketplace.files.rules import PREVIEW_PAGES, page_key
from marketplace.files.storage import file_store
from tests import personas
from tests.files.samples import DOCX, JPEG, PDF, PNG
from tests.support.times import PATIENCE

Stored = Callable[[bytes, str], Blob]


@pytest.fixture
def stored(connection: Connection, session: object) -> Stored:
    actor = personas.actor(connection, "pemda_editor")
    return lambda content, name: store_upload(io.BytesIO(content), name, actor=actor, now=clock.now())


def a_pdf(*sizes: tuple[float, float]) -> bytes:
    packed = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for width, height in sizes:
            document.new_page(width, height)
        document.save(packed)
    return packed.getvalue()


def an_image(mode: str, size: tuple[int, int], kind: str, **options: object) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, size, 1).save(packed, kind, **options)
    return packed.getvalue()


def a_pdf_of_one_great_image(side: int) -> bytes:
    """A few kilobytes that say they are a picture of side x side."""
    packed = zlib.compress(bytes(side * side // 8), 9)
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1" % (
        side,
        side,
    )
    return b"\n".join(
        [
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>endobj",
            b"4 0 obj<</Length 27>>stream\n600 0 0 600 0 0 cm /I Do   \nendstream endobj",
            b"5 0 obj%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj" % (head, len(packed), packed),
            b"trailer<</Root 1 0 R>>\n%%EOF",
        ]
    )  # fmt: skip


def drawn(blob: Blob) -> list[Image.Image]:
    pages = range(1, (blob.preview_pages or 0) + 1)
    found = (b"".join(file_store().read(page_key(blob.storage_key, number))) for number in pages)
    return [Image.open(io.BytesIO(content)) for content in found]


@pytest.mark.parametrize(
    "make, name, sizes, pages",
    [
        (lambda: a_pdf((595, 842), (842, 595)), "a.pdf", [(1131, 1600), (1600, 1131)], 2),
        (lambda: a_pdf(*[(595, 842)] * 9), "a.pdf", [(1131, 1600)] * PREVIEW_PAGES, 9),
        (lambda: a_pdf((14_000, 7_000)), "plan.pdf", [(1600, 800)], 1),
        (lambda: an_image("RGBA", (40, 30), "PNG"), "a.png", [(40, 30)], 1),
        (lambda: an_image("CMYK", (4000, 2000), "JPEG"), "a.jpg", [(1600, 800)], 1),
        (lambda: an_image("RGB", (10, 10), "WEBP"), "a.webp", [(10, 10)], 1),
    ],
    ids=["two pages", "many pages", "a plan", "png", "great cmyk jpeg", "webp"],
)
def test_the_first_pages_are_drawn_beside_the_file(
    make: Callable[[], bytes], name: str, sizes: list[tuple[int, int]], pages: int, stored: Stored
) -> None:
    blob = stored(make(), name)
    assert previewing.draw(blob.id) == len(sizes)
    found = [image.size for image in drawn(blob)]
    assert all(
        abs(a - b) <= 1 for one, two in zip(found, sizes, strict=True) for a, b in zip(one, two, strict=True)
    )
    assert blob.pages == pages
    # A second run finds it done.
    assert previewing.draw(blob.id) == 0
    assert blob.preview_pages == len(sizes)


def test_a_photo_stands_upright_and_says_nothing_of_its_place(stored: Stored) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "rahasia"
    blob = stored(an_image("RGB", (40, 20), "JPEG", exif=exif), "foto.jpg")
    previewing.draw(blob.id)
    (image,) = drawn(blob)
    assert image.size == (20, 40)
    assert not image.getexif()


@pytest.mark.parametrize(
    "make, name",
    [
        (lambda: PDF, "a.pdf"),
        (lambda: b"%PDF-1.7\n" + b"\x00" * 5000, "a.pdf"),
        (lambda: PNG, "a.png"),
        (lambda: JPEG, "a.jpg"),
        (lambda: an_image("1", (30_000, 30_000), "PNG"), "bom.png"),
        (lambda: a_pdf_of_one_great_image(60_000), "bom.pdf"),
    ],
    ids=["broken", "nothing", "no png", "no jpeg", "bomb of pixels", "bomb in a pdf"],
)
def test_a_broken_or_hostile_file_has_no_preview(
    make: Callable[[], bytes], name: str, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A machine with other work may need longer than people are made to wait.
    monkeypatch.setattr(previewing, "PATIENCE", timedelta(seconds=PATIENCE))
    blob = stored(make(), name)
    started = clock.now()
    assert previewing.draw(blob.id) <= 1
    assert clock.now() - started < previewing.PATIENCE
    assert blob.preview_pages is not None
    if name != "bom.pdf":
        assert blob.preview_pages == 0


@pytest.mark.parametrize(
    "program, kept, seconds",
    [
        ("import time; time.sleep(600)", 0, 0.2),
        ("import os; os.kill(os.getpid(), 11)", 0, PATIENCE),
        ("raise SystemExit(1)", 0, PATIENCE),
        ("import sys; open(sys.argv[2] + '/1.webp', 'wb').write(b'x' * 5_000_000); print(1)", 0, PATIENCE),
        ("import sys, time; open(sys.argv[2] + '/1.webp', 'wb').write(b'x'); time.sleep(600)", 1, 3),
    ],
    ids=["never ends", "crashes", "gives up", "writes too much", "ends late"],
)
def test_a_program_that_goes_wrong_ends_alone(
    program: str, kept: int, seconds: float, stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drawing.py").write_text(program)
    monkeypatch.setattr(previewing, "PROGRAM", tmp_path / "drawing.py")
    monkeypatch.setattr(previewing, "PATIENCE", timedelta(seconds=seconds))
    blob = stored(a_pdf((100, 100)), "a.pdf")
    assert previewing.draw(blob.id) == kept
    assert blob.preview_pages == kept


def test_the_program_has_little_memory() -> None:
    """The limits that it sets itself hold for what runs in it."""
    program = (
        f"import sys; sys.path.insert(0, {str(Path(drawing.__file__).parent)!r}); import drawing\n"
        "drawing.draw = lambda *_: bytearray(3 * 1024**3)\n"
        "drawing.main('a', 'b', '1')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def test_what_has_no_pages_is_not_asked_for(stored: Stored) -> None:
    asked = "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE task_name LIKE '%draw_preview'"
    before = db.session.scalar(text(asked))
    ask_preview(stored(DOCX, "a.docx"))
    assert db.session.scalar(text(asked)) == before
    ask_preview(stored(PDF, "a.pdf"))
    assert db.session.scalar(text(asked)) == before + 1


def test_the_job_is_safe_for_a_file_that_is_gone(stored: Stored) -> None:
    blob = stored(a_pdf((10, 10)), "a.pdf")
    jobs.draw_preview(blob_id=blob.id)
    assert db.session.get(Blob, blob.id).preview_pages == 1
    jobs.draw_preview(blob_id=10**12)
