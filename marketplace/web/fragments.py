"""Finished pieces of pages, kept for the next page: a bounded number, the least recently used leave first.

A key holds everything that its piece shows or names the state that it was made from, so nothing is ever invalidated.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, make_response, request

from marketplace.web.packing import pack, unpack

Piece = TypeVar("Piece")
_PAGE = "titiktemu.page"


class Fragments:
    """Of one process, for all of its threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._most > 0

    def get(self, key: Hashable) -> Any:
        """The piece, or None."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: Any) -> None:
        with self._lock:
            self._pieces[key] = piece
            self._pieces.move_to_end(key)
            while len(self._pieces) > self._most:
                self._pieces.popitem(last=False)

    def kept(self, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """The piece under that key, made now if it is not there."""
        piece: Piece | None = self.get(key)
        if piece is None:
            piece = make()
            self.put(key, piece)
        return piece

    def kept_while(self, state: Hashable, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """The piece under that key; made anew, in the place of the one before, where it was made in another state."""
        found: tuple[Hashable, Piece] | None = self.get(key)
        if found is not None and found[0] == state:
            return found[1]
        piece = make()
        self.put(key, (state, piece))
        return piece


class PackedTexts:
    """Drawn texts, packed while they wait."""

    def __init__(self, most: int) -> None:
        self._kept = Fragments(most)

    def kept_while(self, state: Hashable, key: Hashable, make: Callable[[], str]) -> str:
        """The text under that key; made anew, in the place of the one before, where it was made in another state."""
        found: tuple[Hashable, bytes] | None = self._kept.get(key)
        if found is not None and found[0] == state:
            return unpack(found[1]).decode()
        text = make()
        if self._kept.keeps:
            self._kept.put(key, (state, pack(text)))
        return text


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A drawn page, packed; its name never stands for another body."""

    name: str
    packed: bytes

    @classmethod
    def of(cls, html: str, name: str = "") -> "KeptPage":
        """The page of that HTML, with a name of its own if none is given."""
        return cls(name or token_hex(8), pack(html))

    def response(self, html: str | None = None) -> Response:
        """The page as an answer; browsers that take zstd get it as it was kept. `html` is the page where it is at hand."""
        request.environ[_PAGE] = self
        return make_response(unpack(self.packed) if html is None else html)


class PackedPages:
    """Kept pages as browsers take them: the cache of Flask-Compress, which asks by algorithm and name. Other answers
    have no name and are compressed each time."""

    def get(self, key: str) -> Any:
        page: KeptPage | None = request.environ.get(_PAGE)
        if page is not None and key == f"zstd;{page.name}":
            return page.packed
        return fragments("packed").get(key)

    def set(self, key: str, packed: bytes) -> None:
        if not key.endswith(";") and not key.startswith("zstd;"):
            fragments("packed").put(key, packed)


def _name_of_answer(asked: Request) -> str:
    page: KeptPage | None = asked.environ.get(_PAGE)
    return page.name if page else ""


def init_fragments(app: Flask) -> None:
    """A place for each kind; FRAGMENTS=0 keeps none."""
    most = app.config["FRAGMENTS"]
    app.extensions["fragments"] = {
        "cards": Fragments(most),
        "answers": Fragments(most // 4),
        "panels": Fragments(most // 8),
        "filters": PackedTexts(most // 4),
        "pages": Fragments(most // 4),
        # For browsers without zstd.
        "packed": Fragments(most // 16),
    }
    app.config["COMPRESS_CACHE_BACKEND"] = PackedPages
    app.config["COMPRESS_CACHE_KEY"] = _name_of_answer


def fragments(kind: str) -> Fragments:
    """Those of that kind in this process."""
    found: Fragments = current_app.extensions["fragments"][kind]
    return found


def packed_texts(kind: str) -> PackedTexts:
    """Those of that kind in this process."""
    found: PackedTexts = current_app.extensions["fragments"][kind]
    return found
