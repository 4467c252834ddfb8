"""The best so far of many lists at once, fed with tiles of scores; never all of them."""

from collections.abc import Callable

import numpy as np

from marketplace.matching.fast.arrays import Array
from marketplace.matching.fast.exact import DIVISOR

# Rounded scores are UNITS of a point, and less than half of MARGIN off.
UNITS = DIVISOR
MARGIN = 32
# Below every score that a price can leave, above every pair that fails a must-have; in points.
LOWEST = -1_500_000
_TOP = 2_000_000
_SCORE_BITS, _OTHER_BITS = 22, 20
MOST = 1 << _OTHER_BITS
_INVERTED = (1 << _SCORE_BITS) - 1
# The exact points of those places of a tile.
Exact = Callable[[Array], Array]


class Keeper:
    """For each owner its k best others, by exact points, then by the number of the other.

    Others are numbered in the order that decides between equal ones.
    """

    def __init__(self, owners: int, k: int) -> None:
        self._k = k
        self._thresholds = np.full(owners, LOWEST * UNITS, np.float32)
        self._kept = np.empty(0, np.int64)
        self._new: list[Array] = []
        self._count = 0
        self._limit = max(owners * k, 1 << 16)

    def offer(self, scores: Array, owner: int, others: Array, exact: Exact) -> None:
        """A tile of rounded scores: rows are owners from that one on, columns the others of those numbers."""
        thresholds = self._thresholds[owner : owner + len(scores)]
        if thresholds[0] == LOWEST * UNITS and scores.shape[1] >= self._k:
            self._seed(thresholds, scores)
        found = np.flatnonzero(scores >= thresholds[:, None])
        rows, columns = np.divmod(found, scores.shape[1])
        self._pack(rows + owner, others[columns], exact(found))

    def offer_turned(self, scores: Array, owner: int, others: Array, exact: Exact) -> None:
        """The same with owners as columns and others as rows."""
        thresholds = self._thresholds[owner : owner + scores.shape[1]]
        if thresholds[0] == LOWEST * UNITS and len(scores) >= self._k:
            self._seed(thresholds, np.ascontiguousarray(scores.T))
        found = np.flatnonzero(scores >= thresholds)
        rows, columns = np.divmod(found, scores.shape[1])
        self._pack(columns + owner, others[rows], exact(found))

    def best(self) -> tuple[Array, Array, Array]:
        """Owners in order, their others from the best on, and the points."""
        self._compact()
        points = _TOP - ((self._kept >> _OTHER_BITS) & _INVERTED)
        return self._kept >> (_SCORE_BITS + _OTHER_BITS), self._kept & (MOST - 1), points

    def _seed(self, thresholds: Array, sample: Array) -> None:
        """What is not among the k best of the first tile is not among the k best."""
        place = sample.shape[1] - self._k
        np.maximum(thresholds, np.partition(sample, place, axis=1)[:, place] - MARGIN, out=thresholds)

    def _pack(self, owners: Array, others: Array, points: Array) -> None:
        self._new.append((((owners << _SCORE_BITS) | (_TOP - points)) << _OTHER_BITS) | others)
        self._count += len(owners)
        if self._count > self._limit:
            self._compact()

    def _compact(self) -> None:
        every = np.concatenate((self._kept, *self._new))
        every.sort()
        self._new, self._count = [], 0
        owners = every >> (_SCORE_BITS + _OTHER_BITS)
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        sizes = np.diff(starts, append=len(every))
        self._kept = every[np.arange(len(every)) - np.repeat(starts, sizes) < self._k]
        full = sizes >= self._k
        lasts = every[starts[full] + self._k - 1]
        points = _TOP - ((lasts >> _OTHER_BITS) & _INVERTED)
        known = owners[starts[full]]
        self._thresholds[known] = np.maximum(self._thresholds[known], points * UNITS - MARGIN)
