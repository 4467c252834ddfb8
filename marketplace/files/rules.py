"""What may be uploaded: kinds known by their content, the names they may bear, and how large."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from marketplace.core.text import clean_line

MEBIBYTE = 1024 * 1024
LARGEST_BYTES = 10 * MEBIBYTE
LONGEST_NAME = 120


class ScanStatus(StrEnum):
    CLEAN = "clean"
    UNSCANNED = "unscanned"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: its media type and the endings that belong to it."""

    name: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."

PDF = FileKind("PDF", "application/pdf", (".pdf",))
PNG = FileKind("PNG", "image/png", (".png",))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
WEBP = FileKind("WEBP", "image/webp", (".webp",))
DOCX = FileKind("DOCX", _OFFICE + "wordprocessingml.document", (".docx",))
XLSX = FileKind("XLSX", _OFFICE + "spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind("PPTX", _OFFICE + "presentationml.presentation", (".pptx",))

KINDS = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX)
DOCUMENTS = (PDF, DOCX, XLSX, PPTX)
IMAGES = (PNG, JPEG, WEBP)


def names_of(kinds: tuple[FileKind, ...]) -> str:
    """The kinds as a sentence lists them: "PDF, PNG, JPEG"."""
    return ", ".join(kind.name for kind in kinds)


def endings_of(kinds: tuple[FileKind, ...]) -> str:
    """The value of a file field's `accept` attribute."""
    return ",".join(ending for kind in kinds for ending in kind.endings)


def ending(filename: str) -> str:
    """The lower-case ending with its dot, "" without one; taken from the name as it will be shown."""
    return PurePath(clean_name(filename)).suffix.lower()


def clean_name(filename: str) -> str:
    """A name that is safe to show and to offer: no folder, no control or bidi character, not too long."""
    bare = clean_line(filename).replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in bare if char not in '<>:"|?*').strip(" .")
    path = PurePath(kept or "berkas")
    suffix = path.suffix[:10]
    return path.name.removesuffix(path.suffix)[: LONGEST_NAME - len(suffix)] + suffix


def megabytes(size: int) -> int:
    """Whole megabytes, rounded up, so that what is over a limit never reads like the limit itself."""
    return -(-size // MEBIBYTE)


# Of which a preview is drawn.
DRAWN = (PDF, *IMAGES)
DRAWN_TYPES = frozenset(kind.media_type for kind in DRAWN)
PREVIEW_PAGES = 5


def page_key(storage_key: str, number: int) -> str:
    """Where the drawing of a page lies: beside its file."""
    return f"{storage_key}-{number}"
