"""Where an index lives, and the one that this process has open."""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from flask import current_app

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.search.schema import FORMAT
from marketplace.search.sets.reading import Sets


class IndexMissing(Refusal):
    """No index of this format has been built on this machine yet."""

    status = 503
    message = _l("Pencarian sedang disiapkan. Muat ulang halaman ini sebentar lagi.")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one index: a pointer for each format, and one folder for each build."""

    root: Path

    @property
    def pointer(self) -> Path:
        return self.root / f"current-{FORMAT}"

    def current(self) -> Path:
        """The build that serves now. Raises IndexMissing."""
        try:
            return self.root / self.pointer.read_text().strip()
        except FileNotFoundError as error:
            raise IndexMissing from error

    def exists(self) -> bool:
        return self.pointer.exists()


def home_of(instance_dir: Path, name: str = "opportunities") -> Home:
    """The place of that index under the instance folder."""
    return Home(instance_dir / "search" / name)


@dataclass(frozen=True, slots=True)
class View:
    """A searcher and the sets of the same commit, which stay as they are while one answer is made of them;
    `generation` names the commit, `tables` holds what counts it, by the second."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    sets: Sets
    generation: str
    tables: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)


_Stamp = tuple[int, int, int]
# Searchers share what their states have in common; those of the last seconds answer whether something has changed.
_EARLIER = 32
# How far a build has followed the changes; written after each commit.
CURSOR = "cursor"
# Seconds that a process without any state waits for the sets of one.
_PATIENCE = 2.0


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


class OpenIndex:
    """The index as this process reads it. Opened at the first search, so never before a fork.

    The reader is reloaded by hand when the cursor of a build has changed: two stat calls a search (4 microseconds)
    show a commit at once, need no watching thread, and give every process the same generation for it.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._pointer: _Stamp | None = None
        self._seen: _Stamp | None = None
        self._folder = home.root
        self._index: tantivy.Index | None = None
        self._view: View | None = None
        self._earlier: deque[View] = deque(maxlen=_EARLIER)

    def earlier(self, generation: str) -> View | None:
        """What was searched a moment ago under that name; None if it is not held any more."""
        return next((view for view in self._earlier if view.generation == generation), None)

    def view(self) -> View:
        """What is searched now. Raises IndexMissing."""
        for _ in range(3):
            try:
                return self._fresh_view()
            except FileNotFoundError:
                # A rebuild switched the pointer and removed the old build between two of our looks.
                self._pointer = None
        raise IndexMissing

    def _fresh_view(self) -> View:
        pointer = _stamp(self._home.pointer)
        if pointer == self._pointer and self._view and _stamp(self._folder / CURSOR) == self._seen:
            return self._view
        with self._lock:
            if pointer != self._pointer or self._index is None:
                self._index = self._open(pointer)
            return self._reload(self._index)

    def _open(self, pointer: _Stamp) -> tantivy.Index:
        folder = self._home.current()
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
        self._folder, self._pointer, self._seen = folder, pointer, None
        return index

    def _reload(self, index: tantivy.Index) -> View:
        until = time.monotonic() + _PATIENCE
        while True:
            seen, before = _stamp(self._folder / CURSOR), _commit_of(self._folder)
            index.reload()
            sets = Sets(self._folder, self._view.sets if self._view else None)
            if sets.of == before == _commit_of(self._folder) or (not self._view and time.monotonic() > until):
                view = View(index.schema, index.searcher(), sets, f"{self._folder.name}.{sets.stamp:x}")
                return self._show(view, seen)
            # Half of a commit is there; of a writer that was killed in between, until it writes both once more.
            if self._view:
                return self._view
            time.sleep(0.01)

    def _show(self, view: View, seen: _Stamp) -> View:
        if self._view and self._view.generation != view.generation:
            self._earlier.append(self._view)
        self._view, self._seen = view, seen
        return view


def _commit_of(folder: Path) -> int:
    """The commit of tantivy that a build holds; merges make other states of it."""
    return int(json.loads((folder / "meta.json").read_text())["opstamp"])


def open_index() -> OpenIndex:
    """The application's index of listings in this process."""
    index: OpenIndex = current_app.extensions.setdefault(
        "opportunity_index", OpenIndex(home_of(current_app.config["INSTANCE_DIR"]))
    )
    return index
