"""Facts of a block as columns of a matrix, so that one product of matrices sums most factors of all its pairs.

A listing's column says that something is so of it, times the factor's weight; a partner's column says what that is
worth to it. Numbers are points of the score in 32 bits; the little that rounding loses is covered by sieve.MARGIN.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.arrays import UNKNOWN, Array, Columns
from marketplace.matching.codes import Codebook
from marketplace.matching.exact import DIVISOR, Pairs
from marketplace.matching.factors import FULL, PERCENT, STEP_LOSS, text_divisor
from marketplace.matching.facts import TOP_LEVEL
from marketplace.matching.model import Model
from marketplace.matching.settings import Direction, Factor

_NEVER = -1e9
_WORTH = FULL // DIVISOR
_LOSS = STEP_LOSS / DIVISOR
_NONE = np.uint64(0)


@dataclass(frozen=True)
class Block:
    """One side of a tile: columns of both directions and of schemes, texts, and what sums and prices need."""

    for_partner: Array
    for_listing: Array
    schemes: Array
    stems: Array
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
        self.text_scale = 1 / (text_divisor(model) * DIVISOR)

    def weight(self, direction: Direction, factor: Factor) -> int:
        return self._settings.weights(direction)[factor]

    def _neutral(self, factor: Factor) -> float:
        return self._settings.neutral[factor] * PERCENT / DIVISOR

    def listing_sums(self, columns: Columns) -> tuple[Array, ...]:
        """The sum that each listing seeks, weighed for both directions."""
        amount = columns["amount"].astype(np.float32) * np.float32(_LOSS)
        value, capacity = self._weights_of_sums()
        return amount * value, amount * capacity

    def partner_sums(self, columns: Columns) -> tuple[Array, ...]:
        """What is worth how much: from below, from above, at most; and the same for capacity."""
        value, capacity = self._weights_of_sums()
        smallest, largest, able = (columns[name] for name in ("smallest", "largest", "capacity"))
        below = np.where(smallest == UNKNOWN, np.inf, value * (_WORTH - _LOSS * smallest))
        above = np.where(largest == UNKNOWN, np.inf, value * (_WORTH + _LOSS * largest))
        most = np.where(largest == UNKNOWN, value * self._neutral(Factor.VALUE), value * _WORTH)
        enough = np.where(able == UNKNOWN, np.inf, capacity * (_WORTH + _LOSS * able))
        top = np.where(able == UNKNOWN, capacity * self._neutral(Factor.CAPACITY), capacity * _WORTH)
        return tuple(each.astype(np.float32) for each in (below, above, most, enough, top))

    def _weights_of_sums(self) -> tuple[int, int]:
        return (
            self.weight(Direction.FOR_PARTNER, Factor.VALUE),
            self.weight(Direction.FOR_LISTING, Factor.CAPACITY),
        )

    def listing_schemes(self, columns: Columns) -> Array:
        weight = self.weight(Direction.FOR_PARTNER, Factor.SCHEME)
        return _stack(
            self._bits(columns["schemes"], len(self._codes.schemes)), len(columns["id"])
        ).T * np.float32(weight * _WORTH)

    def partner_schemes(self, columns: Columns) -> Array:
        return _stack(self._bits(columns["schemes"], len(self._codes.schemes)), len(columns["id"]))

    @property
    def most_of_schemes(self) -> int:
        return self.weight(Direction.FOR_PARTNER, Factor.SCHEME) * _WORTH

    def listing_columns(self, direction: Direction, columns: Columns) -> Array:
        """A row for each listing."""
        weights = self._settings.weights(direction)
        one = np.ones(len(columns["id"]))
        found = [one, *self._bits(columns["musts"], places=self._failed)]
        found += self._known(columns["text"], weights[Factor.TEXT])
        if direction is Direction.FOR_PARTNER:
            found += self._is(columns["sector"], range(-1, len(self._codes.sectors)), weights[Factor.SECTOR])
            found += self._is(columns["province"], range(len(self._codes.provinces)), weights[Factor.REGION])
            found += self._is(columns["rung"], self._rungs, weights[Factor.READINESS])
            found += self._known(columns["schemes"] != _NONE, weights[Factor.SCHEME])
            found += self._known(columns["amount"] != UNKNOWN, weights[Factor.VALUE])[:1]
            return _stack(found, len(one)).T
        found += self._is(columns["sector"], range(-1, len(self._codes.sectors)), weights[Factor.EXPERIENCE])
        found += self._known(columns["kinds"] != _NONE, weights[Factor.KIND])
        found += [
            each * weights[Factor.KIND] for each in self._bits(columns["kinds"], len(self._codes.kinds))
        ]
        none, _, *each = self._shares(
            columns["musts"], len(self._codes.must_codes), weights[Factor.MUST_HAVES]
        )
        found += [none, *each]
        found += self._shares(
            columns["capabilities"], len(self._codes.capabilities), weights[Factor.CAPABILITY]
        )
        found += self._known(columns["amount"] != UNKNOWN, weights[Factor.CAPACITY])[:1]
        found += self._is(columns["languages"], self._languages, weights[Factor.LANGUAGE])
        return _stack([*found, one * weights[Factor.LEVEL]], len(one)).T

    def partner_columns(self, direction: Direction, columns: Columns) -> Array:
        """A column for each partner."""
        one = np.ones(len(columns["id"]))
        found = [one, *(each * _NEVER for each in self._bits(columns["fails"], places=self._failed))]
        found += self._unknown(columns["text"], Factor.TEXT)
        if direction is Direction.FOR_PARTNER:
            found += self._judged(Factor.SECTOR, columns, sector=range(-1, len(self._codes.sectors)))
            found += self._judged(Factor.REGION, columns, province=range(len(self._codes.provinces)))
            found += self._judged(Factor.READINESS, columns, rung=self._rungs)
            found += self._unknown(columns["schemes"] != _NONE, Factor.SCHEME)
            return _stack([*found, one * self._neutral(Factor.VALUE)], len(one))
        found += self._judged(Factor.EXPERIENCE, columns, sector=range(-1, len(self._codes.sectors)))
        found += self._unknown(columns["kind"] != UNKNOWN, Factor.KIND)
        found += [(columns["kind"] == place) * _WORTH for place in range(len(self._codes.kinds))]
        unmet = self._neutral(Factor.MUST_HAVES)
        found.append(one * unmet)
        found += [
            np.where(met, _WORTH, unmet) for met in self._bits(columns["meets"], len(self._codes.must_codes))
        ]
        found += self._unknown(columns["capabilities"] != _NONE, Factor.CAPABILITY)
        able = self._bits(columns["capabilities"], len(self._codes.capabilities))
        found += [each * _WORTH for each in able]
        found.append(one * self._neutral(Factor.CAPACITY))
        found += self._judged(Factor.LANGUAGE, columns, languages=self._languages)
        level = columns["level"].astype(np.int64)
        found.append(np.where(level == UNKNOWN, self._neutral(Factor.LEVEL), level * _WORTH // TOP_LEVEL))
        return _stack(found, len(one))

    def _judged(self, factor: Factor, partners: Columns, **asked: Any) -> list[Array]:
        """What a listing that says so is worth to each partner, as exact.py has it."""
        ((name, values),) = asked.items()
        found = []
        for value in values:
            listings = {name: np.array([value], _dtype(name))}
            pairs = Pairs(listings, partners, np.zeros(1, np.int64), self._codes, self._model)
            worth = np.broadcast_to(pairs.worth(factor), len(partners["id"]))
            found.append(worth / DIVISOR)
        return found

    @staticmethod
    def _is(column: Array, values: Any, weight: int) -> list[Array]:
        return [(column == value) * weight for value in values]

    @staticmethod
    def _known(known: Array, weight: int) -> list[Array]:
        return [~known * weight, known * weight]

    def _unknown(self, known: Array, factor: Factor) -> list[Array]:
        """What a listing that says nothing is worth, and one that does where the partner says nothing."""
        neutral = self._neutral(factor)
        return [np.full(len(known), neutral), ~known * neutral]

    def _shares(self, words: Array, size: int, weight: int) -> list[Array]:
        """None named; some named; and the weight in equal shares for each that is."""
        count = np.bitwise_count(words)
        share = weight / np.maximum(count, 1)
        return [*self._known(count > 0, weight), *(each * share for each in self._bits(words, size))]

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
