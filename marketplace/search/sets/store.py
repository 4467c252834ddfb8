"""Where the sets of an index stand on disk: written by one process a machine, read by all of it.

LMDB gives every process the same pages without a copy. A set is written whole under its number and the commit that changed
it, so that a reader finds the state of its own commit without holding up the writer; what a later commit replaced stays
for a while.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from weakref import WeakValueDictionary

import lmdb
from pyroaring import BitMap

# The last commit, that of the index of words that goes with it, the next number of a set, and the oldest commit of which
# all can still be read.
STAMP, OF, NEXT, OLDEST = b"!stamp", b"!of", b"!next", b"!oldest"
CHANGES = b"c"
# Seconds for which a replaced set stays: longer than any answer takes.
STAYS = 60
# Address space, not disk.
_ROOM = 1 << 36
_NEWEST_FIRST = (1 << 64) - 1


class Environment:
    """An open store; a process has at most one for each folder."""

    def __init__(self, folder: Path) -> None:
        self.db = lmdb.open(str(folder / "sets"), map_size=_ROOM, max_readers=1024)


_opened: "WeakValueDictionary[str, Environment]" = WeakValueDictionary()
_opening = threading.Lock()


def open_store(folder: Path) -> Environment:
    """The store of a build of the index, made where there is none."""
    with _opening:
        found = _opened.get(str(folder))
        if found is None:
            found = _opened[str(folder)] = Environment(folder)
        return found


def name_key(name: str) -> bytes:
    """Where the number of a set stands."""
    return b"n" + name.encode()


def set_key(number: int, stamp: int) -> bytes:
    """Where a set stands as of a commit, later ones before earlier ones."""
    return b"s" + to_bytes(number) + to_bytes(_NEWEST_FIRST - stamp)


def record_key(listing: int) -> bytes:
    """Where it stands in which sets a listing is."""
    return b"r" + to_bytes(listing)


def change_key(stamp: int) -> bytes:
    """Where it stands when a commit was and which sets it changed."""
    return CHANGES + to_bytes(stamp)


def touch_key(stamp: int) -> bytes:
    """Where it stands which listings a commit touched, if it is told."""
    return b"t" + to_bytes(stamp)


def read_set(txn: lmdb.Transaction, number: int, stamp: int) -> BitMap:
    """The set as of that commit."""
    key = set_key(number, stamp)
    for _, stored in walk(txn, key, key[:9]):
        return BitMap.deserialize(stored)
    return BitMap()


def walk(txn: lmdb.Transaction, start: bytes, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """All keys from `start` on that begin with the prefix, in order, and what stands there."""
    with txn.cursor() as cursor:
        more = cursor.set_range(start)
        while more:
            # Without `buffers` they are always bytes.
            key, stored = cast("tuple[bytes, bytes]", cursor.item())
            if not key.startswith(prefix):
                return
            yield key, stored
            more = cursor.next()


def get(txn: lmdb.Transaction, key: bytes) -> bytes | None:
    """What stands there."""
    return cast("bytes | None", txn.get(key))


def get_number(txn: lmdb.Transaction, key: bytes) -> int:
    """The number that stands there, 0 if there is none."""
    return to_number(get(txn, key) or b"")


def to_number(stored: bytes) -> int:
    return int.from_bytes(stored, "big")


def to_bytes(number: int) -> bytes:
    return number.to_bytes(8, "big")
