"""The best so far of many lists at once, fed with tiles of scores; never all of them."""

import numpy as np

from marketplace.matching.arrays import Array

# Rounded scores differ from the exact ones by less than half of it (points of POINTS; tests/matching/test_exactness.py).
MARGIN = 64
# Below every score that a price can leave, above every pair that fails a must-have.
LOWEST = -1_500_000
_TOP = 2_000_000
_SCORE_BITS, _OTHER_BITS = 22, 20
MOST = 1 << _OTHER_BITS
_SAMPLE = 512
_INVERTED = (1 << _SCORE_BITS) - 1


class Keeper:
    """For each owner what may be among its k best: its k best by rounded scores, and what comes within MARGIN."""

    def __init__(self, owners: int, k: int) -> None:
        self._k = k
        self._thresholds = np.full(owners, LOWEST, np.float32)
        self._kept = np.empty(0, np.int64)
        self._new: list[Array] = []
        self._count = 0
        self._limit = max(owners * k, 1 << 16)

    def offer(self, scores: Array, owner: int, other: int) -> None:
        """A tile of scores: rows are owners from that one on, columns others."""
        thresholds = self._thresholds[owner : owner + len(scores)]
        if thresholds[0] == LOWEST and scores.shape[1] >= self._k:
            self._seed(thresholds, scores[:, : max(_SAMPLE, self._k)])
        self._take(scores, np.flatnonzero(scores >= thresholds[:, None]), owner, other)

    def offer_turned(self, scores: Array, owner: int, other: int) -> None:
        """The same with owners as columns and others as rows."""
        thresholds = self._thresholds[owner : owner + scores.shape[1]]
        if thresholds[0] == LOWEST and len(scores) >= self._k:
            self._seed(thresholds, np.ascontiguousarray(scores[: max(_SAMPLE, self._k)].T))
        found = np.flatnonzero(scores >= thresholds)
        rows, columns = np.divmod(found, scores.shape[1])
        self._pack(columns + owner, rows + other, scores.reshape(-1)[found])

    def best(self) -> tuple[Array, Array]:
        """Owners in order, and the others that may be in their lists."""
        self._compact()
        return self._kept >> (_SCORE_BITS + _OTHER_BITS), self._kept & (MOST - 1)

    def _seed(self, thresholds: Array, sample: Array) -> None:
        place = sample.shape[1] - self._k
        np.maximum(thresholds, np.partition(sample, place, axis=1)[:, place] - MARGIN, out=thresholds)

    def _take(self, scores: Array, found: Array, owner: int, other: int) -> None:
        rows, columns = np.divmod(found, scores.shape[1])
        self._pack(rows + owner, columns + other, scores.reshape(-1)[found])

    def _pack(self, owners: Array, others: Array, scores: Array) -> None:
        inverted = _TOP - scores.astype(np.int64)
        self._new.append((((owners << _SCORE_BITS) | inverted) << _OTHER_BITS) | others)
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
        scores = _TOP - ((every >> _OTHER_BITS) & _INVERTED)
        full = sizes >= self._k
        lasts = np.full(len(starts), LOWEST, np.int64)
        lasts[full] = scores[starts[full] + self._k - 1] - MARGIN
        self._kept = every[scores >= np.repeat(lasts, sizes)]
        known = owners[starts]
        self._thresholds[known] = np.maximum(self._thresholds[known], lasts)
