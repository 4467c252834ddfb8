"""All listings and partners that are matched, in the form in which they are ranked quickly."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np

from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.fast.arrays import Array, Columns, Table, Vocabulary, listings_table, partners_table
from marketplace.matching.fast.codes import Codebook
from marketplace.matching.fast.exact import Pairs
from marketplace.matching.fast.prices import Candidates, chained, highest_exposure, joined, prices
from marketplace.matching.fast.sieve import Half, Places, Sieve
from marketplace.matching.model import Model
from marketplace.matching.ranking import Edge, Ranked, tie

Progress = Callable[[int, int], None]
# Prices are made from lists that are so many times longer, and made again from more where somebody from behind them
# comes above the cap.
_LONGER, _TRIES = 3, 6
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Finished:
    """The list of one listing (of partners) or of one partner (of listings): whom it names, best first, the scores
    that are shown, and those that it is ordered by."""

    side: Side
    owner_id: int
    ids: list[int]
    totals: list[int]
    ordered_by: list[int]

    @property
    def ranked(self) -> list[Ranked]:
        """The places one by one."""
        return [Ranked(*place) for place in zip(self.ids, self.totals, self.ordered_by, strict=True)]


class FinishedLists:
    """Many lists of one side, kept as arrays; each is made when it is asked for."""

    def __init__(self, side: Side, owner_ids: Array, begins: Array, places: tuple[Array, ...]) -> None:
        self.side = side
        self._owner_ids, self._begins, self._places = owner_ids, begins, places

    def __len__(self) -> int:
        return len(self._owner_ids)

    def __iter__(self) -> Iterator[Finished]:
        for owner_id, (begin, end) in zip(self._owner_ids.tolist(), pairwise(self._begins), strict=True):
            yield Finished(self.side, owner_id, *(each[begin:end].tolist() for each in self._places))


class World:
    """The listings and partners, and the model that they are scored with."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._codes = Codebook(model.surroundings)
        self._words = Vocabulary()
        self._listings: Table[Listing] = listings_table(self._codes, model, self._words)
        self._partners: Table[Partner] = partners_table(self._codes, model, self._words)

    @classmethod
    def of(cls, listings: Iterable[Listing], partners: Iterable[Partner], model: Model) -> Self:
        """A world of these."""
        world = cls(model)
        world._listings.fill(listings)
        world._partners.fill(partners)
        return world

    def put_listing(self, listing: Listing) -> None:
        """Adds the listing, or takes it in place of the one with its id."""
        self._listings.put(listing)

    def put_partner(self, partner: Partner) -> None:
        """Adds the partner, or takes it in place of the one with its id."""
        self._partners.put(partner)

    def drop_listing(self, listing_id: int) -> None:
        """Takes the listing out, if it is there."""
        self._listings.drop(listing_id)

    def drop_partner(self, partner_id: int) -> None:
        """Takes the partner out, if it is there."""
        self._partners.drop(partner_id)

    def rank_partners(self, listing_id: int, k: int) -> list[Ranked]:
        """The k best partners of a listing. Raises KeyError for one that is not there."""
        return _ranked(listing_id, self._partners.columns, self._of_listing(listing_id), k)

    def rank_listings(self, partner_id: int, k: int) -> list[Ranked]:
        """The k best listings of a partner. Raises KeyError for one that is not there."""
        return _ranked(partner_id, self._listings.columns, self._of_partner(partner_id), k)

    def refresh(self, k: int, progress: Progress = lambda done, total: None) -> Iterator[FinishedLists]:
        """Every list of both sides, in blocks of finished ones; `progress` is told how many are done of how many."""
        total, done = len(self._listings) + len(self._partners), 0
        for side, places in self._places(k):
            yield self._finished(side, places)
            done += len(places.rows)
            progress(done, total)

    def reprice(self, k: int) -> Model:
        """Makes and takes the prices that keep to the settings' cap in lists of length k; the model with them."""
        self._take(replace(self.model, partner_prices={}, listing_prices={}))
        found: dict[Side, Candidates] = {}
        for _ in range(self._tries()):
            lists = self._candidates(k * _LONGER)
            if all(lists[side].exposure(k) <= self._cap(side, k) for side in Side):
                break
            found = {side: joined(found[side], lists[side]) for side in Side} if found else lists
            partner_prices, listing_prices = (self._prices(side, found[side], k) for side in Side)
            self._take(replace(self.model, partner_prices=partner_prices, listing_prices=listing_prices))
        return self.model

    def every_pair(self) -> Pairs:
        """All pairs as one matrix, a row a listing, both in the order in which they were put: for small worlds only."""
        texts = [each.texts.packed(len(each), len(self._words)) for each in (self._listings, self._partners)]
        products = (texts[0] @ texts[1].T).toarray().astype(np.int64)
        listings = {name: column[:, None] for name, column in self._listings.columns.items()}
        return Pairs(listings, self._partners.columns, products, self._codes, self.model)

    def touch_listing(
        self, listing_id: int, holders: Collection[int], edges: Mapping[int, Edge]
    ) -> list[int]:
        """The partners whose lists change, or may, because the listing was put or dropped.

        `holders` are the partners whose stored lists name it, `edges` the last places of the stored lists that are
        full: a partner without one has room.
        """
        found = None if listing_id not in self._listings.rows else self._of_listing(listing_id)
        return _touched(
            self._partners, found, Edge(listing_id, self.model.listing_price(listing_id)), holders, edges
        )

    def touch_partner(
        self, partner_id: int, holders: Collection[int], edges: Mapping[int, Edge]
    ) -> list[int]:
        """The listings whose lists change, or may, because the partner was put or dropped; as `touch_listing`."""
        found = None if partner_id not in self._partners.rows else self._of_partner(partner_id)
        return _touched(
            self._listings, found, Edge(partner_id, self.model.partner_price(partner_id)), holders, edges
        )

    def _of_listing(self, listing_id: int) -> Array:
        row = self._listings.rows[listing_id]
        products = self._partners.texts.products(self._listings.texts.row(row), len(self._partners))
        listing = _taken(self._listings.columns, slice(row, row + 1))
        return Pairs(listing, self._partners.columns, products, self._codes, self.model).totals()

    def _of_partner(self, partner_id: int) -> Array:
        row = self._partners.rows[partner_id]
        products = self._listings.texts.products(self._partners.texts.row(row), len(self._listings))
        partner = _taken(self._partners.columns, slice(row, row + 1))
        return Pairs(self._listings.columns, partner, products, self._codes, self.model).totals()

    def width_of_products(self) -> int:
        """Over how many columns a refresh multiplies matrices: what its time is compared with."""
        return self._sieve(1).width

    def _sieve(self, k: int) -> Sieve:
        width = len(self._words)
        listings = Half(self._listings.columns, self._listings.texts.packed(len(self._listings), width))
        partners = Half(self._partners.columns, self._partners.texts.packed(len(self._partners), width))
        return Sieve(listings, partners, self._codes, self.model, k)

    def _places(self, k: int) -> Iterator[tuple[Side, Places]]:
        sieve = self._sieve(k)
        for block in sieve.partners():
            yield Side.PARTNER, block
        for block in sieve.listings():
            yield Side.LISTING, block

    def _finished(self, side: Side, places: Places) -> FinishedLists:
        begins = np.append(np.searchsorted(places.owners, places.rows), len(places.owners))
        columns = self._others(side).columns
        totals = places.points + columns["price"][places.others]
        lists = columns["id"][places.others], totals, places.points
        return FinishedLists(side, self._owners(side).columns["id"][places.rows], begins, lists)

    def _tries(self) -> int:
        settings = self.model.settings
        if not settings.exposure:
            return 0
        return _TRIES if settings.price_strength == _WHOLE else 1

    def _candidates(self, k: int) -> dict[Side, Candidates]:
        found: dict[Side, list[Candidates]] = {side: [] for side in Side}
        for side, places in self._places(k):
            totals = places.points + self._others(side).columns["price"][places.others]
            owner_ids, other_ids = (each(side).columns["id"] for each in (self._owners, self._others))
            ties = tie(owner_ids[places.owners], other_ids[places.others]).astype(np.int32)
            found[side].append(Candidates(places.owners, places.others, totals, ties))
        return {side: chained(parts) for side, parts in found.items()}

    def _cap(self, side: Side, k: int) -> int:
        own, others = self._owners(side), self._others(side)
        return highest_exposure(len(own), len(others), k, self.model.settings.exposure)

    def _prices(self, side: Side, candidates: Candidates, k: int) -> dict[int, int]:
        """By id, what the others cost in the lists of that side."""
        others = self._others(side)
        found = (
            prices(candidates, len(others), k, self._cap(side, k))
            * self.model.settings.price_strength
            // _WHOLE
        )
        dear = np.flatnonzero(found)
        return dict(zip(others.columns["id"][dear].tolist(), found[dear].tolist(), strict=True))

    def _take(self, model: Model) -> None:
        self.model = model
        self._listings.reprice(model.listing_price)
        self._partners.reprice(model.partner_price)

    def _owners(self, side: Side) -> Table[Any]:
        return self._listings if side is Side.LISTING else self._partners

    def _others(self, side: Side) -> Table[Any]:
        return self._partners if side is Side.LISTING else self._listings


def _taken(columns: Columns, rows: Any) -> Columns:
    return {name: column[rows] for name, column in columns.items()}


def _ranked(owner_id: int, columns: Columns, totals: Array, k: int) -> list[Ranked]:
    ordered_by = totals - columns["price"]
    rows = np.flatnonzero(totals >= 0)
    if len(rows) > k:
        scores = ordered_by[rows]
        last = np.partition(scores, len(rows) - k)[len(rows) - k]
        rows = rows[scores >= last]
    ids = columns["id"][rows]
    order = rows[np.lexsort((ids, tie(owner_id, ids), -ordered_by[rows]))][:k]
    places = (each[order].tolist() for each in (columns["id"], totals, ordered_by))
    return [Ranked(*place) for place in zip(*places, strict=True)]


def _touched(
    table: Table[Any],
    totals: Array | None,
    changed: Edge,
    holders: Collection[int],
    edges: Mapping[int, Edge],
) -> list[int]:
    """Those who hold it, and those whose lists would let it in. `changed` has its id and its price."""
    touched = table.rows.keys() & holders
    if totals is None:
        return sorted(touched)
    ids = table.columns["id"].tolist()
    for owner_id, total in zip(ids, totals.tolist(), strict=True):
        edge = edges.get(owner_id)
        if total >= 0 and (edge is None or edge.lets_in(owner_id, changed.id, total - changed.ordered_by)):
            touched.add(owner_id)
    return sorted(touched)
