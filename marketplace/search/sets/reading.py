"""The sets of an index as one process reads them."""

import threading
from array import array
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import lmdb
from pyroaring import BitMap

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.search.sets.keys import EVERYTHING, JOINT
from marketplace.search.sets.ranges import Numbers
from marketplace.search.sets.store import (
    CHANGES,
    OF,
    OLDEST,
    STAMP,
    change_key,
    get,
    get_number,
    name_key,
    open_store,
    read_set,
    to_number,
    touch_key,
    walk,
)


class Outlived(Refusal):
    """A state that was replaced so long ago that it cannot be read any more."""

    status = 503
    message = _l("Pencarian sedang disiapkan. Muat ulang halaman ini sebentar lagi.")


class _Held(NamedTuple):
    """A set, with its number where it has one."""

    number: int | None
    listings: BitMap


class Sets:
    """The sets as of one commit, `stamp`, which goes with the commit `of` of the index of words; each is read once. What is
    given belongs to all threads: nobody changes it.

    Reading raises Outlived where later commits came more than a minute ago.
    """

    def __init__(self, folder: Path, before: "Sets | None" = None) -> None:
        self._environment = open_store(folder)
        self._lock = threading.Lock()
        with self._environment.db.begin() as txn:
            self.stamp, self.of = get_number(txn, STAMP), get_number(txn, OF)
            self._known = _unchanged(txn, before, self.stamp) if before and self._shares(before) else {}
        self._groups: dict[str, Mapping[str, BitMap]] = {}
        self._numbers: dict[str, Numbers] = {}
        self._touched: dict[int, frozenset[int] | None] = {}

    @property
    def everything(self) -> BitMap:
        return self.get(EVERYTHING, EVERYTHING)

    def get(self, group: str, name: str) -> BitMap:
        """The listings in that set; none where nobody knows it."""
        key = f"{group}{JOINT}{name}"
        held = self._known.get(key)
        if held is None:
            with self._lock, self._environment.db.begin() as txn:
                self._check(txn)
                held = self._read(txn, key)
        return held.listings

    def group(self, name: str) -> Mapping[str, BitMap]:
        """All sets of a group by their names."""
        found = self._groups.get(name)
        if found is None:
            start = f"{name}{JOINT}"
            with self._lock, self._environment.db.begin() as txn:
                self._check(txn)
                found = {
                    key.removeprefix(start): (self._known.get(key) or self._read(txn, key)).listings
                    for key in _names(txn, start)
                }
            self._groups[name] = found
        return found

    def numbers(self, group: str) -> Numbers:
        """The numbers whose digits are the sets of a group."""
        found = self._numbers.get(group)
        if found is None:
            digits = {int(place): listings for place, listings in self.group(group).items()}
            slices = [digits.get(place, BitMap()) for place in range(max(digits, default=-1) + 1)]
            found = self._numbers[group] = Numbers(slices, self.everything)
        return found

    def touched_since(self, before: "Sets") -> frozenset[int] | None:
        """The listings that commits touched after an earlier state; None where that is not known."""
        stamp = before.stamp
        if not self._shares(before):
            return None
        if stamp not in self._touched:
            with self._lock, self._environment.db.begin() as txn:
                known = get_number(txn, OLDEST) <= stamp <= self.stamp
                told = (
                    [get(txn, touch_key(each)) for each in _commits(txn, stamp, self.stamp)]
                    if known
                    else [None]
                )
            ids = [array("I", each) for each in told if each is not None]
            self._touched[stamp] = frozenset().union(*ids) if len(ids) == len(told) else None
        return self._touched[stamp]

    def _read(self, txn: lmdb.Transaction, key: str) -> _Held:
        stored = get(txn, name_key(key))
        number = None if stored is None else to_number(stored)
        if number is None:
            # Not kept: there is no end to what people type.
            return _Held(None, BitMap())
        held = self._known[key] = _Held(number, read_set(txn, number, self.stamp))
        return held

    def _check(self, txn: lmdb.Transaction) -> None:
        if get_number(txn, OLDEST) > self.stamp:
            raise Outlived

    def _shares(self, before: "Sets") -> bool:
        return before._environment is self._environment


def _unchanged(txn: lmdb.Transaction, before: Sets, stamp: int) -> dict[str, _Held]:
    """What was read of an earlier state and is the same now."""
    if get_number(txn, OLDEST) > before.stamp:
        return {}
    changed: set[int | None] = {None}
    for commit in _commits(txn, before.stamp, stamp):
        changed.update(array("I", (get(txn, change_key(commit)) or b"")[8:]))
    # A copy in one step: other threads may still read there.
    known = before._known.copy()
    return {key: held for key, held in known.items() if held.number not in changed}


def _commits(txn: lmdb.Transaction, after: int, until: int) -> list[int]:
    """The commits after one and up to another."""
    stamps = (to_number(key[1:]) for key, _ in walk(txn, change_key(after + 1), CHANGES))
    return list(takewhile(until.__ge__, stamps))


def _names(txn: lmdb.Transaction, prefix: str) -> list[str]:
    start = name_key(prefix)
    return [key[1:].decode() for key, _ in walk(txn, start, start)]
