"""Finished pieces of pages, kept for the next page: a bounded number, the least recently used leave first.

A key holds everything that its piece shows or names the state that it was made from, so nothing is ever invalidated.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask, current_app, request

Piece = TypeVar("Piece")
_NAME = "titiktemu.page"


class Fragments:
    """Of one process, for all of its threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pieces)

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


class PackedPages:
    """Kept pages as browsers take them, compressed once: the cache of Flask-Compress, which asks by the name that a
    view gave its page (`name_page`). Other answers have no name and are compressed each time."""

    def get(self, key: str) -> Any:
        return fragments("packed").get(key)

    def set(self, key: str, packed: bytes) -> None:
        if not key.endswith(";"):
            fragments("packed").put(key, packed)


def name_page(name: str) -> None:
    """Says that this answer's body is the one of that name, and never another."""
    request.environ[_NAME] = name


def init_fragments(app: Flask) -> None:
    """A place for each kind, the smaller ones many, whole pages few; FRAGMENTS=0 keeps none."""
    most = app.config["FRAGMENTS"]
    app.extensions["fragments"] = {
        "cards": Fragments(most),
        "answers": Fragments(most // 4),
        "panels": Fragments(most // 8),
        "pages": Fragments(most // 32),
        "packed": Fragments(most // 32),
    }
    app.config["COMPRESS_CACHE_BACKEND"] = PackedPages
    app.config["COMPRESS_CACHE_KEY"] = lambda asked: asked.environ.get(_NAME, "")


def fragments(kind: str) -> Fragments:
    """Those of that kind in this process."""
    found: Fragments = current_app.extensions["fragments"][kind]
    return found
