"""In which classes a map is shaded: few, with round limits, each holding about as many regions."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

CLASSES = 5


@dataclass(frozen=True, slots=True)
class Shades:
    """The least figure of each class, lowest first; class 0 is below the first."""

    lowest: tuple[int, ...]

    def of(self, figure: int) -> int:
        """The class of a figure, 1 for the lightest; 0 for nothing."""
        return bisect_right(self.lowest, figure) if figure > 0 else 0

    def ranges(self) -> list[tuple[int, int | None]]:
        """From and below which figure each class goes; the last has no end."""
        return list(zip(self.lowest, (*self.lowest[1:], None), strict=True))


def shades(figures: Iterable[int]) -> Shades:
    """The classes of those figures that are above nought."""
    ranked = sorted(figure for figure in figures if figure > 0)
    if not ranked:
        return Shades(())
    if ranked[-1] <= CLASSES:
        return Shades(tuple(range(1, ranked[-1] + 1)))
    at = (ranked[len(ranked) * step // CLASSES] for step in range(CLASSES))
    return Shades(tuple(sorted({_round_below(figure) for figure in at})))


def _round_below(figure: int) -> int:
    """The next 1, 2 or 5 with noughts that is not above it."""
    size = 10 ** (len(str(figure)) - 1)
    return max(step for step in (1, 2, 5) if step * size <= figure) * size
