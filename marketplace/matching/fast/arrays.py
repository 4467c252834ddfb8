"""Facts as arrays: one column a fact, one row a listing or partner, without holes; and their texts in sparse rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from marketplace.matching.factors import steps
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.fast.codes import Codebook
from marketplace.matching.fast.terms import Vector
from marketplace.matching.model import Model

Array = NDArray[Any]
Columns = Mapping[str, Array]
UNKNOWN = -1
_BATCH = 1024
_LISTING = np.dtype(
    [
        ("id", np.int64), ("price", np.int32), ("province", np.int8), ("sector", np.int8), ("schemes", np.uint64),
        ("amount", np.int32), ("rung", np.int8), ("kinds", np.uint64), ("musts", np.uint64),
        ("within", np.bool_),
        ("capabilities", np.uint64), ("languages", np.uint64), ("text", np.bool_),
    ]
)  # fmt: skip
_PARTNER = np.dtype(
    [
        ("id", np.int64), ("price", np.int32), ("kind", np.int8), ("sectors", np.uint64), ("dimensions", np.uint64),
        ("provinces", np.uint64), ("schemes", np.uint64), ("smallest", np.int32), ("largest", np.int32),
        ("rung_from", np.int8), ("capabilities", np.uint64), ("meets", np.uint64), ("fails", np.uint64),
        ("shown", np.bool_), ("proven", np.uint64), ("proven_dimensions", np.uint64), ("capacity", np.int32),
        ("languages", np.uint64), ("level", np.int8), ("text", np.bool_),
    ]
)  # fmt: skip


def listing_row(listing: Listing, codes: Codebook, price: int) -> tuple[Any, ...]:
    """The listing in the order of its columns."""
    return (
        listing.id, price, codes.provinces.place(listing.province), codes.sectors.place(listing.sector),
        codes.schemes.mask(listing.schemes), _steps(listing.amount_idr), _or_unknown(listing.rung),
        codes.kinds.mask(listing.partner_kinds), codes.must_codes.mask(listing.must_codes),
        listing.within_ticket,
        codes.capabilities.mask(listing.capabilities), codes.languages.mask(listing.languages), bool(listing.terms),
    )  # fmt: skip


def partner_row(partner: Partner, codes: Codebook, price: int) -> tuple[Any, ...]:
    """The partner in the order of its columns."""
    return (
        partner.id, price, codes.kinds.place(partner.kind), codes.sectors.mask(partner.sectors),
        codes.dimensions_mask(partner.sectors), codes.provinces.mask(partner.provinces),
        codes.schemes.mask(partner.schemes), _steps(partner.smallest_idr), _steps(partner.largest_idr),
        _or_unknown(partner.rung_from), codes.capabilities.mask(partner.capabilities),
        codes.must_codes.mask(partner.meets), codes.must_codes.mask(partner.fails),
        bool(partner.records or partner.proven_sectors), codes.sectors.mask(partner.proven_sectors),
        codes.dimensions_mask(partner.proven_sectors), _steps(partner.capacity_idr),
        codes.languages.mask(partner.languages), _or_unknown(partner.level), bool(partner.terms),
    )  # fmt: skip


def _steps(amount: int | None) -> int:
    return UNKNOWN if amount is None else steps(amount)


def _or_unknown(number: int | None) -> int:
    return UNKNOWN if number is None else number


class Vocabulary:
    """A number for each term, given when it is first seen."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def numbered(self, vector: Vector) -> tuple[Array, Array]:
        """The numbers of the terms and their weights."""
        numbers = self._numbers
        terms = [numbers.setdefault(term, len(numbers)) for term in vector]
        return np.array(terms, np.int32), np.fromiter(vector.values(), np.float32, len(vector))


class Texts:
    """The texts of one side as sparse rows. Rows put since the last packing wait beside them."""

    def __init__(self) -> None:
        self._packed = sparse.csr_matrix((0, 0), dtype=np.float32)
        self._waiting: dict[int, tuple[Array, Array]] = {}

    def put(self, row: int, terms: tuple[Array, Array]) -> None:
        """The text of that row from now on."""
        self._waiting[row] = terms

    def move(self, row: int, to: int) -> None:
        """The text of one row becomes that of another."""
        self._waiting[to] = self.row(row)

    def row(self, row: int) -> tuple[Array, Array]:
        """The terms of that row and their weights."""
        if row in self._waiting:
            return self._waiting[row]
        begin, end = self._packed.indptr[row : row + 2]
        return self._packed.indices[begin:end], self._packed.data[begin:end]

    def products(self, terms: tuple[Array, Array], rows: int) -> Array:
        """The product of these terms with each row."""
        if len(self._waiting) > 64 + rows // 64:
            self.packed(rows, 0)
        numbers, weights = terms
        width = self._packed.shape[1]
        dense = np.zeros(max(width, int(numbers.max(initial=-1)) + 1), np.float32)
        dense[numbers] = weights
        found = np.zeros(rows, np.float32)
        known = min(rows, self._packed.shape[0])
        found[:known] = (self._packed @ dense[:width])[:known]
        for row, (others, theirs) in self._waiting.items():
            if row < rows:
                inside = others < len(dense)
                found[row] = dense[others[inside]] @ theirs[inside]
        return found.astype(np.int64)

    def pack_many(self, rows: int) -> None:
        """Packs what waits where that is much: beside the others they take several times their memory."""
        if len(self._waiting) > _BATCH + rows // 4:
            self.packed(rows, 0)

    def packed(self, rows: int, width: int) -> Any:
        """All rows as one matrix, at least that wide."""
        width = max(
            width, self._packed.shape[1], *(int(t.max(initial=-1)) + 1 for t, _ in self._waiting.values()), 0
        )
        if self._waiting or self._packed.shape != (rows, width):
            self._packed = self._repacked(rows, width)
            self._waiting.clear()
        return self._packed

    def _repacked(self, rows: int, width: int) -> Any:
        old = self._packed
        lengths = np.zeros(rows + 1, np.int64)
        known = min(rows, old.shape[0])
        lengths[1 : known + 1] = np.diff(old.indptr)[:known]
        waiting = {row: terms for row, terms in self._waiting.items() if row < rows}
        for row, (numbers, _) in waiting.items():
            lengths[row + 1] = len(numbers)
        pointers = np.cumsum(lengths)
        indices, data = np.empty(pointers[-1], np.int32), np.empty(pointers[-1], np.float32)
        kept = np.ones(known, bool)
        kept[[row for row in waiting if row < known]] = False
        for begin, end in _runs(kept):
            out = slice(pointers[begin], pointers[end])
            taken = slice(old.indptr[begin], old.indptr[end])
            indices[out], data[out] = old.indices[taken], old.data[taken]
        for row, (numbers, weights) in waiting.items():
            out = slice(pointers[row], pointers[row + 1])
            indices[out], data[out] = numbers, weights
        return sparse.csr_matrix((data, indices, pointers), shape=(rows, width))


def _runs(kept: Array) -> Iterator[tuple[int, int]]:
    """Begin and end of each unbroken run of rows that are kept."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], kept.view(np.int8), [0]))))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


Item = TypeVar("Item", Listing, Partner)


class Table(Generic[Item]):
    """One side of the world. A dropped row is filled by the last one, so that rows have no holes."""

    def __init__(
        self,
        dtype: np.dtype[Any],
        row: Callable[[Item, int], tuple[Any, ...]],
        price: Callable[[int], int],
        terms: Callable[[Item], tuple[Array, Array]],
    ) -> None:
        self._dtype = dtype
        self._row: Callable[[Item, int], tuple[Any, ...]] = row
        self._price: Callable[[int], int] = price
        self._terms: Callable[[Item], tuple[Array, Array]] = terms
        self._columns = {name: np.zeros(0, dtype[name]) for name in dtype.names or ()}
        self.rows: dict[int, int] = {}
        self.texts = Texts()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> Columns:
        """Each fact of all rows."""
        return {name: column[: len(self)] for name, column in self._columns.items()}

    def fill(self, items: Iterable[Item]) -> None:
        """Puts many at once."""
        source = iter(items)
        while batch := list(islice(source, _BATCH)):
            places = [self._place(item.id) for item in batch]
            rows = np.array([self._row(item, self._price(item.id)) for item in batch], self._dtype)
            for name, column in self._columns.items():
                column[places] = rows[name]
            for place, item in zip(places, batch, strict=True):
                self.texts.put(place, self._terms(item))
            self.texts.pack_many(len(self))

    def put(self, item: Item) -> None:
        """Adds it, or takes it in place of the one with its id."""
        self.fill([item])

    def drop(self, item_id: int) -> None:
        """Takes it out, if it is there."""
        place = self.rows.pop(item_id, None)
        last = len(self)
        if place is None or place == last:
            return
        for column in self._columns.values():
            column[place] = column[last]
        self.texts.move(last, place)
        self.rows[int(self._columns["id"][place])] = place

    def reprice(self, price: Callable[[int], int]) -> None:
        """Takes these prices, by id, for what is there and for what is put later."""
        self._price = price
        for item_id, place in self.rows.items():
            self._columns["price"][place] = price(item_id)

    def _place(self, item_id: int) -> int:
        place = self.rows.setdefault(item_id, len(self.rows))
        room = len(self._columns["id"])
        if place >= room:
            more = max(64, room + room // 2) - room
            for name, column in self._columns.items():
                self._columns[name] = np.concatenate((column, np.zeros(more, column.dtype)))
        return place


def listings_table(codes: Codebook, model: Model, words: Vocabulary) -> Table[Listing]:
    """An empty table of listings."""
    return Table(
        _LISTING,
        lambda each, price: listing_row(each, codes, price),
        model.listing_price,
        lambda each: words.numbered(model.vector(each.terms)),
    )


def partners_table(codes: Codebook, model: Model, words: Vocabulary) -> Table[Partner]:
    """An empty table of partners."""
    return Table(
        _PARTNER,
        lambda each, price: partner_row(each, codes, price),
        model.partner_price,
        lambda each: words.numbered(model.vector(each.terms)),
    )
