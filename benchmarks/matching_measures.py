"""Measures of rankings against known pairs. A ranking is a matrix of scores, a row each list; higher is better."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
AT = 10
_RESAMPLES = 1000


@dataclass(frozen=True)
class Measured:
    """Means over the lists that have a known pair; one figure a list where an interval is wanted."""

    ndcg: Array
    rank: Array
    mutual: float
    coverage: float
    gini: float


def first(scores: Array, size: int = AT) -> Array:
    """The best columns of each row, ties by number."""
    return np.argsort(-scores, axis=1, kind="stable")[:, :size]


def measured(for_listings: Array, for_partners: Array, known: Array) -> Measured:
    """Both sides at once: scores that listings rank partners by, and partners listings (a row a partner)."""
    ours, theirs = first(for_listings), first(for_partners)
    ndcg = np.concatenate((ndcg_at(ours, known), ndcg_at(theirs, known.T)))
    rank = np.concatenate((reciprocal(for_listings, known), reciprocal(for_partners, known.T)))
    counts = np.bincount(ours.ravel(), minlength=known.shape[1])
    return Measured(ndcg, rank, mutual_hits(ours, theirs, known), float((counts > 0).mean()), gini(counts))


def ndcg_at(places: Array, known: Array) -> Array:
    """NDCG@10 of each list that has a known pair."""
    asked = known.any(axis=1)
    discounts = 1 / np.log2(np.arange(2, places.shape[1] + 2))
    hits = np.take_along_axis(known[asked], places[asked], axis=1)
    ideal = np.cumsum(discounts)[np.minimum(known[asked].sum(axis=1), places.shape[1]) - 1]
    return np.asarray(hits @ discounts / ideal)


def reciprocal(scores: Array, known: Array) -> Array:
    """One over the place of the first known pair of each list that has one."""
    asked = known.any(axis=1)
    places = np.argsort(-scores[asked], axis=1, kind="stable")
    return np.asarray(1 / (np.take_along_axis(known[asked], places, axis=1).argmax(axis=1) + 1))


def mutual_hits(ours: Array, theirs: Array, known: Array) -> float:
    """The share of known pairs in which each stands in the other's first ten."""
    in_ours, in_theirs = np.zeros_like(known), np.zeros_like(known.T)
    np.put_along_axis(in_ours, ours, True, axis=1)
    np.put_along_axis(in_theirs, theirs, True, axis=1)
    return float((in_ours & in_theirs.T & known).sum() / known.sum())


def gini(counts: Array) -> float:
    """0 where all stand in as many lists, 1 where one stands in all."""
    ordered, size = np.sort(counts), len(counts)
    return float((2 * np.arange(1, size + 1) - size - 1) @ ordered / (size * max(ordered.sum(), 1)))


def interval(figures: Array, seed: int = 1) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean."""
    source = np.random.default_rng(seed)
    means = [figures[source.integers(0, len(figures), len(figures))].mean() for _ in range(_RESAMPLES)]
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))
