"""Sets of listings by a number of theirs, as one set a binary digit: whoever lies below a bound, comes first or is worth
how much is found in as many steps as the numbers have digits, however many listings there are (O'Neil and Quass, Improved
Query Performance with Variant Indexes, 1997)."""

from collections.abc import Iterable, Sequence

from pyroaring import BitMap

# So few are put in order one by one.
_FEW = 64


def digits(number: int) -> list[int]:
    """The places of the digits of a number that are one, the last place is 0."""
    return [place for place, digit in enumerate(reversed(f"{number:b}")) if digit == "1"]


class Numbers:
    """One number of every listing. `slices[place]` holds the listings whose number has a one at that place."""

    def __init__(self, slices: Sequence[BitMap], everything: BitMap) -> None:
        self._slices = slices
        self._everything = everything

    def below(self, bound: int) -> BitMap:
        """Whose number is less than the bound."""
        slices = self._slices
        if bound >> len(slices):
            return self._everything
        found, level = BitMap(), self._everything
        for place in range(len(slices) - 1, -1, -1):
            if bound >> place & 1:
                found |= level - slices[place]
                level = level & slices[place]
            else:
                level = level - slices[place]
        return found

    def sum_of(self, listings: BitMap) -> int:
        """What their numbers make together."""
        return sum(
            listings.intersection_cardinality(those) << place for place, those in enumerate(self._slices)
        )

    def page(self, listings: BitMap, offset: int, limit: int, *, largest: bool) -> list[int]:
        """So many of the listings after the first `offset`, in the order of their numbers, equals by the listings'
        own; the largest first or the smallest."""
        return self._page(listings, offset, limit, len(self._slices) - 1, largest)

    def _page(self, listings: BitMap, offset: int, limit: int, place: int, largest: bool) -> list[int]:
        if place < 0:
            return _run(listings, offset, limit, largest)
        if len(listings) <= _FEW:
            ordered = sorted(zip(self._values(listings, place), listings, strict=True), reverse=largest)
            return [listing for _, listing in ordered[offset : offset + limit]]
        first = listings & self._slices[place] if largest else listings - self._slices[place]
        size, found = len(first), []
        if offset < size:
            found = self._page(first, offset, limit, place - 1, largest)
        if len(found) < limit and size < len(listings):
            rest = listings - first if size else listings
            found += self._page(rest, max(0, offset - size), limit - len(found), place - 1, largest)
        return found

    def _values(self, listings: Iterable[int], places: int) -> list[int]:
        """Of each listing the number that its digits up to that place make."""
        few, values = BitMap(listings), dict.fromkeys(listings, 0)
        for place, those in enumerate(self._slices[: places + 1]):
            for listing in few & those:
                values[listing] += 1 << place
        return list(values.values())


def at_least(least: int, sets: Sequence[BitMap]) -> BitMap:
    """Who stands in so many of the sets or more."""
    if least == len(sets):
        found = sets[0]
        for each in sets[1:]:
            found = found & each
        return found
    # In one or more of those seen so far, in two or more, ...
    levels = [BitMap() for _ in range(least)]
    for each in sets:
        for level in range(least - 1, 0, -1):
            levels[level] = levels[level] | levels[level - 1] & each
        levels[0] = levels[0] | each
    return levels[-1]


def _run(listings: BitMap, offset: int, limit: int, largest: bool) -> list[int]:
    if not largest:
        return list(listings[offset : offset + limit])
    end = len(listings) - offset
    return list(listings[max(0, end - limit) : max(0, end)])[::-1]
