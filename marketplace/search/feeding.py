"""Writes listings into the index. One writer at a time a machine; what is added is seen after `commit`."""

import gc
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from marketplace.search.files import write_whole
from marketplace.search.index import CURSOR, Home
from marketplace.search.locks import held
from marketplace.search.schema import Document, build_schema, to_tantivy
from marketplace.search.sets.keys import keys_of
from marketplace.search.sets.writing import SetWriter

_HEAP_BYTES = 64_000_000


class Feeder:
    """The open writer of one build of the index."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self.folder = folder
        self._schema = index.schema
        self._writer = index.writer(_HEAP_BYTES, 1)
        self._sets = SetWriter(folder)

    def add(self, documents: Iterable[Document]) -> int:
        """Adds listings that the index does not have yet; returns how many."""
        number = 0
        for document in documents:
            row, told = to_tantivy(document)
            self._writer.add_document(row)
            self._sets.add(document.id, keys_of(document), told)
            number += 1
        return number

    def replace(self, ids: Iterable[int], documents: Iterable[Document]) -> None:
        """Takes out what stands under the ids and puts in what there is of them now."""
        # By query: deleting by term looks for a signed number and never finds an unsigned one.
        for number in ids:
            self._sets.remove(number)
            self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "id", number))
        self.add(documents)

    def commit(self, cursor: str) -> None:
        """Makes it safe on disk; only then notes how far the changes were read, which readers look at, so that a crash
        in between repeats work and loses none."""
        self._sets.commit(self._writer.commit())
        write_cursor(self.folder, cursor)

    def close(self) -> None:
        self._writer.wait_merging_threads()


def read_cursor(folder: Path) -> str:
    """What `commit` last noted in that build; "" if nothing."""
    try:
        return (folder / CURSOR).read_text()
    except FileNotFoundError:
        return ""


def write_cursor(folder: Path, cursor: str) -> None:
    write_whole(folder / CURSOR, cursor)


@contextmanager
def feeding(home: Home) -> Iterator[Feeder]:
    """The writer of the build that serves now. Raises IndexMissing; BusyError if another process writes."""
    with held(home.root / "writer.lock"):
        folder = home.current()
        feeder = Feeder(folder, tantivy.Index.open(str(folder)))
        try:
            yield feeder
        finally:
            feeder.close()


def rebuild(home: Home, batches: Iterable[Iterable[Document]], cursor: str) -> Iterator[int]:
    """Builds a new index beside the serving one, then switches to it; yields how many it holds so far."""
    with held(home.root / "rebuild.lock"):
        folder = home.root / f"build-{secrets.token_hex(6)}"
        folder.mkdir(parents=True)
        feeder = Feeder(folder, tantivy.Index(build_schema(), str(folder)))
        total = 0
        with _collecting_seldom():
            for batch in batches:
                total += feeder.add(batch)
                yield total
        feeder.commit(cursor)
        feeder.close()
        _switch(home, folder)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Reading texts leaves hardly any garbage in circles, and the collector would look for it all the time: a tenth of a
    rebuild."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _switch(home: Home, folder: Path) -> None:
    previous = home.pointer.read_text().strip() if home.exists() else ""
    write_whole(home.pointer, folder.name)
    # The build before stays for readers that hold it; one of another format may serve older code.
    kept = {folder.name, previous} | {pointer.read_text().strip() for pointer in home.root.glob("current-*")}
    for build in home.root.glob("build-*"):
        if build.name not in kept:
            shutil.rmtree(build, ignore_errors=True)
