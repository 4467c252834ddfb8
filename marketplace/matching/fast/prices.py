"""Fair exposure: what each one's score must lose in the others' lists so that nobody stands in too many of them.

An auction: whoever stands in more lists than the cap lets in becomes dearer by just as much as makes the lists that
lose least take their next best instead, until nobody is above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from marketplace.matching.fast.arrays import Array
from marketplace.matching.ranking import TIE_BITS

_ROUNDS = 400
# A price rises by so many points more than it must, and by more each round, so that those who are equal need not take
# turns for ever.
_STEP, _MORE = 200, 20
# So many lists are looked at together.
_LISTS = 8192
_NEVER = np.iinfo(np.int64).max
_NOBODY = -(10**9) << TIE_BITS


@dataclass(frozen=True)
class Candidates:
    """The lists of one side, longer than they are shown: owner, who stands there, the score and what decides between
    equal ones, in order of owners."""

    owners: Array
    others: Array
    totals: Array
    ties: Array

    def __len__(self) -> int:
        return len(self.owners)

    def taken(self, kept: Any) -> "Candidates":
        """Some of them."""
        return Candidates(self.owners[kept], self.others[kept], self.totals[kept], self.ties[kept])

    def sizes(self) -> Array:
        """How long each list is, of those that name anybody."""
        return np.diff(np.flatnonzero(np.diff(self.owners, prepend=-1)), append=len(self))

    def exposure(self, k: int) -> int:
        """In how many of the lists, cut to length k, stands who stands in the most."""
        sizes = self.sizes()
        places = np.arange(k)
        shown = ((np.cumsum(sizes) - sizes)[:, None] + places)[places < sizes[:, None]]
        return int(np.bincount(self.others[shown]).max(initial=0))


_COLUMNS = [each.name for each in fields(Candidates)]


def chained(parts: Sequence[Candidates]) -> Candidates:
    """One after the other, the owners of the first come first."""
    nothing = np.empty(0, np.int32)
    columns = [(nothing, *(getattr(part, name) for part in parts)) for name in _COLUMNS]
    return Candidates(*map(np.concatenate, columns))


def joined(first: Candidates, second: Candidates) -> Candidates:
    """Both as one, each pair once; so many lists at a time, for all together take several times their memory."""
    last = int(max(each.owners.max(initial=-1) for each in (first, second)))
    return chained([_joined(first, second, begin, begin + _LISTS) for begin in range(0, last + 1, _LISTS)])


def _joined(first: Candidates, second: Candidates, begin: int, end: int) -> Candidates:
    parts = [each.taken(slice(*np.searchsorted(each.owners, (begin, end)))) for each in (first, second)]
    both = chained(parts)
    _, once = np.unique((both.owners.astype(np.int64) << 32) | both.others, return_index=True)
    return both.taken(once)


def highest_exposure(lists: int, members: int, k: int, exposure: int) -> int:
    """In how many lists of length k one of those members may stand: `exposure` times the even share, 1 at least."""
    return max(1, -(-exposure * lists * k // members)) if members else 0


def prices(candidates: Candidates, members: int, k: int, cap: int) -> Array:
    """The price of each member, 0 for most. A list without a next best keeps whom it has, whatever the price."""
    others, scores = _squared(candidates)
    found = np.zeros(members + 1, np.int64)
    if scores.shape[1] <= k:
        return found[:-1]
    for turn in range(_ROUNDS):
        parts = [
            _chosen(others[begin : begin + _LISTS], scores[begin : begin + _LISTS], found, k)
            for begin in range(0, len(others), _LISTS)
        ]
        chosen, slack = (np.concatenate(each) for each in zip(*parts, strict=True))
        raised = _raise(chosen, slack, members + 1, cap)
        raised[raised > 0] += _STEP + _MORE * turn
        if not raised.any():
            break
        found += raised
    return found[:-1]


def _chosen(others: Array, scores: Array, found: Array, k: int) -> tuple[Array, Array]:
    """Who stands among the k best of these lists at these prices, and how much each is better than the next best."""
    adjusted = scores - (found << TIE_BITS)[others]
    ordered = np.partition(adjusted, (-k - 1, -k), axis=1)
    next_best, last = ordered[:, -k - 1, None], ordered[:, -k, None]
    chosen = (adjusted >= last) & (adjusted > _NOBODY)
    slack = np.where(next_best > _NOBODY, adjusted - next_best, _NEVER)
    return others[chosen], slack[chosen]


def _squared(candidates: Candidates) -> tuple[Array, Array]:
    """Others, and scores of which no two in a list are equal, with a row for each list; shorter lists end with nobody,
    whose number is -1."""
    sizes = candidates.sizes()
    there = np.arange(sizes.max(initial=0)) < sizes[:, None]
    others, scores = np.full(there.shape, -1, np.int32), np.full(there.shape, 2 * _NOBODY, np.int64)
    others[there], scores[there] = (
        candidates.others,
        (candidates.totals.astype(np.int64) << TIE_BITS) - candidates.ties,
    )
    return others, scores


def _raise(others: Array, slack: Array, members: int, cap: int) -> Array:
    """By how much each becomes dearer: the slack of the last list that it has to lose, and a point."""
    raised = np.zeros(members, np.int64)
    counts = np.bincount(others, minlength=members)
    over = np.flatnonzero(counts > cap)
    order = np.lexsort((slack, others))
    starts = np.cumsum(counts) - counts
    last = slack[order[starts[over] + counts[over] - cap - 1]]
    raised[over] = np.where(last == _NEVER, 0, (last >> TIE_BITS) + 1)
    return raised
