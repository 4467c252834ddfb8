"""Which intakes and clusters of the programme a region belongs to; read once a process, and anew after `load-reference`."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from marketplace.core.text import slugify
from marketplace.data.reading import codes, read_rows
from marketplace.programme.queries import Record, list_records

_Pairs = Iterable[tuple[str, str, str]]


class Grouping:
    """Groups of regions: their names by code, and the codes of a region's groups."""

    def __init__(self, pairs: _Pairs) -> None:
        self.names: dict[str, str] = {}
        self._of_region: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for code, name, region in pairs:
            self.names[code] = name
            self._of_region[region] += (code,)

    def of(self, region_code: str) -> tuple[str, ...]:
        """The codes of the groups that the region belongs to."""
        return self._of_region.get(region_code, ())


class _Held:
    cohorts: Grouping | None = None


def cohorts() -> Grouping:
    """The intakes, newest first; a record that is doubtful puts no region into one."""
    held = _Held.cohorts
    if held is None:
        held = Grouping(_intakes(list_records()))
        # An empty table is one that is still to be loaded.
        _Held.cohorts = held if held.names else None
    return held


@cache
def clusters() -> Grouping:
    """The areas for which regions wrote their plans together, by name."""
    rows = read_rows("clusters.csv")
    return Grouping(
        (row["code"], row["name"], region) for row in rows for region in codes(row["region_codes"])
    )


def forget() -> None:
    """Lets the next call read the records anew."""
    _Held.cohorts = None


def _intakes(records: Iterable[Record]) -> _Pairs:
    return [
        (slugify(record.cohort), record.cohort, record.region_code)
        for record in records
        if not record.doubtful
    ]
