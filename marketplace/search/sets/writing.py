"""Writes the sets of an index, one commit after another."""

import time
from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

import lmdb
from pyroaring import BitMap

from marketplace.search.schema import Told
from marketplace.search.sets.gathering import Joining
from marketplace.search.sets.keys import EVERYTHING, JOINT, MEANING, WORD, Keys
from marketplace.search.sets.store import (
    CHANGES,
    NEXT,
    OF,
    OLDEST,
    STAMP,
    STAYS,
    Environment,
    change_key,
    get,
    get_number,
    name_key,
    open_store,
    read_set,
    record_key,
    set_key,
    to_bytes,
    to_number,
    touch_key,
    walk,
)

_RECORDS_HELD = 20_000
# Titles and texts of one listing push out those that many have alike, which come back at once.
_TEXTS_HELD = 10_000
# A commit that touched more listings does not tell which.
_MOST_TOLD = 1000


class _Numbers(dict[str, int]):
    """The numbers of a group's sets by name: those of the store, or the next ones."""

    def __init__(self, group: str, environment: Environment, made: dict[str, int]) -> None:
        self._group, self._environment, self._made = group, environment, made

    def __missing__(self, name: str) -> int:
        full = f"{self._group}{JOINT}{name}"
        with self._environment.db.begin() as txn:
            stored, following = get(txn, name_key(full)), get_number(txn, NEXT)
        if stored is None:
            number = self._made[full] = following + len(self._made)
        else:
            number = to_number(stored)
        self[name] = number
        return number


class SetWriter:
    """Collects what changes and writes it in one step. Nothing is seen before `commit`."""

    def __init__(self, folder: Path) -> None:
        self._environment = open_store(folder)
        self._made: dict[str, int] = {}
        self._groups: dict[str, _Numbers] = {}
        self._everything = self._group(EVERYTHING)[EVERYTHING]
        self._texts: dict[Told, array[int]] = {}
        self._records: dict[int, BitMap | None] = {}
        self._touched: set[int] = set()
        self._joined = Joining()
        self._left: dict[int, BitMap] = defaultdict(BitMap)

    def add(self, listing: int, keys: Keys, told: Iterable[Told] = ()) -> None:
        """A listing that stands in no set stands in these, and in those of what its texts are found by."""
        self._touched.add(listing)
        numbers = array("I", (self._everything,))
        for group, names in keys.items():
            numbers.extend(map(self._group(group).__getitem__, names))
        for text in told:
            numbers.extend(self._of_text(text))
        self._joined.add(listing, numbers)
        self._records[listing] = BitMap(numbers)
        if len(self._records) >= _RECORDS_HELD:
            # A rebuild, which nobody reads yet.
            with self._environment.db.begin(write=True) as txn:
                self._put_records(txn)

    def remove(self, listing: int) -> None:
        """Takes it out of all."""
        self._touched.add(listing)
        joined = self._joined.sets()
        for number in self._record(listing):
            joined[number].discard(listing)
            self._left[number].add(listing)
        self._records[listing] = None

    def commit(self, of: int) -> None:
        """Writes everything; `of` names the commit of the index of words that goes with it."""
        joined, now = self._joined.sets(), int(time.time())
        with self._environment.db.begin(write=True) as txn:
            before, changed = get_number(txn, STAMP), sorted({*joined, *self._left})
            stamp = before + 1
            for number in changed:
                kept = read_set(txn, number, before) - self._left[number] | joined[number]
                # Not run_optimize: runs are a little smaller and met several times slower.
                txn.put(set_key(number, stamp), kept.serialize())
            self._put_records(txn)
            for name, number in self._made.items():
                txn.put(name_key(name), to_bytes(number))
            txn.put(NEXT, to_bytes(get_number(txn, NEXT) + len(self._made)))
            txn.put(change_key(stamp), to_bytes(now) + array("I", changed).tobytes())
            if len(self._touched) <= _MOST_TOLD:
                txn.put(touch_key(stamp), array("I", sorted(self._touched)).tobytes())
            txn.put(STAMP, to_bytes(stamp))
            txn.put(OF, to_bytes(of))
            _forget(txn, now - STAYS)
        joined.clear()
        self._left.clear()
        self._touched.clear()
        self._made.clear()
        # What killed readers looked at would be kept for them.
        self._environment.db.reader_check()

    def _group(self, name: str) -> _Numbers:
        found = self._groups.get(name)
        if found is None:
            found = self._groups[name] = _Numbers(name, self._environment, self._made)
        return found

    def _of_text(self, told: Told) -> "array[int]":
        found = self._texts.get(told)
        if found is None:
            found = array("I", map(self._group(WORD).__getitem__, told.terms))
            found.extend(map(self._group(MEANING).__getitem__, told.meanings))
            if len(self._texts) > _TEXTS_HELD:
                self._texts.clear()
            self._texts[told] = found
        return found

    def _put_records(self, txn: lmdb.Transaction) -> None:
        for listing, numbers in self._records.items():
            if numbers is None:
                txn.delete(record_key(listing))
            else:
                txn.put(record_key(listing), numbers.serialize())
        self._records.clear()

    def _record(self, listing: int) -> Iterable[int]:
        if listing in self._records:
            return self._records[listing] or ()
        with self._environment.db.begin() as txn:
            stored = get(txn, record_key(listing))
            return BitMap.deserialize(stored) if stored else ()


def _forget(txn: lmdb.Transaction, until: int) -> None:
    """Deletes what commits replaced that were so long ago; no state before the last of them can be read any more."""
    last, changes = change_key(get_number(txn, STAMP)), walk(txn, CHANGES, CHANGES)
    long_ago = takewhile(lambda change: change[0] != last and to_number(change[1][:8]) <= until, changes)
    for key, noted in list(long_ago):
        stamp = to_number(key[1:])
        for number in array("I", noted[8:]):
            newest = set_key(number, stamp)
            for replaced in [each for each, _ in walk(txn, newest, newest[:9]) if each != newest]:
                txn.delete(replaced)
        txn.delete(key)
        txn.delete(touch_key(stamp))
        txn.put(OLDEST, to_bytes(stamp))
