"""Knows a file by its content, whatever its name says."""

import zipfile
import zlib
from typing import BinaryIO

import puremagic

from marketplace.files import rules
from marketplace.files.refusals import FileEmpty, FileEndingWrong, FileTooLarge, FileTypeRefused
from marketplace.files.rules import FileKind

_HEAD = 4096
_CONTENTS_LIMIT = 2 * 1024 * 1024
_ZIP_START = b"PK\x03\x04"
_SIMPLE = {kind.media_type: kind for kind in (rules.PDF, *rules.IMAGES)}
_OFFICE_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": rules.DOCX,
    b"spreadsheetml.sheet.main+xml": rules.XLSX,
    b"presentationml.presentation.main+xml": rules.PPTX,
}


def check_upload(
    stream: BinaryIO,
    filename: str,
    *,
    kinds: tuple[FileKind, ...] = rules.KINDS,
    limit: int = rules.LARGEST_BYTES,
) -> FileKind:
    """The kind of the file; refuses one that is empty, over `limit` bytes, of no listed kind or misnamed.

    The stream stands at its beginning afterwards.
    """
    size = measured(stream)
    if size == 0:
        raise FileEmpty
    if size > limit:
        raise FileTooLarge(size=rules.megabytes(size), limit=limit // (1024 * 1024))
    kind = sniff(stream)
    stream.seek(0)
    if kind not in kinds:
        raise FileTypeRefused(kinds=rules.names_of(kinds))
    ending = rules.ending(filename)
    if ending not in kind.endings:
        raise FileEndingWrong(ending=ending or "?", kind=kind.name)
    return kind


def measured(stream: BinaryIO) -> int:
    """The stream's length in bytes; it stands at its beginning afterwards."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def sniff(stream: BinaryIO) -> FileKind | None:
    """What the content is, or None when it is nothing that is taken."""
    head = stream.read(_HEAD)
    if head.startswith(_ZIP_START):
        return _office_kind(stream)
    return _simple_kind(head)


def _simple_kind(head: bytes) -> FileKind | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return next((_SIMPLE[match.mime_type] for match in matches if match.mime_type in _SIMPLE), None)


def _office_kind(stream: BinaryIO) -> FileKind | None:
    """DOCX, XLSX or PPTX by their list of contents; never one with macros."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if any(name.casefold().endswith("vbaproject.bin") for name in archive.namelist()):
                return None
            with archive.open("[Content_Types].xml") as contents:
                listed = contents.read(_CONTENTS_LIMIT)
    except (
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
    ):
        return None
    if b"macroEnabled" in listed:
        return None
    return next((kind for part, kind in _OFFICE_MAIN_PARTS.items() if part in listed), None)
