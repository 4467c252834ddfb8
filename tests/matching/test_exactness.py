"""What is fast gives the very lists of the plain way, ties included, whatever was put and dropped before."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching import ranking
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model, fit_model
from marketplace.matching.ranking import Ranked
from marketplace.matching.settings import Settings
from marketplace.matching.world import World
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
