"""Nobody stands in more lists than the cap lets in, and every list stays full."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from marketplace.matching.factors import Side
from marketplace.matching.facts import Surroundings
from marketplace.matching.fast.arrays import Array
from marketplace.matching.fast.prices import Candidates, highest_exposure, prices
from marketplace.matching.fast.world import World
from marketplace.matching.model import fit_model
from marketplace.matching.settings import Settings
from tests.matching import worlds


def exposure(world: World, k: int) -> dict[Side, Counter[int]]:
    """How many lists of the other side each one stands in; by the side of the lists."""
    found: dict[Side, Counter[int]] = {side: Counter() for side in Side}
    for block in world.refresh(k):
        for each in block:
            assert len(each.ids) == k
            found[each.side].update(each.ids)
    return found


def candidates(owners: Array, others: Array, totals: list[int]) -> Candidates:
    """Lists in which what decides between equal ones is the number."""
    return Candidates(owners, others, np.array(totals), others)


@pytest.mark.parametrize("factor,most", [(2, 10), (3, 15)])
def test_the_cap_holds_on_both_sides(factor: int, most: int) -> None:
    ours, theirs = worlds.of_size(8, 40, 40)
    # Who may not stand in a list cannot take another's place there, whatever the price.
    ours = [replace(each, within_ticket=False) for each in ours]
    theirs = [replace(each, fails=frozenset()) for each in theirs]
    model = fit_model(Settings(exposure=factor), worlds.SURROUNDINGS, ours, theirs)
    world = World.of(ours, theirs, model)
    before = {side: max(counts.values()) for side, counts in exposure(world, 5).items()}
    priced = world.reprice(5)
    after = {side: max(counts.values()) for side, counts in exposure(world, 5).items()}
    assert priced.partner_prices
    assert max(after.values()) <= most < max(before.values())


@pytest.mark.parametrize("others", [0, 20])
def test_the_cap_holds_for_those_who_are_alike_in_every_fact(others: int) -> None:
    """100 alike partners, more than a list has places: each list takes others of them."""
    ours, theirs = worlds.of_size(8, 200, 100 + others)
    ours = [replace(each, within_ticket=False) for each in ours]
    theirs = [replace(each, fails=frozenset()) for each in theirs]
    theirs[:100] = [replace(theirs[0], id=each.id) for each in theirs[:100]]
    model = fit_model(Settings(exposure=3), worlds.SURROUNDINGS, ours, theirs)
    world = World.of(ours, theirs, model)
    world.reprice(5)
    assert max(exposure(world, 5)[Side.LISTING].values()) <= highest_exposure(200, len(theirs), 5, 3)


def test_without_a_cap_nothing_has_a_price() -> None:
    ours, theirs = worlds.of_size(8, 40, 40)
    model = fit_model(Settings(exposure=0), worlds.SURROUNDINGS, ours, theirs)
    assert World.of(ours, theirs, model).reprice(5) == model


def test_the_dearest_loses_the_lists_that_lose_least() -> None:
    """Three lists of one: all want the first; the second choice is nearest in the last list."""
    owners, others = np.repeat([0, 1, 2], 2), np.array([0, 1, 0, 2, 0, 3])
    lists = candidates(owners, others, [900, 100, 900, 200, 900, 700])
    found = prices(lists, members=4, k=1, cap=2)
    assert found.tolist() == [401, 0, 0, 0]
    free = prices(lists, members=4, k=1, cap=3)
    assert free.tolist() == [0, 0, 0, 0]


def test_a_list_without_a_next_best_keeps_whom_it_has() -> None:
    owners, others = np.array([0, 1, 1]), np.array([0, 0, 1])
    found = prices(candidates(owners, others, [900, 900, 100]), members=2, k=1, cap=1)
    assert found.tolist() == [1001, 0]
    alone = prices(candidates(np.array([0, 1]), np.array([0, 0]), [5, 5]), members=1, k=1, cap=1)
    assert alone.tolist() == [0]


def test_the_cap_is_so_many_times_the_even_share() -> None:
    assert highest_exposure(lists=100, members=50, k=20, exposure=4) == 160
    assert highest_exposure(lists=10, members=3000, k=20, exposure=4) == 1
    assert highest_exposure(lists=10, members=0, k=20, exposure=4) == 0


def test_an_empty_world_has_no_prices() -> None:
    assert World(fit_model(Settings(), Surroundings(), [], [])).reprice(5).partner_prices == {}
