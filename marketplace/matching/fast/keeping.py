"""The best so far of many lists at once, fed with tiles of scores; never all of them."""

from collections.abc import Callable

import numpy as np

from marketplace.matching.fast.arrays import Array
from marketplace.matching.fast.exact import DIVISOR
from marketplace.matching.ranking import TIE_BITS, tie

# Rounded scores are UNITS of a point, and less than half of MARGIN off.
UNITS = DIVISOR
MARGIN = 32
# Below every score that a price can leave, above every pair that fails a must-have; in points.
LOWEST = -1_500_000
_TOP = 2_000_000
_SCORE_BITS, _OWNER_BITS = 22, 20
MOST = 1 << _OWNER_BITS
_INVERTED = (1 << _SCORE_BITS) - 1
# The exact points of those places of a tile.
Exact = Callable[[Array], Array]


class Keeper:
    """For each owner its k best others, by exact points, then by the tie of the pair, then by the other's id.

    Others have the numbers of their ids, which come in order.
    """

    def __init__(self, owner_ids: Array, other_ids: Array, k: int) -> None:
        self._owner_ids, self._other_ids, self._k = owner_ids, other_ids, k
        self._thresholds = np.full(len(owner_ids), LOWEST * UNITS, np.float32)
        self._kept = np.empty(0, np.int64), np.empty(0, np.int32)
        self._new: list[tuple[Array, Array]] = []
        self._count = 0
        self._limit = max(len(owner_ids) * k, 1 << 16)

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
        """Owners in order, the numbers of their others from the best on, and the points."""
        self._compact()
        keys, others = self._kept
        return keys >> (_SCORE_BITS + TIE_BITS), others, _points(keys)

    def _seed(self, thresholds: Array, sample: Array) -> None:
        """What is not among the k best of the first tile is not among the k best."""
        place = sample.shape[1] - self._k
        np.maximum(thresholds, np.partition(sample, place, axis=1)[:, place] - MARGIN, out=thresholds)

    def _pack(self, owners: Array, others: Array, points: Array) -> None:
        ties = tie(self._owner_ids[owners], self._other_ids[others])
        keys = (((owners << _SCORE_BITS) | (_TOP - points)) << TIE_BITS) | ties
        self._new.append((keys, others.astype(np.int32)))
        self._count += len(owners)
        if self._count > self._limit:
            self._compact()

    def _compact(self) -> None:
        keys, others = (np.concatenate(parts) for parts in zip(self._kept, *self._new, strict=True))
        self._new, self._count = [], 0
        order = keys.argsort()
        every = keys[order]
        if (every[1:] == every[:-1]).any():
            order = np.lexsort((others, keys))
        owners = every >> (_SCORE_BITS + TIE_BITS)
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        sizes = np.diff(starts, append=len(every))
        kept = np.arange(len(every)) - np.repeat(starts, sizes) < self._k
        self._kept = every[kept], others[order[kept]]
        full = sizes >= self._k
        known = owners[starts[full]]
        lasts = _points(every[starts[full] + self._k - 1])
        self._thresholds[known] = np.maximum(self._thresholds[known], lasts * UNITS - MARGIN)


def _points(keys: Array) -> Array:
    return _TOP - ((keys >> TIE_BITS) & _INVERTED)
