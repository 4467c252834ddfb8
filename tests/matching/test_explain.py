"""Reasons hold: the parts make the score again, and without the first-named reason it is lower."""

import random
from functools import cache

from marketplace.matching.explain import explain, without
from marketplace.matching.factors import FULL, Side, Why
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model, fit_model
from marketplace.matching.score import PairScore, combine, score_pair, total_with
from marketplace.matching.settings import FACTORS, Direction, Factor, Settings
from tests.matching import worlds


@cache
def _pairs() -> tuple[Model, list[PairScore], dict[int, list[int]]]:
    """A model, 1,000 random pairs that have a score, and all scores of each pair's partner."""
    ours, theirs = worlds.of_size(11, 50, 60)
    model = fit_model(Settings(), worlds.SURROUNDINGS, ours, theirs)
    scored = [pair for listing in ours for partner in theirs if (pair := score_pair(listing, partner, model))]
    totals: dict[int, list[int]] = {}
    for pair in scored:
        totals.setdefault(pair.partner_id, []).append(pair.total)
    return model, random.Random(3).sample(scored, 1000), totals


def test_the_parts_make_the_score_again() -> None:
    model, pairs, _ = _pairs()
    for pair in pairs:
        sums = [
            sum(
                model.settings.weights(direction)[factor] * pair.findings[factor].value
                for factor in FACTORS[direction]
            )
            for direction in Direction
        ]
        assert sums == [pair.for_partner, pair.for_listing]
        assert combine(*sums) == pair.total == total_with(pair, model.settings, {})


def test_without_the_first_reason_the_score_is_lower_and_so_is_the_rank() -> None:
    model, pairs, totals = _pairs()
    fell = told = 0
    for pair in pairs:
        reasons = explain(pair, model).reasons
        if not reasons:
            continue
        told += 1
        less = without(pair, reasons[0].factor, model)
        assert less == pair.total - reasons[0].points < pair.total
        others = totals[pair.partner_id]
        before = sum(total > pair.total for total in others)
        fell += sum(total > less for total in others) > before
    assert told > 950
    assert fell / told >= 0.95


def test_reasons_and_objections_are_ordered_by_what_they_weigh() -> None:
    model, pairs, _ = _pairs()
    for pair in pairs[:200]:
        found = explain(pair, model)
        assert [each.points for each in found.reasons] == sorted(
            (r.points for r in found.reasons), reverse=True
        )
        assert [each.points for each in found.against] == sorted(r.points for r in found.against)
        assert [each.at_most for each in found.missing] == sorted(
            (m.at_most for m in found.missing), reverse=True
        )


def test_a_missing_fact_says_whose_it_is_and_what_it_would_add() -> None:
    listing = Listing(1, "71", amount_idr=10**9)
    partner = Partner(2, sectors=frozenset({"waste"}), smallest_idr=10**8)
    model = Model(surroundings=worlds.SURROUNDINGS)
    pair = score_pair(listing, partner, model)
    assert pair is not None
    missing = {gap.factor: gap for gap in explain(pair, model).missing}
    assert missing[Factor.SECTOR].sides == (Side.LISTING,)
    assert missing[Factor.VALUE].sides == (Side.PARTNER,)
    assert missing[Factor.SCHEME].sides == (Side.LISTING, Side.PARTNER)
    assert Factor.REGION not in missing
    whole = total_with(pair, model.settings, {Factor.SECTOR: FULL})
    assert missing[Factor.SECTOR].at_most == whole - pair.total > 0


def test_what_is_known_and_bad_speaks_against() -> None:
    listing = Listing(1, "71", sector="waste")
    partner = Partner(2, sectors=frozenset({"water"}), provinces=frozenset({"32"}))
    model = Model(surroundings=worlds.SURROUNDINGS)
    pair = score_pair(listing, partner, model)
    assert pair is not None
    against = {reason.factor: reason.why for reason in explain(pair, model).against}
    assert against == {Factor.SECTOR: Why.SECTOR_RELATED, Factor.REGION: Why.REGION_OTHER}


def test_what_gives_nothing_and_takes_nothing_is_not_named() -> None:
    # No must-haves: neutral, though it is said.
    model = Model(surroundings=worlds.SURROUNDINGS)
    pair = score_pair(Listing(1, "71", sector="waste"), Partner(2, sectors=frozenset({"waste"})), model)
    assert pair is not None
    found = explain(pair, model)
    assert not found.against
    told = {reason.factor: reason.given for reason in found.reasons}
    assert told == {
        Factor.SECTOR: {"sector": "waste", "sectors": ("waste",)},
        Factor.REGION: {"province": "71", "provinces": ()},
        Factor.READINESS: {"rung": None},
    }


def test_a_fact_that_lacks_a_part_says_what_is_there() -> None:
    pair = score_pair(Listing(1, "71", amount_idr=10**9), Partner(2, smallest_idr=10**8), Model())
    assert pair is not None
    given = {gap.factor: gap.given for gap in explain(pair, Model()).missing}
    assert given[Factor.VALUE] == {"amount": 10**9, "smallest": 10**8, "largest": None}


def test_prices_are_told() -> None:
    model = Model(partner_prices={2: 30}, listing_prices={1: 40})
    pair = score_pair(Listing(1, "71"), Partner(2), model)
    assert pair is not None
    found = explain(pair, model)
    assert (found.partner_price, found.listing_price) == (30, 40)
