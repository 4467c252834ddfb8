"""How many listings stand behind each value of each facet, under what is chosen in the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pyroaring import BitMap

from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.schema import NEVER, NO_DEADLINE, Facet, Status
from marketplace.search.sets.keys import CLOSES, EXAMPLES, POSTED
from marketplace.search.sets.ranges import at_least
from marketplace.search.text import Asked, Finder
from marketplace.search.windows import DAYS, closes_by, posted_from

RUNGS = tuple("123456")
_NONE = BitMap()
Counts = dict[Facet, dict[str, int]]
_Table = Mapping[str, BitMap]
# Counted even where they find nothing.
_ALWAYS = (Facet.READINESS, Facet.STATUS, Facet.DEADLINE, Facet.POSTED)
_BY_VALUE = tuple(
    facet for facet in Facet if facet not in (Facet.READINESS, Facet.STATUS, Facet.DEADLINE, Facet.POSTED)
)
SHOWN = tuple(facet for facet in Facet if facet is not Facet.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, as sets: one for each facet in which something is chosen, and what the words find."""

    tables: Mapping[Facet, _Table]
    everything: BitMap
    chosen: Mapping[Facet, BitMap]
    text: BitMap | None

    def without(self, facet: Facet | None, among: BitMap | None = None) -> BitMap:
        """All that is asked for but what was chosen in that facet; among those listings, if it is said among which."""
        parts = [found for key, found in self.chosen.items() if key is not facet]
        if among is not None:
            parts += [among, self.everything]
        if self.text is not None:
            parts.append(self.text)
        if not parts:
            return self.everything
        # The smallest first: what is left only shrinks.
        return at_least(len(parts), sorted(parts, key=len))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, of whatever state of the index: the chosen values and, if any were, the words."""

    chosen: Mapping[Facet, tuple[str, ...]]
    text: Finder | None
    now: datetime

    @classmethod
    def of(cls, request: SearchRequest, asked: Asked | None) -> "Wanted":
        """What a request wants, its words as they are understood."""
        chosen = {facet: values for facet, values in request.chosen.items() if values}
        return cls(chosen, asked.found if asked else None, request.now)

    def selection(self, view: View, among: BitMap | None = None) -> Selection:
        """Its sets; the words are looked for among those listings only, if it is said among which."""
        tables = tables_at(view, self.now)
        sets = {facet: _any(facet, tables[facet], values) for facet, values in self.chosen.items()}
        text = self.text(view, among) if self.text else None
        return Selection(tables, view.sets.everything, sets, text)

    def listings(self, view: View) -> BitMap:
        """All that is wanted."""
        return self.selection(view).without(None)


def count(selection: Selection) -> Counts:
    """The counts of every shown facet, each as if nothing were chosen in it. Kabupaten and kota are counted once a
    region is chosen."""
    counted: Counts = {}
    all_of_it = selection.without(None)
    for facet in SHOWN:
        found = selection.without(facet) if facet in selection.chosen else all_of_it
        table = selection.tables[facet]
        if facet is Facet.REGION and facet not in selection.chosen:
            table = {code: listings for code, listings in table.items() if _is_province(code)}
        counted[facet] = _told(facet, _numbers(selection, found, table))
    return counted


def moved(counted: Counts, then: Selection, now: Selection, touched: BitMap) -> Counts:
    """The counts of a state from those of an earlier one, of the same question; `touched` are all listings that commits
    touched in between. No other listing counts differently, and the sets in which none of them is or was are the very
    same objects."""
    moved: Counts = {}
    for facet in SHOWN:
        was, stays = then.without(facet, touched), now.without(facet, touched)
        before, after, numbers = then.tables[facet], now.tables[facet], {**counted[facet]}
        provinces_alone = facet is Facet.REGION and facet not in now.chosen
        for value in before.keys() | after.keys():
            old, new = before.get(value, _NONE), after.get(value, _NONE)
            if old is not new and not (provinces_alone and not _is_province(value)):
                numbers[value] = numbers.get(value, 0) + len(stays & new) - len(was & old)
        moved[facet] = _told(facet, numbers)
    return moved


def _told(facet: Facet, numbers: dict[str, int]) -> dict[str, int]:
    return numbers if facet in _ALWAYS else {value: n for value, n in numbers.items() if n}


def _is_province(code: str) -> bool:
    return len(code) == 2


def count_by_region(view: View) -> dict[str, int]:
    """How many listings each region has; a province counts what is in it too."""
    return {code: len(listings) for code, listings in view.sets.group(Facet.REGION).items()}


def tables_at(view: View, now: datetime) -> Mapping[Facet, _Table]:
    """The listings behind each value of each facet; for a state of the index once a second, since deadlines pass at
    seconds."""
    second = int(now.timestamp())
    tables: Mapping[Facet, _Table] | None = view.tables.get(second)
    if tables is None:
        tables = {facet: view.sets.group(facet) for facet in _BY_VALUE} | _of_fixed_values(view, now)
        view.tables.clear()
        view.tables[second] = tables
    return tables


def _of_fixed_values(view: View, now: datetime) -> dict[Facet, _Table]:
    everything, closes, posted = view.sets.everything, view.sets.numbers(CLOSES), view.sets.numbers(POSTED)
    examples, closed = view.sets.get(EXAMPLES, EXAMPLES), closes.below(int(now.timestamp()) + 1)
    opened = everything - closed - examples
    deadlines = {str(days): opened & closes.below(closes_by(now, days) + 1) for days in DAYS}
    return {
        # None of the rungs is left out where no listing has reached it.
        Facet.READINESS: {rung: view.sets.get(Facet.READINESS, rung) for rung in RUNGS},
        Facet.STATUS: {
            Status.OPEN.value: opened,
            Status.CLOSED.value: closed - examples,
            Status.EXAMPLE.value: examples,
        },
        Facet.DEADLINE: {**deadlines, NO_DEADLINE: opened - closes.below(NEVER)},
        Facet.POSTED: {str(days): everything - posted.below(posted_from(now, days)) for days in DAYS},
    }


def _any(facet: Facet, table: _Table, values: tuple[str, ...]) -> BitMap:
    """Who has any of the values; of readiness the lowest rung is asked for, of days the most."""
    if facet is Facet.READINESS:
        values = (str(min(map(int, values))),)
    elif facet is Facet.POSTED:
        values = (str(max(map(int, values))),)
    found = [table[value] for value in values if value in table]
    if len(found) < 2:
        return found[0] if found else BitMap()
    return BitMap.union(*found)


def _numbers(selection: Selection, found: BitMap, table: _Table) -> dict[str, int]:
    if found is selection.everything:
        return {value: len(listings) for value, listings in table.items()}
    how_many = found.intersection_cardinality
    return {value: how_many(listings) for value, listings in table.items()}
