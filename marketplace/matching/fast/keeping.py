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
_WORD = 64
_NOBODY = np.iinfo(np.int64).max
# So many new ones wait at most, however many owners there are: sorting takes several times their memory.
_MOST_WAITING = 1 << 19
# The exact points of those places of a tile.
Exact = Callable[[Array], Array]


class Keeper:
    """For each owner its k best others, by exact points, then by the tie of the pair, then by the other's id.

    Others have the numbers of their ids, which come in order. Tiles are to be settled before their owners are more than
    a few thousand: settling takes the memory of all owners between the first and the last that wait.
    """

    def __init__(self, owner_ids: Array, other_ids: Array, k: int) -> None:
        k = min(k, len(other_ids))
        self._owner_ids, self._other_ids, self._k = owner_ids, other_ids, k
        self._thresholds = np.full(len(owner_ids), LOWEST * UNITS, np.float32)
        self._keys = np.full((len(owner_ids), k), _NOBODY, np.int64)
        self._others = np.zeros((len(owner_ids), k), np.int32)
        self._new: list[tuple[Array, Array]] = []
        self._count = 0
        self._limit = min(max(len(owner_ids) * k, 1 << 16), _MOST_WAITING)

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

    def best(self, owners: Array) -> tuple[Array, Array, Array]:
        """Of these owners: the place of each among them, the numbers of its others from the best on, and the points."""
        self.settle()
        keys = self._keys[owners]
        there = keys != _NOBODY
        places = np.repeat(np.arange(len(owners), dtype=np.int32), there.sum(axis=1))
        return places, self._others[owners][there], _points(keys[there]).astype(np.int32)

    def settle(self) -> None:
        """Takes in what waits: of the owners from the first to the last of whom anything does."""
        if not self._count:
            return
        keys, others = (np.concatenate(parts) for parts in zip(*self._new, strict=True))
        self._new, self._count = [], 0
        first = int(keys.min() >> _SCORE_BITS)
        touched = slice(first, int(keys.max() >> _SCORE_BITS) + 1)
        there = self._keys[touched] != _NOBODY
        keys = np.concatenate((self._keys[touched][there], keys))
        others = np.concatenate((self._others[touched][there], others))
        order, keys = self._ordered(keys, others, first)
        sizes = np.bincount((keys >> _SCORE_BITS) - first)
        places = np.arange(self._k)
        there = places < sizes[:, None]
        kept = ((np.cumsum(sizes) - sizes)[:, None] + places)[there]
        self._keys[touched][there], self._others[touched][there] = keys[kept], others[order[kept]]
        full = first + np.flatnonzero(sizes >= self._k)
        lasts = _points(self._keys[full, -1])
        self._thresholds[full] = np.maximum(self._thresholds[full], lasts * UNITS - MARGIN)

    def _ordered(self, keys: Array, others: Array, first: int) -> tuple[Array, Array]:
        """The order of keys, and the keys in that order; ties are only looked at where keys are equal."""
        bits, least = len(keys).bit_length(), first << _SCORE_BITS
        ordered = ((keys - least) << bits) | np.arange(len(keys))
        ordered.sort()
        order = ordered & ((1 << bits) - 1)
        ordered >>= bits
        ordered += least
        equal = ordered[1:] == ordered[:-1]
        if equal.any():
            tied = np.zeros(len(keys), bool)
            tied[1:] = equal
            tied[:-1] |= equal
            at = np.flatnonzero(tied)
            order[at] = order[at][self._by_tie(ordered[at], others[order[at]])]
        return order, ordered

    def _by_tie(self, keys: Array, others: Array) -> Array:
        """The order within equal keys."""
        ties = tie(self._owner_ids[keys >> _SCORE_BITS], self._other_ids[others])
        groups, bits = np.cumsum(np.diff(keys, prepend=keys[:1]) != 0), len(keys).bit_length()
        if int(groups[-1]).bit_length() + TIE_BITS + bits < _WORD:
            ordered = (((groups << TIE_BITS) | ties) << bits) | np.arange(len(keys))
            ordered.sort()
            found = ordered & ((1 << bits) - 1)
            ordered >>= bits
            if (ordered[1:] != ordered[:-1]).all():
                return np.asarray(found)
        return np.lexsort((others, ties, groups))

    def _seed(self, thresholds: Array, sample: Array) -> None:
        """What is not among the k best of the first tile is not among the k best."""
        place = sample.shape[1] - self._k
        np.maximum(thresholds, np.partition(sample, place, axis=1)[:, place] - MARGIN, out=thresholds)

    def _pack(self, owners: Array, others: Array, points: Array) -> None:
        self._new.append(((owners << _SCORE_BITS) | (_TOP - points), others))
        self._count += len(owners)
        if self._count > self._limit:
            self.settle()


def _points(keys: Array) -> Array:
    return _TOP - (keys & _INVERTED)
