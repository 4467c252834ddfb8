"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

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


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _whole(old: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("gone", old), ("new", new)) if text]
