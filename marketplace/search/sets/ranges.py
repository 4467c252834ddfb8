"""Sets of listings by a number of theirs, as one set a binary digit: whoever lies below a bound is found in as many steps
as the numbers have digits, however many numbers there are (O'Neil and Quass, Improved Query Performance with Variant
Indexes, 1997)."""

from collections.abc import Iterator, Sequence

from pyroaring import BitMap


def digits(number: int) -> Iterator[int]:
    """The places of the digits of a number that are one, the last place is 0."""
    place = 0
    while number:
        if number & 1:
            yield place
        number >>= 1
        place += 1


def below(bound: int, slices: Sequence[BitMap], everything: BitMap) -> BitMap:
    """Whose number is less than the bound. `slices[place]` holds those with a one at that place."""
    if bound >> len(slices):
        return everything
    found, level = BitMap(), everything
    for place in range(len(slices) - 1, -1, -1):
        if bound >> place & 1:
            found |= level - slices[place]
            level = level & slices[place]
        else:
            level = level - slices[place]
    return found


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
