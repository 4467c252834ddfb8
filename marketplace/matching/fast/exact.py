"""The score of many pairs at once: the same whole numbers as score.py, factor by factor, on arrays.

Two sets of columns are broadcast against each other: one listing and all partners, all listings and one partner, or
as many of both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.factors import STEP_LOSS
from marketplace.matching.facts import TOP_LEVEL
from marketplace.matching.fast.arrays import UNKNOWN, Array, Columns
from marketplace.matching.fast.codes import Codebook
from marketplace.matching.model import Model
from marketplace.matching.score import WHOLE
from marketplace.matching.settings import FACTORS, FULL, PERCENT, POINTS, Direction, Factor

_ONE, _NONE = np.uint64(1), np.uint64(0)
# What the product of both sides is divided by, besides their sum; a whole number, so that rounding is that of score.py.
DIVISOR = WHOLE // (2 * POINTS)


@dataclass(frozen=True)
class Pairs:
    """Columns of listings and partners that are scored against each other, and the products of their texts."""

    listings: Columns
    partners: Columns
    products: Array
    codes: Codebook
    model: Model

    def sides(self) -> tuple[Array, Array]:
        """What each direction sums up to: the partner's wishes, the Pemda's."""
        return self._summed(Direction.FOR_PARTNER), self._summed(Direction.FOR_LISTING)

    def totals(self) -> Array:
        """The scores; -1 where a must-have is failed."""
        partner_side, listing_side = self.sides()
        both = partner_side + listing_side
        found = partner_side * listing_side // np.maximum(DIVISOR * both, 1)
        failed = (self.listings["musts"] & self.partners["fails"]) != _NONE
        return np.where(failed | (self.listings["within"] & (self._off() > 0)), -1, found)

    def worth(self, factor: Factor) -> Array:
        """The factor's value of each pair."""
        return _WORTH[factor](self)

    def _summed(self, direction: Direction) -> Array:
        weights = self.model.settings.weights(direction)
        found: Any = np.zeros(self.products.shape, np.int64)
        for factor in FACTORS[direction]:
            if weights[factor]:
                found += self.worth(factor) * np.int64(weights[factor])
        return np.asarray(found)

    def _unless_unknown(self, factor: Factor, known: Array, worth: Array) -> Array:
        return np.where(known, worth, self.model.settings.neutral[factor] * PERCENT)

    def _sector(self) -> Array:
        sector, named = self.listings["sector"], self.partners["sectors"]
        return self._unless_unknown(
            Factor.SECTOR,
            (sector != UNKNOWN) & (named != _NONE),
            self._by_sector(named, self.partners["dimensions"], self.model.settings.related_sector, 0),
        )

    def _experience(self) -> Array:
        settings = self.model.settings
        worth = self._by_sector(
            self.partners["proven"],
            self.partners["proven_dimensions"],
            settings.related_experience,
            settings.other_experience,
        )
        known = (self.listings["sector"] != UNKNOWN) & self.partners["shown"]
        return self._unless_unknown(Factor.EXPERIENCE, known, worth)

    def _by_sector(self, named: Array, dimensions: Array, related: int, other: int) -> Array:
        sector = self.listings["sector"]
        dimension = self.codes.dimension_of[sector]
        same = _has(named, sector)
        near = (dimension != UNKNOWN) & _has(dimensions, dimension)
        return np.where(same, FULL, np.where(near, related * PERCENT, other * PERCENT))

    def _region(self) -> Array:
        province, named = self.listings["province"], self.partners["provinces"]
        settings = self.model.settings
        near = (self.codes.near[province] & named) != _NONE
        worth = np.where(_has(named, province), FULL, np.where(near, settings.near_province * PERCENT, 0))
        return np.where(named == _NONE, settings.anywhere * PERCENT, worth)

    def _off(self) -> Array:
        """How many steps the sum lies outside of the range, as far as both are known; 0 or less within."""
        wanted, smallest, largest = (
            self.listings["amount"],
            self.partners["smallest"],
            self.partners["largest"],
        )
        below = np.where(smallest == UNKNOWN, 0, smallest - wanted)
        above = np.where(largest == UNKNOWN, 0, wanted - largest)
        return np.where(wanted == UNKNOWN, 0, np.maximum(below, above))

    def _value(self) -> Array:
        wanted, smallest, largest = (
            self.listings["amount"],
            self.partners["smallest"],
            self.partners["largest"],
        )
        worth = _less(self._off())
        highest = np.where(largest == UNKNOWN, self.model.settings.neutral[Factor.VALUE] * PERCENT, FULL)
        known = (wanted != UNKNOWN) & ((smallest != UNKNOWN) | (largest != UNKNOWN))
        return self._unless_unknown(Factor.VALUE, known, np.minimum(worth, highest))

    def _scheme(self) -> Array:
        return self._any_shared(Factor.SCHEME, self.listings["schemes"], self.partners["schemes"])

    def _language(self) -> Array:
        return self._any_shared(Factor.LANGUAGE, self.listings["languages"], self.partners["languages"])

    def _any_shared(self, factor: Factor, ours: Array, theirs: Array) -> Array:
        known = (ours != _NONE) & (theirs != _NONE)
        return self._unless_unknown(factor, known, np.where((ours & theirs) != _NONE, FULL, 0))

    def _readiness(self) -> Array:
        rung, wanted = self.listings["rung"].astype(np.int32), self.partners["rung_from"].astype(np.int32)
        gap = np.maximum(wanted - rung, 0)
        worth = np.maximum(FULL - gap * (self.model.settings.rung_step * PERCENT), 0)
        found = self._unless_unknown(Factor.READINESS, rung != UNKNOWN, worth)
        return np.where(wanted == UNKNOWN, FULL, found)

    def _text(self) -> Array:
        worth = np.minimum(self.products, FULL)
        return self._unless_unknown(Factor.TEXT, self.listings["text"] & self.partners["text"], worth)

    def _kind(self) -> Array:
        wanted, kind = self.listings["kinds"], self.partners["kind"]
        known = (wanted != _NONE) & (kind != UNKNOWN)
        return self._unless_unknown(Factor.KIND, known, np.where(_has(wanted, kind), FULL, 0))

    def _must_haves(self) -> Array:
        wanted = self.listings["musts"]
        count = np.bitwise_count(wanted).astype(np.int64)
        met = np.bitwise_count(wanted & self.partners["meets"]).astype(np.int64)
        unmet = self.model.settings.neutral[Factor.MUST_HAVES] * PERCENT
        shares = np.maximum(count, 1)
        worth = met * (FULL // shares) + (count - met) * (unmet // shares)
        return self._unless_unknown(Factor.MUST_HAVES, count > 0, worth)

    def _capability(self) -> Array:
        wanted, able = self.listings["capabilities"], self.partners["capabilities"]
        count = np.bitwise_count(wanted).astype(np.int64)
        shared = np.bitwise_count(wanted & able).astype(np.int64)
        worth = shared * (FULL // np.maximum(count, 1))
        return self._unless_unknown(Factor.CAPABILITY, (wanted != _NONE) & (able != _NONE), worth)

    def _capacity(self) -> Array:
        wanted, able = self.listings["amount"], self.partners["capacity"]
        known = (wanted != UNKNOWN) & (able != UNKNOWN)
        return self._unless_unknown(Factor.CAPACITY, known, _less(wanted - able))

    def _level(self) -> Array:
        level = self.partners["level"].astype(np.int64)
        return self._unless_unknown(Factor.LEVEL, level != UNKNOWN, level * FULL // TOP_LEVEL)


def _has(words: Array, place: Array) -> Array:
    """Whether the bit at that place is set; no place has none."""
    shift = np.maximum(place, 0).astype(np.uint64)
    return ((words >> shift) & _ONE).astype(bool) & (place >= 0)


def _less(off: Array) -> Array:
    """FULL less what so many steps off cost."""
    return np.maximum(FULL - STEP_LOSS * np.maximum(off.astype(np.int64), 0), 0)


_WORTH: Mapping[Factor, Callable[[Pairs], Array]] = {
    Factor.SECTOR: Pairs._sector,
    Factor.REGION: Pairs._region,
    Factor.VALUE: Pairs._value,
    Factor.SCHEME: Pairs._scheme,
    Factor.READINESS: Pairs._readiness,
    Factor.TEXT: Pairs._text,
    Factor.KIND: Pairs._kind,
    Factor.MUST_HAVES: Pairs._must_haves,
    Factor.CAPABILITY: Pairs._capability,
    Factor.EXPERIENCE: Pairs._experience,
    Factor.CAPACITY: Pairs._capacity,
    Factor.LANGUAGE: Pairs._language,
    Factor.LEVEL: Pairs._level,
}
