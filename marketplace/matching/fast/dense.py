"""Facts of a block as columns of a matrix, so that one product of matrices sums most factors of all its pairs.

A listing's column says that something is so of it, times the factor's weight; a partner's column says what that is
worth to it. All are whole numbers whose sums stay below 2 ** 24, so that 32 bits hold them exactly.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.factors import STEP_LOSS
from marketplace.matching.facts import TOP_LEVEL
from marketplace.matching.fast.arrays import UNKNOWN, Array, Columns
from marketplace.matching.fast.codes import Codebook
from marketplace.matching.fast.exact import Pairs
from marketplace.matching.model import Model
from marketplace.matching.settings import FULL, PERCENT, Direction, Factor

NEVER = -1e9
_NONE = np.uint64(0)


@dataclass(frozen=True)
class Block:
    """One side of a tile: columns of both directions and of schemes, texts, and what sums and prices need."""

    for_partner: Array
    for_listing: Array
    schemes: Array
    stems: Array
    sectors: tuple[Array, ...]
    rare: Any
    columns: Columns
    sums: tuple[Array, ...]

    def part(self, begin: int, end: int) -> "Block":
        """Some of the partners of a block."""
        return Block(
            self.for_partner[:, begin:end],
            self.for_listing[:, begin:end],
            self.schemes[:, begin:end],
            self.stems[:, begin:end],
            tuple(each[:, begin:end] for each in self.sectors),
            self.rare[:, begin:end],
            {name: column[begin:end] for name, column in self.columns.items()},
            tuple(each[begin:end] for each in self.sums),
        )


class Layout:
    """Which columns there are: one for each code that a listing names, and those for what is not known."""

    def __init__(self, codes: Codebook, model: Model, listings: Columns, partners: Columns) -> None:
        self._codes, self._model, self._settings = codes, model, model.settings
        self._rungs = np.unique(listings["rung"])
        self._languages = np.unique(listings["languages"])
        self._failed = [
            place for place in range(len(codes.must_codes)) if _bit(partners["fails"], place).any()
        ]

    def weight(self, direction: Direction, factor: Factor) -> int:
        return self._settings.weights(direction)[factor]

    def _neutral(self, factor: Factor) -> int:
        return self._settings.neutral[factor] * PERCENT

    def listing_sums(self, columns: Columns) -> tuple[Array, ...]:
        """The sum that each listing seeks."""
        return ((columns["amount"] * STEP_LOSS).astype(np.float32),)

    def partner_sums(self, columns: Columns) -> tuple[Array, ...]:
        """What is worth how much: from below, from above, at most; and the same for capacity."""
        smallest, largest, able = (columns[name] for name in ("smallest", "largest", "capacity"))
        below = np.where(smallest == UNKNOWN, np.inf, FULL - STEP_LOSS * smallest)
        above = np.where(largest == UNKNOWN, np.inf, FULL + STEP_LOSS * largest)
        most = np.where(largest == UNKNOWN, self._neutral(Factor.VALUE), FULL)
        enough = np.where(able == UNKNOWN, np.inf, FULL + STEP_LOSS * able)
        top = np.where(able == UNKNOWN, self._neutral(Factor.CAPACITY), FULL)
        return tuple(each.astype(np.float32) for each in (below, above, most, enough, top))

    def sectors(self, columns: Columns) -> tuple[Array, ...]:
        """For both directions: what each partner adds to a listing of each sector."""
        found = []
        for direction, factor in (
            (Direction.FOR_PARTNER, Factor.SECTOR),
            (Direction.FOR_LISTING, Factor.EXPERIENCE),
        ):
            worth = self._judged(factor, columns, sector=range(len(self._codes.sectors)))
            found.append(_stack(worth, len(columns["id"])) * np.float32(self.weight(direction, factor)))
        return tuple(found)

    def weights_of_sums(self) -> tuple[int, int]:
        return (
            self.weight(Direction.FOR_PARTNER, Factor.VALUE),
            self.weight(Direction.FOR_LISTING, Factor.CAPACITY),
        )

    def listing_schemes(self, columns: Columns) -> Array:
        weight = self.weight(Direction.FOR_PARTNER, Factor.SCHEME)
        return _stack(
            self._bits(columns["schemes"], len(self._codes.schemes)), len(columns["id"])
        ).T * np.float32(weight * FULL)

    def partner_schemes(self, columns: Columns) -> Array:
        return _stack(self._bits(columns["schemes"], len(self._codes.schemes)), len(columns["id"]))

    @property
    def most_of_schemes(self) -> int:
        return self.weight(Direction.FOR_PARTNER, Factor.SCHEME) * FULL

    def listing_columns(self, direction: Direction, columns: Columns) -> Array:
        """A row for each listing. The first column is what it is worth to anybody: 1, so that no sum is 0, and the
        neutral value of what it does not say."""
        weights, codes = self._settings.weights(direction), self._codes
        said, schemes, sums = columns["text"], columns["schemes"] != _NONE, columns["amount"] != UNKNOWN
        found = [*self._bits(columns["musts"], places=self._failed), said * weights[Factor.TEXT]]
        base = 1 + self._unsaid(said, Factor.TEXT, direction)
        if direction is Direction.FOR_PARTNER:
            base = base + self._unsaid(columns["sector"] != UNKNOWN, Factor.SECTOR, direction)
            base = base + self._unsaid(schemes, Factor.SCHEME, direction)
            base = base + self._unsaid(sums, Factor.VALUE, direction)
            found += self._is(columns["province"], range(len(codes.provinces)), weights[Factor.REGION])
            found += self._is(columns["rung"], self._rungs, weights[Factor.READINESS])
            found.append(schemes * weights[Factor.SCHEME])
            return _stack([base, *found], len(said)).T
        kinds, capabilities = columns["kinds"] != _NONE, columns["capabilities"] != _NONE
        base = base + self._unsaid(columns["sector"] != UNKNOWN, Factor.EXPERIENCE, direction)
        base = base + self._unsaid(kinds, Factor.KIND, direction)
        base = base + self._unsaid(capabilities, Factor.CAPABILITY, direction)
        base = base + self._unsaid(sums, Factor.CAPACITY, direction)
        unmet = self._neutral(Factor.MUST_HAVES)
        wanted = np.maximum(np.bitwise_count(columns["musts"]).astype(np.int64), 1)
        base = base + weights[Factor.MUST_HAVES] * (wanted * (unmet // wanted))
        above = weights[Factor.MUST_HAVES] * (FULL // wanted - unmet // wanted)
        asked = np.maximum(np.bitwise_count(columns["capabilities"]).astype(np.int64), 1)
        share = weights[Factor.CAPABILITY] * (FULL // asked)
        found.append(kinds * weights[Factor.KIND])
        found += [each * weights[Factor.KIND] for each in self._bits(columns["kinds"], len(codes.kinds))]
        found += [each * above for each in self._bits(columns["musts"], len(codes.must_codes))]
        found.append(capabilities * weights[Factor.CAPABILITY])
        found += [each * share for each in self._bits(columns["capabilities"], len(codes.capabilities))]
        found += self._is(columns["languages"], self._languages, weights[Factor.LANGUAGE])
        found.append(np.full(len(said), weights[Factor.LEVEL]))
        return _stack([base, *found], len(said)).T

    def partner_columns(self, direction: Direction, columns: Columns) -> Array:
        """A column for each partner."""
        codes, one = self._codes, np.ones(len(columns["id"]))
        found = [one, *(each * NEVER for each in self._bits(columns["fails"], places=self._failed))]
        found.append(self._silent(columns["text"], Factor.TEXT))
        if direction is Direction.FOR_PARTNER:
            found += self._judged(Factor.REGION, columns, province=range(len(codes.provinces)))
            found += self._judged(Factor.READINESS, columns, rung=self._rungs)
            found.append(self._silent(columns["schemes"] != _NONE, Factor.SCHEME))
            return _stack(found, len(one))
        found.append(self._silent(columns["kind"] != UNKNOWN, Factor.KIND))
        found += [(columns["kind"] == place) * FULL for place in range(len(codes.kinds))]
        found += self._bits(columns["meets"], len(codes.must_codes))
        found.append(self._silent(columns["capabilities"] != _NONE, Factor.CAPABILITY))
        found += self._bits(columns["capabilities"], len(codes.capabilities))
        found += self._judged(Factor.LANGUAGE, columns, languages=self._languages)
        level = columns["level"].astype(np.int64)
        found.append(np.where(level == UNKNOWN, self._neutral(Factor.LEVEL), level * FULL // TOP_LEVEL))
        return _stack(found, len(one))

    def _unsaid(self, known: Array, factor: Factor, direction: Direction) -> Array:
        """The neutral value, weighed, where the listing says nothing: what any partner is then worth."""
        return np.asarray(~known * (self.weight(direction, factor) * self._neutral(factor)))

    def _silent(self, known: Array, factor: Factor) -> Array:
        """The neutral value where the partner says nothing, to a listing that does."""
        return np.asarray(~known * self._neutral(factor))

    def _judged(self, factor: Factor, partners: Columns, **asked: Any) -> list[Array]:
        """What a listing that says so is worth to each partner, as exact.py has it."""
        ((name, values),) = asked.items()
        found = []
        for value in values:
            listings = {name: np.array([value], _dtype(name))}
            pairs = Pairs(listings, partners, np.zeros(1, np.int64), self._codes, self._model)
            worth = np.broadcast_to(pairs.worth(factor), len(partners["id"]))
            found.append(worth)
        return found

    @staticmethod
    def _is(column: Array, values: Any, weight: int) -> list[Array]:
        return [(column == value) * weight for value in values]

    @staticmethod
    def _bits(words: Array, size: int = 0, places: Any = None) -> list[Array]:
        return [_bit(words, place) for place in (range(size) if places is None else places)]


def _dtype(name: str) -> Any:
    """How a listing's column of that name is kept."""
    return np.uint64 if name == "languages" else np.int8


def _bit(words: Array, place: int) -> Array:
    return (words >> np.uint64(place)) & np.uint64(1) != 0


def _stack(columns: list[Array], length: int) -> Array:
    return np.array(columns, np.float32).reshape(len(columns), length)
