"""The filters as HTML: each row is drawn once a process, by the template; a page joins them around its counts.

A page has 150 rows that differ from the last page's by their counts alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import current_app
from markupsafe import Markup

from marketplace.opportunities.finding.filters import Group, Option
from marketplace.web.language import get_language
from marketplace.web.shapes import shapes


class Panel:
    """Draws the filters in one language, by the macros of components/filter.html. Labels and codes are those that may
    be asked for, so there are only so many shapes of rows."""

    def __init__(self, macros: Any, language: str) -> None:
        self._macros = macros
        self._thousands = "," if language == "en" else "."
        self._around = shapes(f"filters {language}").around

    def draw(self, groups: Sequence[Group], *, sheet: bool) -> Markup:
        """Every facet with its live counts; on a `sheet` those in use are open."""
        drawn = [self._group(group, sheet=sheet) for group in groups if group.options]
        return Markup("".join(drawn))  # noqa: S704  # nosec B704 - drawn by our own template

    def _group(self, group: Group, *, sheet: bool) -> str:
        name, title, chosen = group.name, group.title, group.chosen
        opened = bool(chosen) or not (sheet or group.rare)
        before, behind = self._around(
            ("frame", name, title, opened, chosen),
            lambda rows: self._macros.filter_frame(name, title, rows, opened, chosen),
        )
        return before + self._folded(group, group.options, group.show, name) + behind

    def _folded(self, group: Group, options: Sequence[Option], show: int, key: str) -> str:
        shown, folded = options[:show], options[show:]
        rows = self._rows(group, shown)
        if not folded:
            return rows
        number, opened = len(folded), any(option.checked for option in folded)
        before, behind = self._around(
            ("fold", key, number, opened), lambda rest: self._macros.filter_fold(key, number, rest, opened)
        )
        return rows + before + self._rows(group, folded) + behind

    def _rows(self, group: Group, options: Sequence[Option]) -> str:
        pieces: list[str] = []
        for option in options:
            count = option.count
            before, behind = self._around(
                (group.name, option.value, option.label, option.checked, count and 1),
                partial(self._row, group, option),
            )
            pieces += (before, "" if count is None else self._figure(count), behind)
            if option.children:
                pieces.append(self._branch(group, option))
        return "".join(pieces)

    def _row(self, group: Group, option: Option, figure: str) -> str:
        row = self._macros.filter_options(group.name, [replace(option, children=())], group.kind, figure)
        # A row without a count has no place for it: it ends where one would.
        return row + figure if option.count is None else row

    def _branch(self, group: Group, option: Option) -> str:
        before, behind = self._around(
            ("branch", option.label), lambda rows: self._macros.filter_branch(option.label, rows)
        )
        return before + self._folded(group, option.children, 5, f"{group.name}-{option.value}") + behind

    def _figure(self, number: int) -> str:
        """As the templates' filter prints it, in a hundredth of the time."""
        return str(number) if number < 1000 else f"{number:,}".replace(",", self._thousands)


def draw_filters(groups: Sequence[Group], *, sheet: bool = False) -> Markup:
    """Groups as HTML, in the language of the request."""
    macros = current_app.jinja_env.get_template("components/filter.html").module
    return Panel(macros, get_language()).draw(groups, sheet=sheet)
