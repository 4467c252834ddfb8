"""What changed between two texts word by word, between two lists item by item, and among documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

# Beyond this, a comparison word by word costs more than it tells.
_WORDS_AT_MOST = 1500


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` is same, gone or new."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The new text with what is gone left in at its place; one piece when nothing changed."""
    if old == new:
        return [Piece("same", new)] if new else []
    before, after = _words(old), _words(new)
    if len(before) + len(after) > _WORDS_AT_MOST:
        return _whole(old, new)
    return _by_parts(before, after)


def _by_parts(before: list[str], after: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces


def replaced(old: str, new: str) -> list[Piece]:
    """A sum, a day, a choice: the old one and the new one, whole."""
    return [Piece("same", new)] if old == new and new else _whole(old, new)


def item_differences(old: str, new: str, between: str) -> list[Piece]:
    """Two lists written out with that between their items, compared item by item."""
    if old == new:
        return replaced(old, new)
    return _by_parts(*(re.split(f"({re.escape(between)})", text) if text else [] for text in (old, new)))


def _words(text: str) -> list[str]:
    """Each with the space before it, so that what is added at an end leaves the word before as it was."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _whole(old: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("gone", old), ("new", new)) if text]


class DocumentStep(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    ALTERED = "altered"
    REMOVED = "removed"


def document_steps(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[DocumentStep, Any]]:
    """What became of the documents: each with its step, in the order of the newer list, then what is gone."""
    old = {document.series: document for document in before}
    kept = {document.series for document in after}
    steps = [(_step(old.get(document.series), document), document) for document in after]
    gone = [(DocumentStep.REMOVED, document) for document in before if document.series not in kept]
    return [(step, document) for step, document in steps if step is not None] + gone


def _step(old: Any, new: Any) -> DocumentStep | None:
    if old is None:
        return DocumentStep.ADDED
    if old.number != new.number:
        return DocumentStep.REPLACED
    same = (old.title, old.kind, old.access) == (new.title, new.kind, new.access)
    return None if same else DocumentStep.ALTERED
