"""Every pair once, tile by tile: which may be among the k best of a listing or of a partner.

A tile is one product of matrices for the factors that add up and for frequent stems, one sparse product for rare
stems, and a few passes for what is bent (sums, schemes, full cosine, the mean of both directions). The scores of all
pairs are never kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.arrays import UNKNOWN, Array, Columns
from marketplace.matching.codes import Codebook
from marketplace.matching.dense import Block, Layout
from marketplace.matching.exact import DIVISOR
from marketplace.matching.factors import FULL
from marketplace.matching.keeping import MOST, Keeper
from marketplace.matching.model import Model
from marketplace.matching.settings import Direction, Factor

FREQUENT = 144
_ROWS, _COLUMNS, _PARTNERS = 256, 2048, 16_384


@dataclass(frozen=True)
class Half:
    """One side: its columns, and its texts as a sparse matrix."""

    columns: Columns
    texts: Any

    def __len__(self) -> int:
        return len(self.columns["id"])

    def taken(self, rows: Array) -> Columns:
        return {name: column[rows] for name, column in self.columns.items()}


class Sieve:
    """Goes through all pairs of both halves."""

    def __init__(self, listings: Half, partners: Half, codes: Codebook, model: Model, k: int) -> None:
        if max(len(listings), len(partners)) > MOST:
            raise ValueError(f"more than {MOST} listings or partners")
        self._listings, self._partners, self._k = listings, partners, k
        self._layout = Layout(codes, model, listings.columns, partners.columns)
        self._order = np.argsort(listings.columns["amount"] == UNKNOWN, kind="stable")
        self._kept = Keeper(len(listings), k)
        self._stems = _frequent(listings.texts, partners.texts)
        self._rest = np.ones(listings.texts.shape[1], bool)
        self._rest[self._stems] = False
        self._tile = Tile(self._layout)

    @property
    def width(self) -> int:
        """The columns of all products of matrices together."""
        block = self._partner_block(0, 0)
        both = (block.for_partner, block.for_listing, block.schemes, block.stems)
        return sum(len(each) for each in both)

    def partners(self) -> Iterator[tuple[Array, Array, Array]]:
        """Block by block: the partners (rows of the table); owners among them and the listings that may be in their
        lists."""
        for begin in range(0, len(self._partners), _PARTNERS):
            end = min(begin + _PARTNERS, len(self._partners))
            keeper = Keeper(end - begin, self._k)
            self._go_through(self._partner_block(begin, end), begin, keeper)
            owners, others = keeper.best()
            yield np.arange(begin, end), owners + begin, self._order[others]

    def listings(self) -> tuple[Array, Array, Array]:
        """After all partners: the listings; owners among them and the partners that may be in their lists."""
        owners, others = self._kept.best()
        return np.arange(len(self._order)), self._order[owners], others

    def _go_through(self, partners: Block, first: int, keeper: Keeper) -> None:
        width = len(partners.columns["id"])
        parts = [
            (each, partners.part(each, min(each + _COLUMNS, width))) for each in range(0, width, _COLUMNS)
        ]
        for row in range(0, len(self._order), _ROWS):
            listings = self._listing_block(self._order[row : row + _ROWS])
            for column, part in parts:
                scores = self._tile.scores(listings, part)
                self._kept.offer(_less(scores, part.columns["price"]), row, first + column)
                keeper.offer_turned(_less(scores, listings.columns["price"][:, None]), column, row)

    def _listing_block(self, rows: Array) -> Block:
        columns, texts = self._listings.taken(rows), self._listings.texts[rows]
        scale = np.float32(self._layout.text_scale)
        return Block(
            self._layout.listing_columns(Direction.FOR_PARTNER, columns),
            self._layout.listing_columns(Direction.FOR_LISTING, columns),
            self._layout.listing_schemes(columns),
            texts[:, self._stems].toarray() * scale,
            texts[:, self._rest] * scale,
            columns,
            self._layout.listing_sums(columns),
        )

    def _partner_block(self, begin: int, end: int) -> Block:
        columns = self._partners.taken(np.arange(begin, end))
        texts = self._partners.texts[begin:end]
        return Block(
            self._layout.partner_columns(Direction.FOR_PARTNER, columns),
            self._layout.partner_columns(Direction.FOR_LISTING, columns),
            self._layout.partner_schemes(columns),
            np.ascontiguousarray(texts[:, self._stems].toarray().T),
            texts[:, self._rest].T.tocsr(),
            columns,
            self._layout.partner_sums(columns),
        )


class Tile:
    """The scores of a block of listings and one of partners, in memory that is used again for the next."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._room = np.empty((5, _ROWS * _COLUMNS), np.float32)
        self._text = [layout.weight(direction, Factor.TEXT) for direction in Direction]

    def scores(self, listings: Block, partners: Block) -> Array:
        """In points, rounded, less what a failed must-have takes; rows are listings."""
        shape = len(listings.stems), partners.stems.shape[1]
        ours, theirs, text, spare, other = (room[: shape[0] * shape[1]].reshape(shape) for room in self._room)
        np.matmul(listings.for_partner, partners.for_partner, out=ours)
        np.matmul(listings.for_listing, partners.for_listing, out=theirs)
        self._add_texts(listings, partners, (ours, theirs), (text, spare))
        np.matmul(listings.schemes, partners.schemes, out=spare)
        np.minimum(spare, self._layout.most_of_schemes, out=spare)
        ours += spare
        known = int(np.count_nonzero(listings.columns["amount"] != UNKNOWN))
        _add_sums(listings, partners, (ours[:known], theirs[:known]), (spare[:known], other[:known]))
        np.multiply(ours, theirs, out=spare)
        ours += theirs
        spare /= ours
        return spare

    def _add_texts(
        self, listings: Block, partners: Block, sides: tuple[Array, ...], room: tuple[Array, ...]
    ) -> None:
        text, spare = room
        np.matmul(listings.stems, partners.stems, out=text)
        (listings.rare @ partners.rare).toarray(out=spare)
        text += spare
        np.minimum(text, FULL / DIVISOR, out=text)
        for side, weight in zip(sides, self._text, strict=True):
            np.multiply(text, weight, out=spare)
            np.add(side, spare, out=side)


def _add_sums(listings: Block, partners: Block, sides: tuple[Array, ...], room: tuple[Array, ...]) -> None:
    """Of listings that say what they seek: what their sum is worth to the partner, and the partner's capacity."""
    spare, other = room
    value, capacity = (each[: len(spare), None] for each in listings.sums)
    below, above, most, enough, top = partners.sums
    np.add(value, below, out=spare)
    np.subtract(above, value, out=other)
    np.minimum(spare, other, out=spare)
    _bounded(spare, most)
    sides[0][:] += spare
    np.subtract(enough, capacity, out=spare)
    _bounded(spare, top)
    sides[1][:] += spare


def _bounded(worth: Array, most: Array) -> None:
    """Not below 0, not above that. Two passes are faster than np.clip's one."""
    np.maximum(worth, 0, out=worth)
    np.minimum(worth, most, out=worth)


def _less(scores: Array, prices: Array) -> Array:
    return scores - prices.astype(np.float32) if prices.any() else scores


def _frequent(listings: Any, partners: Any) -> Array:
    """The stems whose pairs are the most."""
    width = listings.shape[1]
    pairs = np.bincount(listings.indices, minlength=width) * np.bincount(partners.indices, minlength=width)
    return np.sort(np.argsort(-pairs, kind="stable")[:FREQUENT])
