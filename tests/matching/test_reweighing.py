"""Proposed weights: towards what told the pairs apart, in small whole steps, and none where nothing is better."""

import random

import pytest

from marketplace.matching.factors import FULL
from marketplace.matching.learning.judging import CASES_AT_LEAST, Case
from marketplace.matching.learning.reweighing import STEP, fit, propose, score_of
from marketplace.matching.settings import FACTORS, Direction, Factor, Settings

NOW = Settings()


def cases(number: int, telling: Factor | None, seed: int = 5) -> list[Case]:
    """Pairs with random factors; accepted where `telling` is high (None: by chance)."""
    chance = random.Random(seed)
    made = []
    for at in range(number):
        values = {factor: chance.randint(0, FULL) for factor in Factor}
        good = values[telling] > FULL // 2 if telling else chance.random() < 0.5
        made.append(Case(at, at, score_of(values, NOW), good, "", values))
    return made


@pytest.mark.parametrize("telling", [Factor.SCHEME, Factor.CAPACITY])
def test_the_factor_that_tells_gains_and_no_weight_leaps(telling):
    found = propose(cases(400, telling), NOW)
    assert found is not None
    assert found.auc_then > found.auc_now
    for direction in Direction:
        before, after = NOW.weights(direction), found.settings.weights(direction)
        assert sum(after.values()) == 100
        assert all(abs(after[factor] - before[factor]) <= STEP for factor in FACTORS[direction])
        if telling in before:
            assert after[telling] == before[telling] + STEP
    assert found.settings.neutral == NOW.neutral


def test_chance_proposes_nothing():
    assert all(propose(cases(200, None, seed), NOW) is None for seed in range(5))


def test_too_few_propose_nothing_and_move_little():
    assert propose(cases(CASES_AT_LEAST - 1, Factor.SCHEME), NOW) is None
    unknown = [Case(case.listing, case.partner, case.score, case.good) for case in cases(400, Factor.SCHEME)]
    assert propose(unknown, NOW) is None


def test_a_score_that_tells_nothing_is_no_ground_for_a_fit():
    upside_down = [
        Case(case.listing, case.partner, case.score, case.score < 400_000, "", case.values)
        for case in cases(200, None)
    ]
    assert fit(upside_down, NOW) == NOW
