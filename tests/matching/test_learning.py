"""The figures of learning against cases worked by hand."""

import math

import pytest

from marketplace.matching.learning.judging import (
    CASES_AT_LEAST,
    EACH_AT_LEAST,
    Bin,
    Case,
    auc,
    calibration,
    enough,
    figures,
    figures_by_group,
    interval,
    mean_ndcg,
    ndcg,
)


def case(score: int, good: bool, listing: int = 1, partner: int = 1, group: str = "") -> Case:
    return Case(listing, partner, score, good, group)


@pytest.mark.parametrize(
    "good, other, wanted",
    [
        ([3, 4], [1, 2], 1.0),
        ([1, 2], [3, 4], 0.0),
        # Of four pairs three are in order.
        ([2, 4], [1, 3], 0.75),
        # 5 against 5 counts half: (1 + 0.5 + 0 + 0) / 4.
        ([5, 1], [5, 3], 0.375),
        ([7], [7], 0.5),
    ],
)
def test_auc_is_the_share_of_pairs_in_order(good, other, wanted):
    assert auc([(score, True) for score in good] + [(score, False) for score in other]) == wanted


def test_auc_needs_both_kinds():
    with pytest.raises(ValueError, match="both kinds"):
        auc([(1, True), (2, True)])


def test_the_interval_of_hanley_and_mcneil():
    # Worked by hand: A = 0.8, Q1 = 0.8/1.2, Q2 = 1.28/1.8; 20 good, 30 others.
    spread = (0.16 + 19 * (0.8 / 1.2 - 0.64) + 29 * (1.28 / 1.8 - 0.64)) / 600
    low, high = interval(0.8, 20, 30)
    assert low == pytest.approx(0.8 - 1.96 * math.sqrt(spread))
    assert high == pytest.approx(0.8 + 1.96 * math.sqrt(spread))
    assert interval(1.0, 20, 30) == (1.0, 1.0)


@pytest.mark.parametrize(
    "order, wanted",
    [
        ([True, True, False], 1.0),
        ([False, True], 1 / math.log2(3)),
        # The good one and the third place: (1 + 1/2) / (1 + 1/log2 3).
        ([True, False, True], 1.5 / (1 + 1 / math.log2(3))),
        ([False, False], 0.0),
        # The eleventh place is not looked at.
        ([False] * 10 + [True], 0.0),
    ],
)
def test_ndcg_discounts_by_place(order, wanted):
    assert ndcg(order) == pytest.approx(wanted)


def test_ndcg_is_taken_over_listings_with_both_kinds_and_ties_count_against():
    cases = [case(5, True, 1), case(3, False, 1), case(4, True, 2), case(4, False, 2), case(9, True, 3)]
    found, listings = mean_ndcg(cases)
    assert listings == 2
    assert found == pytest.approx((1 + 1 / math.log2(3)) / 2)
    assert mean_ndcg([case(9, True)]) == (None, 0)


def test_calibration_parts_cases_into_equal_sizes_by_score():
    cases = [case(score, score >= 6) for score in (9, 1, 7, 3, 5, 6)]
    assert calibration(cases, bins=3) == (Bin(2, 1, 3, 0), Bin(2, 5, 6, 1), Bin(2, 7, 9, 2))
    assert calibration(cases[:2], bins=3) == (Bin(1, 1, 1, 0), Bin(1, 9, 9, 1))


def test_too_few_say_nothing():
    assert not enough(CASES_AT_LEAST - 1, EACH_AT_LEAST)
    assert not enough(CASES_AT_LEAST, EACH_AT_LEAST - 1)
    assert not enough(CASES_AT_LEAST, CASES_AT_LEAST - EACH_AT_LEAST + 1)
    assert enough(CASES_AT_LEAST, EACH_AT_LEAST)
    few = figures([case(1, True), case(2, False)])
    assert (few.cases, few.good, few.auc, few.ndcg, few.bins) == (2, 1, None, None, ())


def test_each_group_has_figures_of_its_own():
    many = [case(number, number >= 20, number % 7, group="jawa") for number in range(CASES_AT_LEAST)]
    found = figures_by_group([*many, case(1, True, group="papua")])
    assert list(found) == ["jawa", "papua"]
    assert found["jawa"].auc == 1.0
    assert sum(each.cases for each in found["jawa"].bins) == CASES_AT_LEAST
    assert (found["papua"].cases, found["papua"].auc) == (1, None)
