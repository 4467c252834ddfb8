"""Fair exposure: what each one's score must lose in the others' lists so that nobody stands in too many of them.

An auction: whoever stands in more lists than the cap lets in becomes dearer by just as much as makes the lists that
lose least take their next best instead, until nobody is above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marketplace.matching.fast.arrays import Array
from marketplace.matching.ranking import TIE_BITS

_ROUNDS = 400
# A price rises by so many points more than it must, and by more each round, so that those who are equal need not take
# turns for ever.
_STEP, _MORE = 200, 20
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

    def exposure(self, k: int) -> int:
        """In how many of the lists, cut to length k, stands who stands in the most."""
        counts = np.bincount(self.others[_places(self.owners) < k])
        return int(counts.max(initial=0))


def joined(parts: Sequence[Candidates]) -> Candidates:
    """All parts as one, each pair once."""
    nothing = np.empty(0, np.int64)
    owners = np.concatenate((nothing, *(each.owners for each in parts)))
    others = np.concatenate((nothing, *(each.others for each in parts)))
    totals = np.concatenate((nothing, *(each.totals for each in parts)))
    ties = np.concatenate((nothing, *(each.ties for each in parts)))
    _, once = np.unique((owners << 32) | others, return_index=True)
    kept = once[np.lexsort((once, owners[once]))]
    return Candidates(owners[kept], others[kept], totals[kept], ties[kept])


def _places(owners: Array) -> Array:
    """The place of each in its owner's list, from 0 on."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    return np.arange(len(owners)) - np.repeat(starts, np.diff(starts, append=len(owners)))


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
        adjusted = scores - (found << TIE_BITS)[others]
        ordered = np.partition(adjusted, (-k - 1, -k), axis=1)
        next_best, last = ordered[:, -k - 1, None], ordered[:, -k, None]
        chosen = (adjusted >= last) & (adjusted > _NOBODY)
        slack = np.where(next_best > _NOBODY, adjusted - next_best, _NEVER)
        raised = _raise(others[chosen], slack[chosen], members + 1, cap)
        raised[raised > 0] += _STEP + _MORE * turn
        if not raised.any():
            break
        found += raised
    return found[:-1]


def _squared(candidates: Candidates) -> tuple[Array, Array]:
    """Others, and scores of which no two in a list are equal, with a row for each list; shorter lists end with nobody,
    whose number is -1."""
    place = _places(candidates.owners)
    row = np.cumsum(place == 0) - 1
    shape = int(row[-1]) + 1 if len(row) else 0, int(place.max(initial=-1)) + 1
    others, scores = np.full(shape, -1, np.int32), np.full(shape, 2 * _NOBODY, np.int64)
    others[row, place], scores[row, place] = candidates.others, (candidates.totals << TIE_BITS) - candidates.ties
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
