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
from marketplace.search.recent import Commit, list_commits, touched_between
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
    `generation` names what they see, `tables` holds what counts it, by the second."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    sets: Sets
    generation: str
    tables: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)


_Stamp = tuple[int, int, int]
# Searchers share what their states have in common; those of the last seconds answer whether something has changed.
_EARLIER = 8
# Seconds that a process without any state waits for the sets of one.
_PATIENCE = 2.0


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


def generation_of(folder: Path) -> str:
    """Names what a build holds now. Raises FileNotFoundError where there is no build any more."""
    return _name(folder, _stamp(folder / "meta.json"))


def _name(folder: Path, meta: _Stamp) -> str:
    return f"{folder.name}.{meta[0]:x}"


class OpenIndex:
    """The index as this process reads it. Opened at the first search, so never before a fork.

    The reader is reloaded by hand when `meta.json` has changed: two stat calls a search (4 microseconds)
    show a commit at once, need no watching thread, and give every process the same generation for it.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._pointer: _Stamp | None = None
        self._meta: _Stamp | None = None
        self._folder = home.root
        self._index: tantivy.Index | None = None
        self._view: View | None = None
        self._earlier: deque[View] = deque(maxlen=_EARLIER)
        self._commits: list[Commit] = []

    def earlier(self, generation: str) -> View | None:
        """What was searched a moment ago under that name; None if it is not held any more."""
        return next((view for view in self._earlier if view.generation == generation), None)

    def touched(self, old: View, new: View) -> frozenset[int] | None:
        """The listings that commits touched from one view to a later one; None where that is not known."""
        known = touched_between(self._commits, old.generation, new.generation)
        if known is None:
            self._commits = list_commits(self._folder)
            known = touched_between(self._commits, old.generation, new.generation)
        return known

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
        if pointer == self._pointer and self._view and _stamp(self._folder / "meta.json") == self._meta:
            return self._view
        with self._lock:
            if pointer != self._pointer or self._index is None:
                self._index = self._open(pointer)
            return self._reload(self._index)

    def _open(self, pointer: _Stamp) -> tantivy.Index:
        folder = self._home.current()
        if not (folder / "meta.json").exists():
            raise FileNotFoundError(folder)
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")
        self._folder, self._pointer, self._meta = folder, pointer, None
        return index

    def _reload(self, index: tantivy.Index) -> View:
        until = time.monotonic() + _PATIENCE
        meta = _stamp(self._folder / "meta.json")
        while meta != self._meta or self._view is None:
            index.reload()
            before, meta = meta, _stamp(self._folder / "meta.json")
            # A commit in between would stand under the older name.
            if meta != before:
                continue
            sets = Sets(self._folder, self._view.sets if self._view else None)
            if sets.stamp != _commit_of(self._folder):
                # They follow within milliseconds. A writer that was killed in between writes both once more.
                if self._view is not None:
                    return self._view
                if time.monotonic() < until:
                    time.sleep(0.01)
                    continue
            self._show(View(index.schema, index.searcher(), sets, _name(self._folder, meta)), meta)
        return self._view

    def _show(self, view: View, meta: _Stamp) -> None:
        if self._view:
            self._earlier.append(self._view)
        self._view, self._meta = view, meta


def _commit_of(folder: Path) -> int:
    """The commit that a build holds; merges make other states of it."""
    return int(json.loads((folder / "meta.json").read_text())["opstamp"])


def open_index() -> OpenIndex:
    """The application's index of listings in this process."""
    index: OpenIndex = current_app.extensions.setdefault(
        "opportunity_index", OpenIndex(home_of(current_app.config["INSTANCE_DIR"]))
    )
    return index
