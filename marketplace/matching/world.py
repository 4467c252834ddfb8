"""All listings and partners that are matched, in the form in which they are ranked quickly."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from marketplace.matching.arrays import Array, Columns, Table, Vocabulary, listings_table, partners_table
from marketplace.matching.codes import Codebook
from marketplace.matching.exact import Pairs
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.ranking import Edge, Ranked
from marketplace.matching.sieve import Half, Sieve

Progress = Callable[[int, int], None]
_PAIRS = 1 << 16


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
        columns = self._partners.columns
        return _ranked(columns, self._of_listing(listing_id), columns["price"], k)

    def rank_listings(self, partner_id: int, k: int) -> list[Ranked]:
        """The k best listings of a partner. Raises KeyError for one that is not there."""
        columns = self._listings.columns
        return _ranked(columns, self._of_partner(partner_id), columns["price"], k)

    def refresh(self, k: int, progress: Progress = lambda done, total: None) -> Iterator[list[Finished]]:
        """Every list of both sides, in blocks of finished ones; `progress` is told how many are done of how many."""
        total, done = len(self._listings) + len(self._partners), 0
        width = len(self._words)
        listings = Half(self._listings.columns, self._listings.texts.packed(len(self._listings), width))
        partners = Half(self._partners.columns, self._partners.texts.packed(len(self._partners), width))
        sieve = Sieve(listings, partners, self._codes, self.model, k)
        for rows, owners, others in sieve.partners():
            found = list(self._lists(Side.PARTNER, rows, owners, others, k))
            done += len(found)
            yield found
            progress(done, total)
        yield list(self._lists(Side.LISTING, *sieve.listings(), k))
        progress(total, total)

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

    def _lists(self, side: Side, rows: Array, owners: Array, others: Array, k: int) -> Iterator[Finished]:
        """The exact lists of those rows, out of the pairs that may be in them."""
        own, rest = (
            (self._listings, self._partners) if side is Side.LISTING else (self._partners, self._listings)
        )
        totals = np.empty(len(owners), np.int64)
        for begin in range(0, len(owners), _PAIRS):
            part = slice(begin, begin + _PAIRS)
            pair = (owners[part], others[part])
            totals[part] = self._totals(*(pair if side is Side.LISTING else pair[::-1]))
        ids, prices = rest.columns["id"][others], rest.columns["price"][others]
        ordered_by = totals - prices
        order = np.lexsort((ids, -ordered_by, owners))
        order = order[totals[order] >= 0]
        begins, ends = (np.searchsorted(owners[order], rows, edge) for edge in ("left", "right"))
        for owner_id, begin, end in zip(own.columns["id"][rows].tolist(), begins, ends, strict=True):
            places = order[begin : min(begin + k, end)]
            yield Finished(
                side, owner_id, ids[places].tolist(), totals[places].tolist(), ordered_by[places].tolist()
            )

    def _totals(self, listings: Array, partners: Array) -> Array:
        ours = self._listings.texts.packed(len(self._listings), 0)[listings]
        theirs = self._partners.texts.packed(len(self._partners), 0)[partners]
        return Pairs(
            _taken(self._listings.columns, listings),
            _taken(self._partners.columns, partners),
            _row_products(ours, theirs),
            self._codes,
            self.model,
        ).totals()


def _taken(columns: Columns, rows: Any) -> Columns:
    return {name: column[rows] for name, column in columns.items()}


def _row_products(left: Any, right: Any) -> Array:
    """The product of each row with the row beside it."""
    return np.asarray(left.multiply(right).sum(axis=1, dtype=np.float64)).ravel().astype(np.int64)


def _ranked(columns: Columns, totals: Array, prices: Array, k: int) -> list[Ranked]:
    ordered_by = totals - prices
    rows = np.flatnonzero(totals >= 0)
    if len(rows) > k:
        scores = ordered_by[rows]
        last = np.partition(scores, len(rows) - k)[len(rows) - k]
        rows = rows[scores >= last]
    ids = columns["id"][rows]
    order = rows[np.lexsort((ids, -ordered_by[rows]))][:k]
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
        if total >= 0 and (edge is None or edge.lets_in(changed.id, total - changed.ordered_by)):
            touched.add(owner_id)
    return sorted(touched)
