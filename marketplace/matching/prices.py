"""Fair exposure: what each one's score must lose in the others' lists so that nobody stands in too many of them.

An auction: whoever stands in more lists than the cap lets in becomes dearer by just as much as makes the lists that
lose least take their next best instead, until nobody is above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marketplace.matching.arrays import Array

_ROUNDS = 400
# A price rises by so many points more than it must, so that those who are equal need not take turns for ever.
_STEP = 200
_NEVER = np.iinfo(np.int64).max
_NOBODY = -(10**9)


@dataclass(frozen=True)
class Candidates:
    """The lists of one side, longer than they are shown: owner, who stands there and the score, in order of owners."""

    owners: Array
    others: Array
    totals: Array

    def __len__(self) -> int:
        return len(self.owners)


def joined(parts: Sequence[Candidates]) -> Candidates:
    """All parts as one."""
    nothing = np.empty(0, np.int64)
    return Candidates(
        np.concatenate((nothing, *(each.owners for each in parts))),
        np.concatenate((nothing, *(each.others for each in parts))),
        np.concatenate((nothing, *(each.totals for each in parts))),
    )


def highest_exposure(lists: int, members: int, k: int, exposure: int) -> int:
    """In how many lists of length k one of those members may stand: `exposure` times the even share, 1 at least."""
    return max(1, -(-exposure * lists * k // members)) if members else 0


def prices(candidates: Candidates, members: int, k: int, cap: int) -> Array:
    """The price of each member, 0 for most. A list without a next best keeps whom it has, whatever the price."""
    others, totals = _squared(candidates)
    found = np.zeros(members + 1, np.int64)
    if totals.shape[1] <= k:
        return found[:-1]
    for _ in range(_ROUNDS):
        adjusted = totals - found[others]
        ordered = np.partition(adjusted, (-k - 1, -k), axis=1)
        next_best, last = ordered[:, -k - 1, None], ordered[:, -k, None]
        chosen = (adjusted >= last) & (adjusted > _NOBODY)
        slack = np.where(next_best > _NOBODY, adjusted - next_best, _NEVER)
        raised = _raise(others[chosen], slack[chosen], members + 1, cap)
        if not raised.any():
            break
        found += raised
    return found[:-1]


def _squared(candidates: Candidates) -> tuple[Array, Array]:
    """Others and scores with a row for each list; shorter lists end with nobody, whose number is -1."""
    starts = np.flatnonzero(np.diff(candidates.owners, prepend=-1))
    sizes = np.diff(starts, append=len(candidates))
    row = np.repeat(np.arange(len(starts)), sizes)
    place = np.arange(len(candidates)) - np.repeat(starts, sizes)
    shape = len(starts), int(sizes.max(initial=0))
    others, totals = np.full(shape, -1, np.int32), np.full(shape, 2 * _NOBODY, np.int64)
    others[row, place], totals[row, place] = candidates.others, candidates.totals
    return others, totals


def _raise(others: Array, slack: Array, members: int, cap: int) -> Array:
    """By how much each becomes dearer: the slack of the last list that it has to lose, and a step more."""
    raised = np.zeros(members, np.int64)
    counts = np.bincount(others, minlength=members)
    over = np.flatnonzero(counts > cap)
    order = np.lexsort((slack, others))
    starts = np.cumsum(counts) - counts
    last = slack[order[starts[over] + counts[over] - cap - 1]]
    raised[over] = np.where(last == _NEVER, 0, last + _STEP)
    return raised
