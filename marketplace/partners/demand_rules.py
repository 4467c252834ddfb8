"""How many partners look for what, told so that nobody is told: plain counts in, counts that may be shown out.

Each partner stands in one size only, so the cells of a row are parts of its total and could be had by subtraction. A
cell of one or two is hidden, and with it so much of its row that nobody can tell from the total how the hidden cells share
the rest; where a row has no more to hide, its total is hidden too. Rows overlap (a partner names several sectors
or provinces), so no total is shown over them: there is nothing to subtract a row from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

AT_LEAST = 3
_BILLION = 10**9


class Size(StrEnum):
    """The largest sum that a partner puts into one project."""

    BELOW_1 = "below_1"
    TO_10 = "to_10"
    TO_100 = "to_100"
    ABOVE_100 = "above_100"
    UNKNOWN = "unknown"


# Lower limit in rupiah (inclusive), the highest first.
LIMITS = (
    (100 * _BILLION, Size.ABOVE_100),
    (10 * _BILLION, Size.TO_100),
    (_BILLION, Size.TO_10),
    (0, Size.BELOW_1),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One sector or place: what may be shown of each size, and of all; None is hidden."""

    code: str
    cells: tuple[int | None, ...]
    total: int | None


def size_of(amount_idr: int | None) -> Size:
    """The size in which that many rupiah lie."""
    if amount_idr is None:
        return Size.UNKNOWN
    return next(size for lowest, size in LIMITS if amount_idr >= lowest)


def shown_rows(counts: Mapping[str, Mapping[Size, int]], order: Sequence[str]) -> list[Row]:
    """The rows that anybody stands in, in that order, with nothing in them that tells of fewer than AT_LEAST."""
    return [_shown(code, [counts[code].get(size, 0) for size in Size]) for code in order if counts.get(code)]


def _shown(code: str, numbers: Sequence[int]) -> Row:
    hidden = {at for at, number in enumerate(numbers) if 0 < number < AT_LEAST}
    # From the last on, whatever they count: a choice by size would tell of sizes.
    others = [at for at, number in enumerate(numbers) if number and at not in hidden]
    while hidden and not _covered(hidden, numbers) and others:
        hidden.add(others.pop())
    cells = tuple(None if at in hidden else number for at, number in enumerate(numbers))
    return Row(code, cells, None if hidden and not _covered(hidden, numbers) else sum(numbers))


def _covered(hidden: set[int], numbers: Sequence[int]) -> bool:
    """Whether what is left of a total leaves open how the hidden cells share it."""
    # More than small cells can hold: one of them at least is not small, and nobody knows which.
    together = sum(numbers[at] for at in hidden)
    return len(hidden) > 1 and together > (AT_LEAST - 1) * len(hidden)
