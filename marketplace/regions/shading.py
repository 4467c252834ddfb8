"""In which classes a map is shaded: few, with round limits, each holding about as many regions."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

CLASSES = 5
# Below it a figure is its own limit.
_PLAIN = 10
# Which of five tones the classes have, the lightest first: few classes are far apart.
_TONES = {1: (4,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class Shades:
    """The least figure of each class, lowest first; class 0 is below the first."""

    lowest: tuple[int, ...]

    def of(self, figure: int) -> int:
        """The class of a figure, 1 for the lightest; 0 for nothing."""
        return bisect_right(self.lowest, figure) if figure > 0 else 0

    def tone(self, number: int) -> int:
        """The tone of a class, 1 to 5; 0 for class 0."""
        return _TONES[len(self.lowest)][number - 1] if number else 0

    def ranges(self) -> list[tuple[int, int | None]]:
        """From and below which figure each class goes; the last has no end."""
        return [(least, below) for least, below in pairwise((*self.lowest, None)) if least is not None]


def shades(figures: Iterable[int]) -> Shades:
    """The classes of those figures that are above nought."""
    ranked = sorted(figure for figure in figures if figure > 0)
    if not ranked:
        return Shades(())
    few = sorted(set(ranked))
    if len(few) <= CLASSES and few[-1] < _PLAIN:
        return Shades(tuple(few))
    at = (ranked[len(ranked) * step // CLASSES] for step in range(CLASSES))
    return Shades(tuple(sorted({_round_below(figure) for figure in at})))


def _round_below(figure: int) -> int:
    """The next 1, 2 or 5 with noughts that is not above it."""
    size = 10 ** (len(str(figure)) - 1)
    return max(step for step in (1, 2, 5) if step * size <= figure) * size
