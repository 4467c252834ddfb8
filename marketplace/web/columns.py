"""Columns of a comparison where they stand below each other: who says the same is named once, together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_babel import gettext as _

Column = TypeVar("Column")
Cell = TypeVar("Cell")


def drawn(columns: Sequence[Column], draw: Callable[[Column], Cell]) -> list[Cell]:
    """What each column says to one criterion; for templates, whose lists cannot be made of a macro's answers."""
    return [draw(column) for column in columns]


def told_together(cells: Sequence[Cell], names: Sequence[str]) -> list[tuple[Cell, str]]:
    """Each cell, the first of equal ones with the names of all that say it; "" with the others."""
    shown = []
    for number, cell in enumerate(cells):
        alike = [name for name, other in zip(names, cells, strict=True) if other == cell]
        label = _("Semuanya") if 1 < len(cells) == len(alike) else "; ".join(alike)
        shown.append((cell, label if cells.index(cell) == number else ""))
    return shown
