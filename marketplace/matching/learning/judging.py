"""How well stored scores told what became of pairs: plain cases in, figures out, none where there are too few.

A case is a pair that somebody decided about: accepted is good; declined or put aside is not. Its score is the one that it
had before anybody did anything.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Below these a figure would say more of chance than of the score.
CASES_AT_LEAST = 40
EACH_AT_LEAST = 10
DEPTH = 10
BINS = 5
_NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Case:
    """One pair that was decided about. `values` are its factors today, where both sides still can be scored."""

    listing: int
    partner: int
    score: int
    good: bool
    group: str = ""
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of similar score: how many, their scores, and how many of them were accepted."""

    cases: int
    lowest: int
    highest: int
    good: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`auc`: how often an accepted pair stands before another, with its 95 % interval; `ndcg`: the order within listings
    that have both kinds, and how many these are. None: too few cases to say."""

    cases: int
    good: int
    auc: float | None = None
    auc_low: float | None = None
    auc_high: float | None = None
    ndcg: float | None = None
    listings: int = 0
    bins: tuple[Bin, ...] = ()


def figures(cases: Sequence[Case]) -> Figures:
    """The figures of these cases, as far as there are enough."""
    good = sum(case.good for case in cases)
    if not enough(len(cases), good):
        return Figures(len(cases), good)
    found = auc([(case.score, case.good) for case in cases])
    low, high = interval(found, good, len(cases) - good)
    ndcg, listings = mean_ndcg(cases)
    return Figures(len(cases), good, found, low, high, ndcg, listings, calibration(cases))


def figures_by_group(cases: Iterable[Case]) -> dict[str, Figures]:
    """The same for each region group."""
    grouped: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        grouped[case.group].append(case)
    return {name: figures(grouped[name]) for name in sorted(grouped)}


def enough(cases: int, good: int) -> bool:
    """Whether so many cases, so many of them accepted, say something."""
    return cases >= CASES_AT_LEAST and min(good, cases - good) >= EACH_AT_LEAST


def auc(pairs: Iterable[tuple[float, bool]]) -> float:
    """The chance that a good one has the higher score than one that is not; equal scores count half."""
    ordered = sorted(pairs)
    good = sum(is_good for _score, is_good in ordered)
    other = len(ordered) - good
    if not good or not other:
        raise ValueError("both kinds are needed")
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        middle = (at + 1 + end) / 2
        ranks += middle * sum(is_good for _score, is_good in ordered[at:end])
        at = end
    return (ranks - good * (good + 1) / 2) / (good * other)


def interval(found: float, good: int, other: int) -> tuple[float, float]:
    """Where the AUC lies in 95 of 100 such samples (Hanley and McNeil 1982)."""
    first, second = found / (2 - found), 2 * found**2 / (1 + found)
    spread = found * (1 - found) + (good - 1) * (first - found**2) + (other - 1) * (second - found**2)
    reach = _NORMAL_95 * math.sqrt(max(spread, 0.0) / (good * other))
    return max(0.0, found - reach), min(1.0, found + reach)


def ndcg(goods: Sequence[bool], depth: int = DEPTH) -> float:
    """How near an order, the best first, is to one with all the good in front; 1 is that order."""
    best = sum(_discount(place) for place in range(min(sum(goods), depth)))
    reached = sum(_discount(place) for place, is_good in enumerate(goods[:depth]) if is_good)
    return reached / best if best else 0.0


def _discount(place: int) -> float:
    return 1 / math.log2(place + 2)


def mean_ndcg(cases: Iterable[Case]) -> tuple[float | None, int]:
    """The mean over listings that have both kinds, and how many these are; among equal scores the worst order counts."""
    by_listing: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        by_listing[case.listing].append(case)
    mixed = [found for found in by_listing.values() if 0 < sum(case.good for case in found) < len(found)]
    if not mixed:
        return None, 0
    orders = (sorted(found, key=lambda case: (-case.score, case.good)) for found in mixed)
    return sum(ndcg([case.good for case in order]) for order in orders) / len(mixed), len(mixed)


def calibration(cases: Sequence[Case], bins: int = BINS) -> tuple[Bin, ...]:
    """The cases by score in parts of equal size, the lowest first: acceptance should rise."""
    ordered = sorted(cases, key=lambda case: (case.score, case.listing, case.partner))
    cuts = [len(ordered) * number // bins for number in range(bins + 1)]
    parts = [ordered[start:end] for start, end in itertools.pairwise(cuts) if end > start]
    return tuple(
        Bin(len(part), part[0].score, part[-1].score, sum(case.good for case in part)) for part in parts
    )
