"""What is fast gives the very lists of the plain way, ties included, whatever was put and dropped before."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching import ranking
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.fast import keeping
from marketplace.matching.fast import world as world_module
from marketplace.matching.fast.world import World
from marketplace.matching.model import Model, fit_model
from marketplace.matching.ranking import Edge, Ranked
from marketplace.matching.settings import Settings
from tests.matching import worlds

Lists = dict[tuple[Side, int], list[Ranked]]
seeds = st.integers(0, 2**32)


def model_of(seed: int, listings: list[Listing], partners: list[Partner]) -> Model:
    """A model with some prices."""
    source = random.Random(seed)
    plain = fit_model(Settings(), worlds.SURROUNDINGS, listings[::2], partners[::2])
    prices = [
        {each.id: source.choice((0, 0, 0, 1, 1000, 90_000)) for each in side} for side in (listings, partners)
    ]
    return Model(plain.settings, plain.surroundings, plain.term_weights, prices[1], prices[0])


def brute_force(listings: list[Listing], partners: list[Partner], model: Model, k: int) -> Lists:
    found: Lists = {}
    for listing in listings:
        found[Side.LISTING, listing.id] = ranking.partners_of(listing, partners, model, k)
    for partner in partners:
        found[Side.PARTNER, partner.id] = ranking.listings_of(partner, listings, model, k)
    return found


def refreshed(world: World, k: int) -> Lists:
    return {(each.side, each.owner_id): each.ranked for block in world.refresh(k) for each in block}


@settings(max_examples=25, deadline=None)
@given(seed=seeds, listings=st.integers(0, 25), partners=st.integers(0, 25), k=st.integers(1, 12))
def test_both_sides_equal_brute_force(seed: int, listings: int, partners: int, k: int) -> None:
    ours, theirs = worlds.of_size(seed, listings, partners)
    model = model_of(seed, ours, theirs)
    world = World.of(ours, theirs, model)
    expected = brute_force(ours, theirs, model, k)
    assert refreshed(world, k) == expected
    for (side, number), places in expected.items():
        rank = world.rank_partners if side is Side.LISTING else world.rank_listings
        assert rank(number, k) == places


class Stored:
    """The lists as a database would hold them: only what an edit touches is made anew."""

    def __init__(self, world: World, k: int) -> None:
        self.world, self._k = world, k
        self.lists = refreshed(world, k)

    def edit(self, side: Side, number: int, item: Listing | Partner | None) -> None:
        """Puts the listing or partner, or drops it."""
        other = Side.PARTNER if side is Side.LISTING else Side.LISTING
        holders = self._owners(other, lambda places: any(place.id == number for place in places))
        full = self._owners(other, lambda places: len(places) == self._k)
        edges = {
            owner: Edge(last.id, last.ordered_by) for owner in full for last in [self.lists[other, owner][-1]]
        }
        touch = self._put(side, number, item)
        for owner in touch(number, holders, edges):
            self._rank(other, owner)
        self.lists.pop((side, number), None)
        if item is not None:
            self._rank(side, number)

    def _put(self, side: Side, number: int, item: Any) -> Callable[..., list[int]]:
        world = self.world
        if side is Side.LISTING:
            world.drop_listing(number) if item is None else world.put_listing(item)
            return world.touch_listing
        world.drop_partner(number) if item is None else world.put_partner(item)
        return world.touch_partner

    def _owners(self, side: Side, holds: Callable[[list[Ranked]], bool]) -> list[int]:
        return [owner for (of, owner), places in self.lists.items() if of is side and holds(places)]

    def _rank(self, side: Side, owner: int) -> None:
        rank = self.world.rank_partners if side is Side.LISTING else self.world.rank_listings
        self.lists[side, owner] = rank(owner, self._k)


@settings(max_examples=2, deadline=None)
@given(seed=seeds)
def test_200_edits_leave_the_lists_of_a_full_refresh(seed: int) -> None:
    source, k = random.Random(seed), 5
    ours, theirs = worlds.of_size(seed, 20, 25)
    model = model_of(seed, ours, theirs)
    stored = Stored(World.of(ours, theirs, model), k)
    sides: dict[Side, dict[int, Any]] = {
        Side.LISTING: {each.id: each for each in ours},
        Side.PARTNER: {each.id: each for each in theirs},
    }
    for _ in range(200):
        side = source.choice(list(Side))
        items = sides[side]
        number = source.choice([*items, max(items, default=0) + 1])
        make = worlds.listing if side is Side.LISTING else worlds.partner
        item = None if number in items and source.random() < 0.3 else make(source, number)
        items.pop(number, None)
        if item is not None:
            items[number] = item
        stored.edit(side, number, item)
    left, right = ([*sides[side].values()] for side in (Side.LISTING, Side.PARTNER))
    assert stored.lists == refreshed(World.of(left, right, model), k)
    assert stored.lists == refreshed(stored.world, k)
    assert stored.lists == brute_force(left, right, model, k)


def test_long_lists_and_many_tiles_equal_brute_force() -> None:
    """More than one tile both ways, and thresholds that rise."""
    ours, theirs = worlds.of_size(5, 300, 2100)
    model = model_of(5, ours, theirs)
    world = World.of(ours, theirs, model)
    found = refreshed(world, 7)
    assert len(found) == 2400
    for listing in ours[::150]:
        assert found[Side.LISTING, listing.id] == ranking.partners_of(listing, theirs, model, 7)
    for partner in theirs[::700]:
        assert found[Side.PARTNER, partner.id] == ranking.listings_of(partner, ours, model, 7)


def test_an_equal_with_a_smaller_tie_takes_the_last_place() -> None:
    first, second, third, fourth = sorted(range(5, 9), key=lambda number: ranking.tie(1, number))
    world = World.of([Listing(first, "71"), Listing(third, "71")], [Partner(1)], Model())
    last = world.rank_listings(1, 2)[-1]
    for number, touched in ((second, [1]), (fourth, [])):
        world.put_listing(Listing(number, "71"))
        assert world.touch_listing(number, [], {1: Edge(last.id, last.ordered_by)}) == touched
    assert [each.id for each in world.rank_listings(1, 2)] == [first, second]
    world.drop_listing(first)
    assert world.touch_listing(first, [1], {}) == [1]


def test_where_ties_are_equal_too_the_smaller_number_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ranking, keeping, world_module):
        monkeypatch.setattr(module, "tie", lambda owner_id, other_id: (owner_id + other_id) * 0)
    ours, theirs = worlds.of_size(6, 30, 30)
    model = model_of(6, ours, theirs)
    world, expected = World.of(ours, theirs, model), brute_force(ours, theirs, model, 5)
    assert refreshed(world, 5) == expected
    assert all(world.rank_listings(each.id, 5) == expected[Side.PARTNER, each.id] for each in theirs)
