"""The plain way to rank: every pair by itself. What is fast must give the same lists (tests/matching)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.score import score_pair

# 31 bits at each step, so that no product leaves 63; of the last, those that are mixed best.
TIE_MASK, TIE_FACTORS, TIE_SHIFTS = (1 << 31) - 1, (0x5BD1E995, 0x2C1B3C6D, 0x297A2D39), (15, 13, 10)
TIE_BITS = 31 - TIE_SHIFTS[-1]


def tie(owner_id: Any, other_id: Any) -> Any:
    """What decides between equal scores in the owner's list, the smaller first: another order for each owner, so that
    lists spread over those who are alike. Whole numbers, or arrays of them."""
    of_owner, of_other, of_both = TIE_FACTORS
    first, second, third = TIE_SHIFTS
    mixed = ((owner_id & TIE_MASK) * of_owner + (other_id & TIE_MASK) * of_other) & TIE_MASK
    mixed = ((mixed ^ (mixed >> first)) * of_both) & TIE_MASK
    return (mixed ^ (mixed >> second)) >> third


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place in a list: whom it names, the score that is shown, and the one that the list is ordered by."""

    id: int
    total: int
    ordered_by: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The last place of a full list: what comes behind it is in no list."""

    id: int
    ordered_by: int

    def lets_in(self, owner_id: int, other_id: int, ordered_by: int) -> bool:
        """Whether the other would stand before the last place of the owner's list, or is the last."""
        return _place(owner_id, other_id, ordered_by) <= _place(owner_id, self.id, self.ordered_by)


def partners_of(listing: Listing, partners: Iterable[Partner], model: Model, k: int) -> list[Ranked]:
    """The k best partners: by the score less the partner's price, then by the tie of both, then by id."""
    pairs = [pair for partner in partners if (pair := score_pair(listing, partner, model))]
    return best(
        listing.id,
        (
            Ranked(pair.partner_id, pair.total, pair.total - model.partner_price(pair.partner_id))
            for pair in pairs
        ),
        k,
    )


def listings_of(partner: Partner, listings: Iterable[Listing], model: Model, k: int) -> list[Ranked]:
    """The k best listings: by the score less the listing's price, then by the tie of both, then by id."""
    pairs = [pair for listing in listings if (pair := score_pair(listing, partner, model))]
    return best(
        partner.id,
        (
            Ranked(pair.listing_id, pair.total, pair.total - model.listing_price(pair.listing_id))
            for pair in pairs
        ),
        k,
    )


def best(owner_id: int, ranked: Iterable[Ranked], k: int) -> list[Ranked]:
    """The first k of the owner's list, in order."""
    return sorted(ranked, key=lambda each: _place(owner_id, each.id, each.ordered_by))[:k]


def _place(owner_id: int, other_id: int, ordered_by: int) -> tuple[int, int, int]:
    return -ordered_by, tie(owner_id, other_id), other_id
