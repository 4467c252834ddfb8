"""The filters as HTML: what never changes of a row is drawn once a process, by the template; a page joins the rows.

A page has 150 rows that differ from the last page's by their counts alone.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from marketplace.opportunities.finding.filters import Group, Option
from marketplace.web.language import get_language

# Where rows come in: no text of ours holds it.
_GAP = "\0"


class _Row(NamedTuple):
    """A row's HTML up to its state, up to its count, and to its end."""

    label: str
    start: str
    middle: str
    end: str


class _Frame(NamedTuple):
    start: str
    end: str


class Panel:
    """Draws the filters in one language, by the macros of components/filter.html. The codes of the rows are those that
    may be asked for, so what is kept is bounded."""

    def __init__(self, macros: Any, language: str) -> None:
        self._macros = macros
        self._thousands = "," if language == "en" else "."
        self._rows: dict[tuple[str, str, bool], _Row] = {}
        self._frames: dict[Hashable, _Frame] = {}

    def draw(self, groups: Sequence[Group], *, sheet: bool) -> Markup:
        """Every facet with its live counts; on a `sheet` those in use are open."""
        drawn = [self._group(group, sheet=sheet) for group in groups if group.options]
        return Markup("".join(drawn))  # noqa: S704  # nosec B704 - drawn by our own template

    def _group(self, group: Group, *, sheet: bool) -> str:
        name, chosen = group.name, group.chosen
        opened = bool(chosen) or not (sheet or group.rare)
        frame = self._frame(
            ("frame", name, group.title, opened, chosen),
            lambda: self._macros.filter_frame(name, group.title, _GAP, opened, chosen),
        )
        return frame.start + self._folded(group, group.options, group.show, name) + frame.end

    def _folded(self, group: Group, options: Sequence[Option], show: int, key: str) -> str:
        shown, behind = options[:show], options[show:]
        rows = self._drawn(group, shown)
        if not behind:
            return rows
        number, opened = len(behind), any(option.checked for option in behind)
        fold = self._frame(
            ("fold", key, number, opened), lambda: self._macros.filter_fold(key, number, _GAP, opened)
        )
        return rows + fold.start + self._drawn(group, behind) + fold.end

    def _drawn(self, group: Group, options: Sequence[Option]) -> str:
        pieces: list[str] = []
        for option in options:
            count, row = option.count, self._row(group, option)
            state = " checked" if option.checked else " disabled" if count == 0 else ""
            pieces += (row.start, state, row.middle, "" if count is None else self._figure(count), row.end)
            if option.children:
                pieces.append(self._branch(group, option))
        return "".join(pieces)

    def _branch(self, group: Group, option: Option) -> str:
        frame = self._frame(("branch", option.label), lambda: self._macros.filter_branch(option.label, _GAP))
        key = f"{group.name}-{option.value}"
        return frame.start + self._folded(group, option.children, 5, key) + frame.end

    def _row(self, group: Group, option: Option) -> _Row:
        key = (group.name, option.value, option.count is None)
        row = self._rows.get(key)
        if row is None or row.label != option.label:
            row = self._rows[key] = self._cut(group, option)
        return row

    def _cut(self, group: Group, option: Option) -> _Row:
        """The template's row as one that is chosen, taken apart where state and count stand."""
        sample = replace(option, count=None if option.count is None else 0, checked=True, children=())
        html = str(self._macros.filter_options(group.name, [sample], group.kind))
        start, _checked, rest = html.partition(" checked>")
        middle, _zero, end = rest.partition(">0<")
        if sample.count is None:
            return _Row(option.label, start, ">" + rest, "")
        return _Row(option.label, start, f">{middle}>", "<" + end)

    def _figure(self, number: int) -> str:
        """As the templates' filter prints it, in a hundredth of the time."""
        return str(number) if number < 1000 else f"{number:,}".replace(",", self._thousands)

    def _frame(self, key: Hashable, draw: Callable[[], Markup]) -> _Frame:
        frame = self._frames.get(key)
        if frame is None:
            start, _gap, end = str(draw()).partition(_GAP)
            frame = self._frames[key] = _Frame(start, end)
        return frame


def draw_filters(groups: Sequence[Group], *, sheet: bool = False) -> Markup:
    """Groups as HTML, in the language of the request."""
    panels: dict[str, Panel] = current_app.extensions.setdefault("panels", {})
    language = get_language()
    panel = panels.get(language)
    if panel is None:
        macros = current_app.jinja_env.get_template("components/filter.html").module
        panel = panels[language] = Panel(macros, language)
    return panel.draw(groups, sheet=sheet)
