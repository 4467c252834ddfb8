"""How well words find: queries with the public examples that must be found, on an index of those examples alone."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean

from sqlalchemy import Connection, text

from marketplace.opportunities.documents import documents_for
from marketplace.search.feeding import rebuild
from marketplace.search.finding import find
from marketplace.search.index import Home, OpenIndex, View
from marketplace.search.query import SearchRequest, Sort

# Those of `fresh` were written before they were tried, then looked at while words were mended; of `blind`, written with
# them and parted from them by chance, no miss has ever been looked at.
GIVEN, HELD_OUT, FRESH, BLIND = "given.csv", "held_out.csv", "fresh.csv", "blind.csv"
SETS = (GIVEN, HELD_OUT, FRESH, BLIND)
_FOLDER = Path(__file__).parent / "queries"
_PLACES = 10
_KEYS = text("SELECT id, example_key FROM opportunities WHERE example_key IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query found: the share of the expected ones among the first ten, one over the place of the first."""

    query: str
    kind: str
    recall: float
    reciprocal_rank: float


@dataclass(frozen=True, slots=True)
class Score:
    """Recall@10 and mean reciprocal rank of a set of queries."""

    queries: int
    recall: float
    mrr: float


def answers(view: View, name: str, keys: Mapping[int, str], now: datetime) -> Iterator[Answer]:
    """Asks every query of the set; `keys` turns a listing's id into the example's."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = find(view, SearchRequest(now, row["query"], sort=Sort.RELEVANCE, size=_PLACES))
            yield _judged(row, [keys[number] for number in found.ids])


def examples(connection: Connection, folder: Path) -> tuple[View, dict[int, str]]:
    """An index of the public examples in that folder, and the keys of their listings."""
    rows = connection.execute(_KEYS)
    keys: dict[int, str] = {row.id: row.example_key for row in rows}
    home = Home(folder)
    list(rebuild(home, [documents_for(connection, list(keys))], ""))
    return OpenIndex(home).view(), keys


def score(given: Iterable[Answer]) -> Score:
    """The figures of all answers together."""
    each = list(given)
    return Score(len(each), mean(a.recall for a in each), mean(a.reciprocal_rank for a in each))


def _judged(row: dict[str, str], found: list[str]) -> Answer:
    expected = set(row["expected_ids"].split(";"))
    first = next((place for place, key in enumerate(found, 1) if key in expected), 0)
    share = len(expected.intersection(found)) / min(len(expected), _PLACES)
    return Answer(row["query"], row["kind"], share, 1 / first if first else 0.0)
