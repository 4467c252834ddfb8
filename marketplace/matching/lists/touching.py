"""Scores anew just what a change touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from marketplace.matching.factors import Side
from marketplace.matching.lists import stored_lists
from marketplace.matching.lists.loading import listings_among, partners_among
from marketplace.matching.lists.stored_lists import Writing

if TYPE_CHECKING:
    from marketplace.matching.fast.world import World


@dataclass(frozen=True, slots=True)
class Changed:
    """Listings and partners that are not as they were, or no longer there, or new."""

    listings: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.listings or self.partners)

    def __or__(self, other: "Changed") -> "Changed":
        return Changed(self.listings | other.listings, self.partners | other.partners)


@dataclass(frozen=True, slots=True)
class Present:
    """Of what changed, who may be suggested now."""

    listings: frozenset[int]
    partners: frozenset[int]


def put(world: "World", changed: Changed, *, now: datetime) -> Present:
    """Brings the world up to date with the database, as far as it changed."""
    listings, partners = listings_among(changed.listings, now=now), partners_among(changed.partners)
    for listing in listings:
        world.put_listing(listing)
    for partner in partners:
        world.put_partner(partner)
    present = Present(frozenset(each.id for each in listings), frozenset(each.id for each in partners))
    for number in changed.listings - present.listings:
        world.drop_listing(number)
    for number in changed.partners - present.partners:
        world.drop_partner(number)
    return present


def plan(world: "World", changed: Changed, present: Present) -> Writing:
    """Every list that the changes touch, made anew. The world has them already."""
    settings = world.model.settings
    touched = {
        Side.LISTING: present.listings | _touched_listings(world, changed.partners, settings.kept),
        Side.PARTNER: present.partners | _touched_partners(world, changed.listings, settings.kept),
    }
    writing = Writing()
    writing.gone = {
        Side.LISTING: set(changed.listings - present.listings),
        Side.PARTNER: set(changed.partners - present.partners),
    }
    rank = {Side.LISTING: world.rank_partners, Side.PARTNER: world.rank_listings}
    for side, owners in touched.items():
        for owner_id in sorted(owners - writing.gone[side]):
            writing.lists[side][owner_id] = rank[side](owner_id, settings.kept)
    return writing


def _touched_partners(world: "World", listings: Iterable[int], kept: int) -> set[int]:
    numbers = sorted(listings)
    if not numbers:
        return set()
    holders = stored_lists.holders(Side.PARTNER, numbers)
    edges = stored_lists.edges(Side.PARTNER, kept, world.model.listing_price)
    return {each for number in numbers for each in world.touch_listing(number, holders[number], edges)}


def _touched_listings(world: "World", partners: Iterable[int], kept: int) -> set[int]:
    numbers = sorted(partners)
    if not numbers:
        return set()
    holders = stored_lists.holders(Side.LISTING, numbers)
    edges = stored_lists.edges(Side.LISTING, kept, world.model.partner_price)
    return {each for number in numbers for each in world.touch_partner(number, holders[number], edges)}
