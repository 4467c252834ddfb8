"""The plain way to rank: every pair by itself. What is fast must give the same lists (tests/matching)."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.score import score_pair


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

    def lets_in(self, other_id: int, ordered_by: int) -> bool:
        """Whether the other would stand before the last place, or is the last."""
        return (-ordered_by, other_id) <= (-self.ordered_by, self.id)


def partners_of(listing: Listing, partners: Iterable[Partner], model: Model, k: int) -> list[Ranked]:
    """The k best partners: by the score less the partner's price, then by id."""
    pairs = [pair for partner in partners if (pair := score_pair(listing, partner, model))]
    return _best(
        (
            Ranked(pair.partner_id, pair.total, pair.total - model.partner_price(pair.partner_id))
            for pair in pairs
        ),
        k,
    )


def listings_of(partner: Partner, listings: Iterable[Listing], model: Model, k: int) -> list[Ranked]:
    """The k best listings: by the score less the listing's price, then by id."""
    pairs = [pair for listing in listings if (pair := score_pair(listing, partner, model))]
    return _best(
        (
            Ranked(pair.listing_id, pair.total, pair.total - model.listing_price(pair.listing_id))
            for pair in pairs
        ),
        k,
    )


def _best(ranked: Iterable[Ranked], k: int) -> list[Ranked]:
    return sorted(ranked, key=lambda each: (-each.ordered_by, each.id))[:k]
