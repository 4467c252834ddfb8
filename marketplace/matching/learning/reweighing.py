"""New weights proposed from what became of pairs: a small step from those in use, told in whole per cent.

A logistic regression of "accepted" on the factors, held to the present weights by a penalty that is worth PULL cases, so
that few cases move little. No weight moves by more than STEP points. It is proposed only where it orders pairs better that
it has not seen: listings are parted into FOLDS, each judged by weights fitted to the others, and the gain must show in
nearly all samples drawn anew from the cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.factors import FULL
from marketplace.matching.learning.judging import Case, auc, enough
from marketplace.matching.score import combine, summed
from marketplace.matching.settings import FACTORS, Direction, Factor, Settings, Weights

PULL = 40.0
STEP = 5
FOLDS = 5
# Less than this better is no better.
GAIN = 0.005
SAMPLES, SURE = 400, 0.975
_ROUNDS = 50
_COLUMNS = tuple((direction, factor) for direction in Direction for factor in FACTORS[direction])
_WHOLE = 100
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Settings with other weights, and the AUC of both over cases that they were not fitted to."""

    settings: Settings
    auc_now: float
    auc_then: float
    cases: int


def propose(cases: Sequence[Case], settings: Settings) -> Proposal | None:
    """Better weights; None where there are too few cases to say, or none are better."""
    known = [case for case in cases if all(factor in case.values for _direction, factor in _COLUMNS)]
    if not enough(len(known), sum(case.good for case in known)):
        return None
    now: list[tuple[int, bool]] = []
    then: list[tuple[int, bool]] = []
    for fold in range(FOLDS):
        seen = [case for case in known if case.listing % FOLDS != fold]
        unseen = [case for case in known if case.listing % FOLDS == fold]
        if len({case.good for case in seen}) < len((True, False)):
            return None
        fitted = fit(seen, settings)
        now += [(score_of(case.values, settings), case.good) for case in unseen]
        then += [(score_of(case.values, fitted), case.good) for case in unseen]
    found = Proposal(fit(known, settings), auc(now), auc(then), len(known))
    better = found.auc_then >= found.auc_now + GAIN and found.settings != settings
    return found if better and _is_sure(now, then) else None


def _is_sure(now: Sequence[tuple[int, bool]], then: Sequence[tuple[int, bool]]) -> bool:
    """Whether the gain is more than the luck of which cases there were; the same answer for the same cases."""
    draws = np.random.default_rng(len(now))
    gains = 0
    for _sample in range(SAMPLES):
        drawn = draws.integers(0, len(now), len(now))
        if len({now[at][1] for at in drawn}) < len((True, False)):
            continue
        gains += auc([then[at] for at in drawn]) > auc([now[at] for at in drawn])
    return gains >= SURE * SAMPLES


def score_of(values: Mapping[str, int], settings: Settings) -> int:
    """The score that these values have under these settings."""
    read = {Factor(name): value for name, value in values.items()}
    return combine(*(summed(read, settings, direction) for direction in Direction))


def fit(cases: Sequence[Case], settings: Settings) -> Settings:
    """The settings with the weights that tell these cases best, within STEP points of the present ones."""
    values = np.array([[case.values[factor] / FULL for _direction, factor in _COLUMNS] for case in cases])
    good = np.array([case.good for case in cases], dtype=np.float64)
    present = np.array([settings.weights(direction)[factor] / _WHOLE for direction, factor in _COLUMNS])
    scale = _slope(values @ present, good)
    if scale <= 0:
        return settings
    weights = _regress(values, good, present * scale) / scale
    moved = {
        direction: _rounded(settings.weights(direction), _part(weights, direction)) for direction in Direction
    }
    return replace(
        settings, for_partner=moved[Direction.FOR_PARTNER], for_listing=moved[Direction.FOR_LISTING]
    )


def _part(weights: Matrix, direction: Direction) -> dict[Factor, float]:
    return {
        factor: float(weight) * _WHOLE
        for (owner, factor), weight in zip(_COLUMNS, weights, strict=True)
        if owner is direction
    }


def _slope(sums: Matrix, good: Matrix) -> float:
    """How strongly the present sums tell; 0 or less where they tell nothing."""
    return float(_regress(sums[:, None], good, np.zeros(1), pull=1.0)[0])


def _regress(values: Matrix, good: Matrix, prior: Matrix, pull: float = PULL) -> Matrix:
    """Logistic regression by Newton's method; the constant is free, the rest is held to the prior."""
    rows = np.column_stack([np.ones(len(values)), values])
    centre = np.concatenate([[0.0], prior])
    penalty = np.concatenate([[1e-6], np.full(len(prior), pull / len(prior))])
    found = centre.copy()
    for _round in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (good - likely) - penalty * (found - centre)
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found = found + np.clip(step, -5, 5)
        if float(np.abs(step).max()) < 1e-9:
            break
    return found[1:]


def _rounded(present: Weights, wanted: Mapping[Factor, float]) -> dict[Factor, int]:
    """Whole per cent that make 100 together, none below 0 and none further than STEP from the present."""
    total = sum(max(weight, 0.0) for weight in wanted.values()) or 1.0
    aims = {factor: max(weight, 0.0) * _WHOLE / total for factor, weight in wanted.items()}
    low = {factor: max(0, weight - STEP) for factor, weight in present.items()}
    high = {factor: weight + STEP for factor, weight in present.items()}
    found = {factor: min(max(round(aims[factor]), low[factor]), high[factor]) for factor in present}
    while (rest := _WHOLE - sum(found.values())) != 0:
        step = 1 if rest > 0 else -1
        free = [factor for factor in found if low[factor] <= found[factor] + step <= high[factor]]
        # The one that is then nearest to its aim; the order of the factors breaks ties.
        nearest = min(free, key=lambda factor: abs(found[factor] + step - aims[factor]))
        found[nearest] += step
    return found
