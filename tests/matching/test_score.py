"""The score of one pair in numbers worked out by hand."""

from dataclasses import replace

import pytest

from marketplace.matching.factors import FULL, PERCENT
from marketplace.matching.facts import Listing, Partner, Surroundings
from marketplace.matching.model import Model
from marketplace.matching.score import WHOLE, PairScore, combine, score_pair, summed, total_with
from marketplace.matching.settings import FACTORS, POINTS, Direction, Factor, Settings

ALL = {direction: dict.fromkeys(factors, 0) for direction, factors in FACTORS.items()}
# Two factors a direction, so that every product can be seen.
SETTINGS = Settings(
    for_partner=ALL[Direction.FOR_PARTNER] | {Factor.SECTOR: 60, Factor.SCHEME: 40},
    for_listing=ALL[Direction.FOR_LISTING] | {Factor.KIND: 70, Factor.LEVEL: 30},
)
MODEL = Model(SETTINGS, Surroundings(dimensions={"waste": "env", "water": "env"}))
LISTING = Listing(5, "71", sector="waste", schemes=frozenset({"kpbu"}), partner_kinds=frozenset({"investor"}))
PARTNER = Partner(9, kind="investor", sectors=frozenset({"water"}), schemes=frozenset({"kpbu"}), level=3)


def scored(listing: Listing = LISTING, partner: Partner = PARTNER) -> PairScore:
    pair = score_pair(listing, partner, MODEL)
    assert pair is not None
    return pair


def test_each_direction_is_the_weighed_sum_of_its_factors() -> None:
    pair = scored()
    assert (pair.listing_id, pair.partner_id) == (5, 9)
    assert pair.for_partner == 60 * 40 * PERCENT + 40 * FULL
    assert pair.for_listing == 70 * FULL + 30 * FULL == WHOLE
    assert set(pair.findings) == set(Factor)


def test_both_directions_meet_in_their_harmonic_mean() -> None:
    pair = scored()
    share = 0.64
    assert pair.total == int(2 * share / (1 + share) * POINTS) == 780_487
    assert pair.percent == 78


@pytest.mark.parametrize(
    "partner_side,listing_side,points",
    [
        (0, 0, 0),
        (0, WHOLE, 0),
        (WHOLE, 0, 0),
        (WHOLE, WHOLE, POINTS),
        (WHOLE // 2, WHOLE // 2, POINTS // 2),
        (WHOLE // 4, WHOLE * 3 // 4, 375_000),
        (1, 1, 0),
        (WHOLE // 3, WHOLE, 500_000),
    ],
)
def test_a_pair_is_little_better_than_its_weaker_side(
    partner_side: int, listing_side: int, points: int
) -> None:
    assert combine(partner_side, listing_side) == combine(listing_side, partner_side) == points


@pytest.mark.parametrize(
    "total,percent", [(0, 0), (4_999, 0), (5_000, 1), (994_999, 99), (995_000, 100), (POINTS, 100)]
)
def test_the_score_is_read_in_whole_per_cent(total: int, percent: int) -> None:
    assert PairScore(1, 2, total, 0, 0, {}).percent == percent


def test_a_failed_must_have_leaves_no_score() -> None:
    listing = Listing(1, "71", must_codes=frozenset({"nib", "iso"}))
    assert score_pair(listing, Partner(2, fails=frozenset({"iso"})), MODEL) is None
    assert score_pair(listing, Partner(2, fails=frozenset({"other"})), MODEL) is not None
    assert score_pair(listing, Partner(2), MODEL) is not None


def test_other_values_give_another_total() -> None:
    pair = scored()
    assert total_with(pair, SETTINGS, {}) == pair.total
    assert total_with(pair, SETTINGS, {Factor.SECTOR: FULL}) == POINTS
    assert total_with(pair, SETTINGS, {Factor.SECTOR: FULL, Factor.KIND: 0, Factor.LEVEL: 0}) == 0
    assert total_with(pair, SETTINGS, {Factor.REGION: 0}) == pair.total


def test_only_the_factors_of_a_direction_count_in_it() -> None:
    values = dict.fromkeys(Factor, 1)
    assert summed(values, SETTINGS, Direction.FOR_PARTNER) == 100
    assert summed(values | {Factor.KIND: 1000}, SETTINGS, Direction.FOR_PARTNER) == 100
    assert summed(values | {Factor.KIND: 11}, SETTINGS, Direction.FOR_LISTING) == 70 * 11 + 30


@pytest.mark.parametrize(
    "smallest, largest, wanted",
    [
        (None, 10, True), (10, None, True), (10, 10, True), (None, None, True),
        (11, None, False), (None, 9, False), (2, 9, False), (11, 40, False),
    ],
)  # fmt: skip
def test_a_range_that_leaves_out_the_sum_is_no_partner_where_the_listing_asks_for_it(
    smallest: int | None, largest: int | None, wanted: bool
) -> None:
    asking = Listing(1, "71", amount_idr=10 * 10**9, within_ticket=True)
    ends = [end and end * 10**9 for end in (smallest, largest)]
    partner = Partner(2, smallest_idr=ends[0], largest_idr=ends[1])
    assert (score_pair(asking, partner, MODEL) is not None) is wanted
    assert score_pair(replace(asking, within_ticket=False), partner, MODEL) is not None
    assert score_pair(replace(asking, amount_idr=None), partner, MODEL) is not None
