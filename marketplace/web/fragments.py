"""Finished pieces of pages, kept for the next page: a bounded number, the least recently used leave first.

A key holds everything that its piece shows or names the state that it was made from, so nothing is ever invalidated.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask, current_app

Piece = TypeVar("Piece")


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


def init_fragments(app: Flask) -> None:
    """A place for cards, which are small and many, one for panels and one for whole pages; FRAGMENTS=0 keeps none."""
    most = app.config["FRAGMENTS"]
    app.extensions["fragments"] = {
        "cards": Fragments(most),
        "panels": Fragments(most // 8),
        "pages": Fragments(most // 16),
    }


def fragments(kind: str) -> Fragments:
    """Those of that kind in this process."""
    found: Fragments = current_app.extensions["fragments"][kind]
    return found
