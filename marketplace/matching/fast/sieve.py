"""Every pair once, tile by tile: the k best of each listing and of each partner.

A tile is one product of matrices for the factors that add up and for frequent stems, one sparse product for rare
stems, and a few passes for what is bent (sums, schemes, full cosine, the mean of both directions). The scores of all
pairs are never kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.fast.arrays import UNKNOWN, Array, Columns
from marketplace.matching.fast.codes import Codebook
from marketplace.matching.fast.dense import NEVER, Block, Layout
from marketplace.matching.fast.exact import DIVISOR
from marketplace.matching.fast.keeping import MOST, UNITS, Exact, Keeper
from marketplace.matching.model import Model
from marketplace.matching.settings import FULL, Direction, Factor

FREQUENT = 64
_ROWS, _COLUMNS = 256, 2048
# Lists that are finished together; partners also wait together while all listings are gone through.
_PARTNERS, _LISTINGS = 16_384, 8_192


@dataclass(frozen=True)
class Half:
    """One side: its columns, and its texts as a sparse matrix."""

    columns: Columns
    texts: Any

    def __len__(self) -> int:
        return len(self.columns["id"])

    def taken(self, rows: Array) -> Columns:
        return {name: column[rows] for name, column in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Places:
    """The lists of these rows: owners in order, the others of each from the best on, and the points they are ordered by."""

    rows: Array
    owners: Array
    others: Array
    points: Array


class Sieve:
    """Goes through all pairs of both halves."""

    def __init__(self, listings: Half, partners: Half, codes: Codebook, model: Model, k: int) -> None:
        if max(len(listings), len(partners)) > MOST:
            raise ValueError(f"more than {MOST} listings or partners")
        self._listings, self._partners, self._k = listings, partners, k
        self._layout = Layout(codes, model, listings.columns, partners.columns)
        # Those of one sector stand together: what a sector is worth to a partner is then added to many rows at once.
        self._order = np.lexsort((listings.columns["sector"], listings.columns["amount"] == UNKNOWN))
        self._listing_numbers, self._partner_numbers = _numbered(listings), _numbered(partners)
        self._listing_ids, self._partner_ids = (np.sort(each.columns["id"]) for each in (listings, partners))
        self._kept = Keeper(listings.columns["id"][self._order], self._partner_ids, k)
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

    def partners(self) -> Iterator[Places]:
        """The lists of partners, block by block."""
        by_number = _by_number(self._listings)
        for begin in range(0, len(self._partners), _PARTNERS):
            end = min(begin + _PARTNERS, len(self._partners))
            keeper = Keeper(self._partners.columns["id"][begin:end], self._listing_ids, self._k)
            self._go_through(self._partner_block(begin, end), begin, keeper)
            owners, others, points = keeper.best(np.arange(end - begin))
            yield Places(np.arange(begin, end), owners + begin, by_number[others], points)

    def listings(self) -> Iterator[Places]:
        """The lists of listings, block by block, once all partners were gone through."""
        by_number, place = _by_number(self._partners), np.argsort(self._order)
        for begin in range(0, len(place), _LISTINGS):
            block = place[begin : begin + _LISTINGS]
            owners, others, points = self._kept.best(block)
            yield Places(np.arange(begin, begin + len(block)), owners + begin, by_number[others], points)

    def _go_through(self, partners: Block, first: int, keeper: Keeper) -> None:
        width = len(partners.columns["id"])
        parts = [
            (each, partners.part(each, min(each + _COLUMNS, width))) for each in range(0, width, _COLUMNS)
        ]
        for row in range(0, len(self._order), _ROWS):
            if row % _LISTINGS == 0:
                self._kept.settle()
            rows = self._order[row : row + _ROWS]
            listings = self._listing_block(rows)
            for column, part in parts:
                scores = self._tile.scores(listings, part)
                end = first + column + scores.shape[1]
                price, turned = part.columns["price"], listings.columns["price"]
                self._kept.offer(
                    _less(scores, price),
                    row,
                    self._partner_numbers[first + column : end],
                    self._tile.exact(price),
                )
                keeper.offer_turned(
                    _less(scores, turned[:, None]),
                    column,
                    self._listing_numbers[rows],
                    self._tile.exact(turned[:, None]),
                )

    def _listing_block(self, rows: Array) -> Block:
        columns, texts = self._listings.taken(rows), self._listings.texts[rows]
        return Block(
            self._layout.listing_columns(Direction.FOR_PARTNER, columns),
            self._layout.listing_columns(Direction.FOR_LISTING, columns),
            self._layout.listing_schemes(columns),
            texts[:, self._stems].toarray(),
            (),
            texts[:, self._rest],
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
            self._layout.sectors(columns),
            texts[:, self._rest].T.tocsr(),
            columns,
            self._layout.partner_sums(columns),
        )


class Tile:
    """The scores of a block of listings and one of partners, in memory that is used again for the next."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._room = np.empty((6, _ROWS * _COLUMNS), np.float32)
        self._text = [layout.weight(direction, Factor.TEXT) for direction in Direction]
        self._sums = layout.weights_of_sums()
        # Rows of one number: numpy is twice as fast with them as with the number itself.
        self._nothing, self._full, self._most_of_schemes = (
            np.full(_COLUMNS, each, np.float32) for each in (0, FULL, layout.most_of_schemes)
        )
        self._ours = self._theirs = self._room[0]
        self._width = _COLUMNS

    def scores(self, listings: Block, partners: Block) -> Array:
        """Rounded scores in UNITS of a point; rows are listings."""
        shape = len(listings.stems), partners.stems.shape[1]
        self._width = shape[1]
        ours, theirs, *room = (each[: shape[0] * shape[1]].reshape(shape) for each in self._room)
        self._ours, self._theirs = ours.reshape(-1), theirs.reshape(-1)
        np.matmul(listings.for_partner, partners.for_partner, out=ours)
        np.matmul(listings.for_listing, partners.for_listing, out=theirs)
        _add_sectors(listings, partners, (ours, theirs))
        self._add_texts(listings, partners, (ours, theirs), room)
        self._add_schemes(listings, partners, ours, room[0])
        known = int(np.count_nonzero(listings.columns["amount"] != UNKNOWN))
        self._add_sums(listings, partners, (ours[:known], theirs[:known]), [each[:known] for each in room])
        spare, other, found = room[0], room[1], room[2]
        np.multiply(ours, theirs, out=spare)
        np.add(ours, theirs, out=other)
        np.divide(spare, other, out=found)
        return found

    def exact(self, prices: Array) -> Exact:
        """The points of places of this tile, less these prices (of rows, if turned, or of columns)."""
        ours, theirs, width = self._ours, self._theirs, self._width

        def points(places: Array) -> Array:
            left, right = (side[places].astype(np.int64) - 1 for side in (ours, theirs))
            found = left * right // np.maximum(DIVISOR * (left + right), 1)
            if not prices.any():
                return np.asarray(found)
            return np.asarray(
                found - np.broadcast_to(prices, (len(ours) // width, width)).reshape(-1)[places]
            )

        return points

    def _add_texts(
        self, listings: Block, partners: Block, sides: tuple[Array, ...], room: list[Array]
    ) -> None:
        text, spare = room[:2]
        np.matmul(listings.stems, partners.stems, out=text)
        (listings.rare @ partners.rare).toarray(out=spare)
        text += spare
        np.minimum(text, self._full[: self._width], out=text)
        for side, weight in zip(sides, self._text, strict=True):
            np.multiply(text, weight, out=spare)
            np.add(side, spare, out=side)

    def _add_schemes(self, listings: Block, partners: Block, side: Array, spare: Array) -> None:
        np.matmul(listings.schemes, partners.schemes, out=spare)
        np.minimum(spare, self._most_of_schemes[: self._width], out=spare)
        side += spare

    def _add_sums(
        self, listings: Block, partners: Block, sides: tuple[Array, ...], room: list[Array]
    ) -> None:
        """Of listings that say what they seek: what their sum is worth to the partner, and the partner's capacity."""
        spare, other = room[:2]
        amount = listings.sums[0][: len(spare), None]
        below, above, most, enough, top = partners.sums
        np.add(amount, below, out=spare)
        np.subtract(above, amount, out=other)
        np.minimum(spare, other, out=spare)
        within = np.flatnonzero(listings.columns["within"][: len(spare)])
        if len(within):
            off = (spare[within] < FULL) * np.float32(NEVER)
            for side in sides:
                side[within] += off
        self._add_bounded(spare, most, self._sums[0], sides[0])
        np.subtract(enough, amount, out=spare)
        self._add_bounded(spare, top, self._sums[1], sides[1])

    def _add_bounded(self, worth: Array, most: Array, weight: int, side: Array) -> None:
        """Not below 0, not above that, weighed. Two passes are faster than np.clip's one."""
        np.maximum(worth, self._nothing[: self._width], out=worth)
        np.minimum(worth, most, out=worth)
        worth *= weight
        side += worth


def _add_sectors(listings: Block, partners: Block, sides: tuple[Array, ...]) -> None:
    sectors = listings.columns["sector"]
    starts = np.flatnonzero(np.diff(sectors, prepend=-2)).tolist()
    for begin, end in zip(starts, [*starts[1:], len(sectors)], strict=True):
        if sectors[begin] != UNKNOWN:
            for side, worth in zip(sides, partners.sectors, strict=True):
                side[begin:end] += worth[sectors[begin]]


def _less(scores: Array, prices: Array) -> Array:
    return scores - prices.astype(np.float32) * UNITS if prices.any() else scores


def _numbered(half: Half) -> Array:
    """For each row the place of its id among all: what decides between equal scores."""
    found = np.empty(len(half), np.int32)
    found[np.argsort(half.columns["id"])] = np.arange(len(half), dtype=np.int32)
    return found


def _by_number(half: Half) -> Array:
    """The row of each number."""
    return np.argsort(half.columns["id"]).astype(np.int32)


def _frequent(listings: Any, partners: Any) -> Array:
    """The stems whose pairs are the most."""
    width = listings.shape[1]
    pairs = np.bincount(listings.indices, minlength=width) * np.bincount(partners.indices, minlength=width)
    return np.sort(np.argsort(-pairs, kind="stable")[:FREQUENT])
