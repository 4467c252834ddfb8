"""All listings and partners that are matched, in the form in which they are ranked quickly."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from marketplace.matching import ranking
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.ranking import Edge, Ranked

Progress = Callable[[int, int], None]
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Finished:
    """The list of one listing (of partners) or of one partner (of listings)."""

    side: Side
    owner_id: int
    ranked: list[Ranked]


class World:
    """The listings and partners, and the model that they are scored with."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._listings: dict[int, Listing] = {}
        self._partners: dict[int, Partner] = {}

    @classmethod
    def of(cls, listings: Iterable[Listing], partners: Iterable[Partner], model: Model) -> Self:
        """A world of these."""
        world = cls(model)
        for listing in listings:
            world.put_listing(listing)
        for partner in partners:
            world.put_partner(partner)
        return world

    def put_listing(self, listing: Listing) -> None:
        """Adds the listing, or takes it in place of the one with its id."""
        self._listings[listing.id] = listing

    def put_partner(self, partner: Partner) -> None:
        """Adds the partner, or takes it in place of the one with its id."""
        self._partners[partner.id] = partner

    def drop_listing(self, listing_id: int) -> None:
        """Takes the listing out, if it is there."""
        self._listings.pop(listing_id, None)

    def drop_partner(self, partner_id: int) -> None:
        """Takes the partner out, if it is there."""
        self._partners.pop(partner_id, None)

    def rank_partners(self, listing_id: int, k: int) -> list[Ranked]:
        """The k best partners of a listing."""
        return ranking.partners_of(self._listings[listing_id], self._partners.values(), self.model, k)

    def rank_listings(self, partner_id: int, k: int) -> list[Ranked]:
        """The k best listings of a partner."""
        return ranking.listings_of(self._partners[partner_id], self._listings.values(), self.model, k)

    def refresh(self, k: int, progress: Progress = lambda done, total: None) -> Iterator[list[Finished]]:
        """Every list of both sides, in blocks of finished ones; `progress` is told how many are done of how many."""
        owners = [(Side.LISTING, each) for each in sorted(self._listings)]
        owners += [(Side.PARTNER, each) for each in sorted(self._partners)]
        for start in range(0, len(owners), _BLOCK):
            yield [self._finished(*owner, k) for owner in owners[start : start + _BLOCK]]
            progress(min(start + _BLOCK, len(owners)), len(owners))

    def touch_listing(
        self, listing_id: int, holders: Collection[int], edges: Mapping[int, Edge]
    ) -> list[int]:
        """The partners whose lists change, or may, because the listing was put or dropped.

        `holders` are the partners whose stored lists name it, `edges` the last places of the stored lists that are
        full: a partner without one has room.
        """
        touched = self._partners.keys() & holders
        listing = self._listings.get(listing_id)
        if listing is not None:
            found = ranking.partners_of(listing, self._partners.values(), self.model, len(self._partners))
            price = self.model.listing_price(listing_id)
            touched |= {
                each.id
                for each in found
                if each.id not in edges or edges[each.id].lets_in(listing_id, each.total - price)
            }
        return sorted(touched)

    def touch_partner(
        self, partner_id: int, holders: Collection[int], edges: Mapping[int, Edge]
    ) -> list[int]:
        """The listings whose lists change, or may, because the partner was put or dropped; as `touch_listing`."""
        touched = self._listings.keys() & holders
        partner = self._partners.get(partner_id)
        if partner is not None:
            found = ranking.listings_of(partner, self._listings.values(), self.model, len(self._listings))
            price = self.model.partner_price(partner_id)
            touched |= {
                each.id
                for each in found
                if each.id not in edges or edges[each.id].lets_in(partner_id, each.total - price)
            }
        return sorted(touched)

    def _finished(self, side: Side, owner_id: int, k: int) -> Finished:
        rank = self.rank_partners if side is Side.LISTING else self.rank_listings
        return Finished(side, owner_id, rank(owner_id, k))
