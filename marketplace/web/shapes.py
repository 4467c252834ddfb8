"""Pieces of pages that differ by a few texts alone: drawn by their template once for each shape, with gaps where the
texts come, and filled ever after."""

import re
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from flask import current_app

# Controls stand in no text of ours, and no template escapes or changes them.
_GAP = re.compile("\x02([0-9]+)\x03")


class _Drawn(NamedTuple):
    """What stands around the gaps, with an empty place for each; which text comes into which place."""

    pieces: list[str]
    gaps: list[tuple[int, int]]


class Shapes:
    """Those of one kind, in one process. A shape names everything that decides what its template does, but
    for what the texts say."""

    def __init__(self, most: int = 8192) -> None:
        self._most = most
        self._drawn: dict[Hashable, _Drawn] = {}

    def filled(self, shape: Hashable, texts: Sequence[str], draw: Callable[[Sequence[str]], str]) -> str:
        """The piece of that shape with the texts, which are HTML, in its gaps. `draw` makes the piece of any texts; it
        is called with gaps for them, once for each shape."""
        drawn = self._drawn.get(shape) or self._draw(shape, len(texts), draw)
        pieces = drawn.pieces.copy()
        for place, number in drawn.gaps:
            pieces[place] = texts[number]
        return "".join(pieces)

    def around(self, shape: Hashable, draw: Callable[[str], str]) -> tuple[str, str]:
        """What stands before and behind the one text of that shape, for whoever joins many pieces at once. `draw` is
        called with a gap for it, once for each shape."""
        drawn = self._drawn.get(shape) or self._draw(shape, 1, lambda gaps: draw(gaps[0]))
        before, _gap, behind = drawn.pieces
        return before, behind

    def _draw(self, shape: Hashable, texts: int, draw: Callable[[Sequence[str]], str]) -> _Drawn:
        drawn = _taken_apart(draw([f"\x02{number}\x03" for number in range(texts)]))
        if len(self._drawn) >= self._most:
            self._drawn.clear()
        self._drawn[shape] = drawn
        return drawn


def _taken_apart(html: str) -> _Drawn:
    # Of its one group, split keeps the numbers: literal, number, literal, ...
    pieces = _GAP.split(html)
    gaps = [(place, int(pieces[place])) for place in range(1, len(pieces), 2)]
    return _Drawn(pieces, gaps)


def shapes(kind: str) -> Shapes:
    """Those of that kind in this process."""
    kinds: dict[str, Shapes] = current_app.extensions.setdefault("shapes", {})
    found = kinds.get(kind)
    if found is None:
        found = kinds[kind] = Shapes()
    return found
