"""A score in words: plain values in, plain values out."""

from enum import StrEnum

from marketplace.matching.rules import GOOD_FROM
from marketplace.matching.score import PairScore
from marketplace.matching.settings import Direction, Factor, Settings

# Of a million.
STRONG_FROM = 680_000
# Of a hundred: of less than this share of what the partner looks for anything is known.
KNOWN_AT_LEAST = 50


class Fit(StrEnum):
    """How well two fit, as people read it; the number stands beside it."""

    STRONG = "strong"
    PARTIAL = "partial"
    WEAK = "weak"
    UNKNOWN = "unknown"
    # A must-have is known to fail.
    EXCLUDED = "excluded"


def fit_of(score: PairScore, settings: Settings) -> Fit:
    """The word for a score: it is not judged where most of what the partner looks for is not known."""
    weights = settings.weights(Direction.FOR_PARTNER)
    if sum(weight for factor, weight in weights.items() if _is_known(score, factor)) < KNOWN_AT_LEAST:
        return Fit.UNKNOWN
    if score.total >= STRONG_FROM:
        return Fit.STRONG
    return Fit.PARTIAL if score.total >= GOOD_FROM else Fit.WEAK


def _is_known(score: PairScore, factor: Factor) -> bool:
    return not score.findings[factor].lacking
