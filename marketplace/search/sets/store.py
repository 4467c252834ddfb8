"""Which listings stand in which set, on disk: written by one process a machine, read by all of it.

LMDB gives a reader the state of one commit for as long as it wants, without a lock and without a copy.
"""

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from weakref import WeakValueDictionary

import lmdb
from pyroaring import BitMap

# Numbers of keys, sets by their number, what a listing stands in, and the commit of the index that all of it is of.
_NUMBER, _SET, _RECORD, _STAMP, _NEXT = b"n", b"s", b"r", b"!stamp", b"!next"
# The commit before the last one, and the sets that the last one changed.
_CHANGED = b"!changed"
# Address space, not disk.
_ROOM = 1 << 36
EVERYTHING = "all"
_RECORDS_HELD = 20_000


class _Environment:
    """An open store; a process has at most one for each folder."""

    def __init__(self, folder: Path) -> None:
        self.db = lmdb.open(str(folder / "sets"), map_size=_ROOM, max_readers=1024)


_opened: "WeakValueDictionary[str, _Environment]" = WeakValueDictionary()
_opening = threading.Lock()


def _open(folder: Path) -> _Environment:
    with _opening:
        found = _opened.get(str(folder))
        if found is None:
            found = _opened[str(folder)] = _Environment(folder)
        return found


class SetWriter:
    """Collects what changes and writes it in one step. Nothing is seen before `commit`."""

    def __init__(self, folder: Path) -> None:
        self._environment = _open(folder)
        self._numbers: dict[str, int] = {}
        self._new: dict[str, int] = {}
        with self._environment.db.begin() as txn:
            self._next = _number(txn.get(_NEXT))
        self._records: dict[int, array[int] | None] = {}
        # Listings to be added, by set: a rebuild collects millions, and arrays take them ten times faster than sets do.
        self._in: dict[int, array[int]] = defaultdict(_listings)
        self._out: dict[int, BitMap] = defaultdict(BitMap)

    def add(self, listing: int, keys: Iterable[str]) -> None:
        """A listing that stands in no set stands in these."""
        named, joins = (EVERYTHING, *keys), self._in
        if not self._numbers.keys() >= {*named}:
            self._number_all(named)
        numbers = list(map(self._numbers.__getitem__, named))
        self._records[listing] = array("I", numbers)
        for number in numbers:
            joins[number].append(listing)
        if len(self._records) >= _RECORDS_HELD:
            # A rebuild, which nobody reads yet.
            with self._environment.db.begin(write=True) as txn:
                self._put_records(txn)

    def remove(self, listing: int) -> None:
        """Takes it out of all."""
        for number in self._record(listing) or ():
            if listing in self._in[number]:
                self._in[number].remove(listing)
            self._out[number].add(listing)
        self._records[listing] = None

    def commit(self, stamp: int) -> None:
        """Writes everything, under the name of the commit of the index that it is of."""
        with self._environment.db.begin(write=True) as txn:
            changed = {*self._in, *self._out}
            txn.put(_CHANGED, _bytes(_number(txn.get(_STAMP))) + array("I", changed).tobytes())
            for number in changed:
                key = _SET + _bytes(number)
                kept = _read(txn.get(key)) - self._out[number] | BitMap(self._in[number])
                _put(txn, key, kept or None)
            self._put_records(txn)
            for name, number in self._new.items():
                txn.put(_NUMBER + name.encode(), _bytes(number))
            txn.put(_NEXT, _bytes(self._next))
            txn.put(_STAMP, _bytes(stamp))
        for pending in (self._in, self._out, self._new):
            pending.clear()
        # What killed readers looked at would be kept for them.
        self._environment.db.reader_check()

    def _put_records(self, txn: lmdb.Transaction) -> None:
        for listing, record in self._records.items():
            key = _RECORD + _bytes(listing)
            if record is None:
                txn.delete(key)
            else:
                txn.put(key, record.tobytes())
        self._records.clear()

    def _record(self, listing: int) -> "array[int] | None":
        if listing in self._records:
            return self._records[listing]
        with self._environment.db.begin() as txn:
            return array("I", txn.get(_RECORD + _bytes(listing)) or b"")

    def _number_all(self, keys: Iterable[str]) -> None:
        """Numbers for keys that this writer has not met: those of the store, or new ones."""
        with self._environment.db.begin() as txn:
            for key in keys:
                if key not in self._numbers:
                    found = txn.get(_NUMBER + key.encode())
                    self._numbers[key] = _number(found) if found else self._make_number(key)

    def _make_number(self, key: str) -> int:
        number = self._new[key] = self._next
        self._next += 1
        return number


class Sets:
    """The sets as of one commit; each is read once. What is given belongs to all threads: nobody changes it."""

    def __init__(self, folder: Path, before: "Sets | None" = None) -> None:
        self._environment = _open(folder)
        self._txn = self._environment.db.begin()
        self._lock = threading.Lock()
        self.stamp = _number(self._txn.get(_STAMP))
        # By key, with its number where it has one.
        self._known: dict[str, tuple[bytes | None, BitMap]] = self._unchanged(before) if before else {}
        self._groups: dict[str, dict[str, BitMap]] = {}

    def _unchanged(self, before: "Sets") -> dict[str, tuple[bytes | None, BitMap]]:
        """What was read of the commit before and is the same now."""
        noted = self._txn.get(_CHANGED) or b""
        if before._environment is not self._environment or _number(noted[:8]) != before.stamp:
            return {}
        changed = {_bytes(number) for number in array("I", noted[8:])}
        # A copy: other threads may still read there.
        known = before._known.copy()
        return {key: held for key, held in known.items() if held[0] and held[0] not in changed}

    @property
    def everything(self) -> BitMap:
        return self.get(EVERYTHING)

    def get(self, key: str) -> BitMap:
        """The listings in that set; none where nobody knows it."""
        held = self._known.get(key)
        if held is None:
            with self._lock:
                number = self._txn.get(_NUMBER + key.encode())
                held = self._known[key] = number, _read(number and self._txn.get(_SET + number))
        return held[1]

    def group(self, name: str) -> dict[str, BitMap]:
        """All sets of a group, by what follows `name:` in their keys."""
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = {key: self.get(f"{name}:{key}") for key in self._names(f"{name}:")}
        return found

    def _names(self, prefix: str) -> list[str]:
        start, found = _NUMBER + prefix.encode(), []
        with self._lock, self._txn.cursor() as cursor:
            more = cursor.set_range(start)
            while more and cursor.key().startswith(start):
                found.append(cursor.key()[len(start) :].decode())
                more = cursor.next()
        return found


def _listings() -> "array[int]":
    return array("I")


def _read(stored: bytes | None) -> BitMap:
    return BitMap.deserialize(stored) if stored else BitMap()


def _put(txn: lmdb.Transaction, key: bytes, value: BitMap | None) -> None:
    if value is None:
        txn.delete(key)
    else:
        # Not run_optimize: runs are a little smaller and met several times slower.
        txn.put(key, value.serialize())


def _number(stored: bytes | None) -> int:
    return int.from_bytes(stored or b"", "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes(8, "big")
