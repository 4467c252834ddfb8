"""Codes as bits: what a listing or a partner names is one word of 64 bits for each kind of code."""

from collections.abc import Iterable

import numpy as np

from marketplace.matching.facts import Surroundings

_BITS = 64


class Bits:
    """A bit for each code of one kind, given when the code is first seen. Raises ValueError beyond 64 codes."""

    def __init__(self, kind: str, codes: Iterable[str] = ()) -> None:
        self._kind = kind
        self._places: dict[str, int] = {}
        for code in codes:
            self.place(code)

    def __len__(self) -> int:
        return len(self._places)

    def place(self, code: str | None) -> int:
        """Which bit stands for the code; -1 for none."""
        if code is None:
            return -1
        found = self._places.setdefault(code, len(self._places))
        if found >= _BITS:
            raise ValueError(f"more than {_BITS} codes of {self._kind}")
        return found

    def mask(self, codes: Iterable[str]) -> int:
        """All these codes in one word."""
        word = 0
        for code in codes:
            word |= 1 << self.place(code)
        return word


class Codebook:
    """The bits of every kind of code, with what lies near what. Surroundings come first, so their bits are settled."""

    def __init__(self, surroundings: Surroundings) -> None:
        near, dimensions = surroundings.near, surroundings.dimensions
        named = set(near).union(*near.values())
        self.provinces = Bits("province", sorted(named))
        self.sectors = Bits("sector", sorted(dimensions))
        self.dimensions = Bits("dimension", sorted(set(dimensions.values())))
        self.schemes, self.kinds, self.capabilities = Bits("scheme"), Bits("kind"), Bits("capability")
        self.must_codes, self.languages = Bits("must-have"), Bits("language")
        # By province: the bits of those near it; by sector: its dimension. Codes seen later have neither.
        self.near = np.zeros(_BITS + 1, np.uint64)
        for code, others in near.items():
            self.near[self.provinces.place(code)] = self.provinces.mask(sorted(others))
        self.dimension_of = np.full(_BITS + 1, -1, np.int16)
        for code, dimension in dimensions.items():
            self.dimension_of[self.sectors.place(code)] = self.dimensions.place(dimension)
        self._dimensions = dimensions

    def dimensions_mask(self, sectors: Iterable[str]) -> int:
        """The dimensions of these sectors in one word."""
        return self.dimensions.mask(self._dimensions[each] for each in sectors if each in self._dimensions)
