"""Which businesses (KBLI) a title and a summary speak of: words in, codes out, no database.

Each five-digit code is a document: its own title, the words of its description, and the titles above it. A text is held
against all of them by BM25, and against the sectors by their names and the public examples in each. The two rankings,
of codes and of the codes of likely sectors, are put together by their places; those of a sector that was chosen come first.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import islice

from marketplace.data.reading import codes, read_rows
from marketplace.search.stems import telling_stems, words
from marketplace.search.synonyms import meanings_in

EDITION = "2020"
DIGITS = 5
SHOWN = 10
# A title is written to be found by; and how far down a ranking still says something.
_ASKED_TITLE, _DEPTH = 2.0, 100
# What a partner cannot be: public administration, households as employers, bodies of other states.
_NO_BUSINESS = ("84", "97", "98", "99")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part says; `benchmarks/kbli.py` shows what each is worth. 0 leaves it out."""

    title: float = 3.0
    terms: float = 1.0
    above: float = 1.0
    by_text: float = 0.95
    by_sector: float = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A text of which the sector is known."""

    text: str
    sector: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: its names, and the codes that belong to it."""

    code: str
    names: str
    kbli: tuple[str, ...]


class Suggester:
    """Holds the classification and the sectors ready for questions."""

    def __init__(
        self,
        rows: Iterable[Mapping[str, str]],
        sectors: Sequence[Sector],
        told: Iterable[Told],
        weights: Weights | None = None,
    ) -> None:
        self._weights = weights or Weights()
        self._sectors = {sector.code: sector for sector in sectors}
        self._businesses = _Ranking(_business_bags(list(rows), self._weights))
        self._told = tuple(told)
        self._by_sector = _Ranking(_sector_bags(sectors, self._told))

    def without(self, number: int) -> "Suggester":
        """One that has not read that told text: to be asked about it honestly."""
        other = copy(self)
        kept = (*self._told[:number], *self._told[number + 1 :])
        other._by_sector = _Ranking(_sector_bags(list(self._sectors.values()), kept))
        return other

    def suggest(
        self, title: str, summary: str = "", *, sector: str | None = None, limit: int = SHOWN
    ) -> list[str]:
        """The likeliest five-digit codes, the best first; none where nothing is said that has a meaning here."""
        asked = _bag([(title, _ASKED_TITLE), (summary, 1.0)])
        own = self._sectors[sector].kbli if sector in self._sectors else ()
        by_sector = (
            code for name in _ranked(self._by_sector.scores(asked)) for code in self._sectors[name].kbli
        )
        fused: dict[str, float] = defaultdict(float)
        rankings = (
            (self._weights.by_sector, dict.fromkeys(by_sector)),
            (self._weights.by_text, _ranked(self._businesses.scores(asked))),
        )
        for weight, ranking in rankings:
            for place, code in enumerate(islice(ranking, _DEPTH), 1):
                fused[code] += weight / place
        said = (code for code in _ranked(fused) if fused[code] > 0)
        return list(islice(dict.fromkeys((*own, *said)), limit))


class _Ranking:
    """BM25 over bags of weighed words."""

    _SATURATION, _LENGTH = 1.2, 0.5

    def __init__(self, bags: Mapping[str, Mapping[str, float]]) -> None:
        lengths = {name: sum(bag.values()) for name, bag in bags.items()}
        mean = sum(lengths.values()) / max(len(lengths), 1) or 1.0
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, bag in bags.items():
            norm = self._SATURATION * (1 - self._LENGTH + self._LENGTH * lengths[name] / mean)
            for word, weight in bag.items():
                self._postings[word].append((name, weight * (self._SATURATION + 1) / (weight + norm)))
        self._size = len(bags)

    def scores(self, asked: Mapping[str, float]) -> dict[str, float]:
        """Name -> score, of those that share a word with what is asked."""
        found: dict[str, float] = defaultdict(float)
        for word, weight in asked.items():
            postings = self._postings.get(word, ())
            rarity = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for name, share in postings:
                found[name] += weight * rarity * share
        return found


def _ranked(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda name: (-scores[name], name))


def _bag(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Stems and meanings with their weight; a word that is said often says little more."""
    bag: dict[str, float] = defaultdict(float)
    for text, weight in parts:
        stemmed = telling_stems(words(text))
        if not weight:
            continue
        for word in {*stemmed, *(f"={meaning}" for meaning in meanings_in(stemmed))}:
            bag[word] += weight
    return bag


def _business_bags(rows: list[Mapping[str, str]], weights: Weights) -> dict[str, dict[str, float]]:
    titles = {row["code"]: row["title"] for row in rows}
    return {
        code: _bag(
            [
                (row["title"], weights.title),
                (row["terms"], weights.terms),
                (" ".join(titles.get(code[:digits], "") for digits in (2, 3, 4)), weights.above),
            ]
        )
        for row in rows
        if len(code := row["code"]) == DIGITS and not code.startswith(_NO_BUSINESS)
    }


def _sector_bags(sectors: Iterable[Sector], told: Iterable[Told]) -> dict[str, dict[str, float]]:
    texts: dict[str, list[tuple[str, float]]] = {sector.code: [(sector.names, 3.0)] for sector in sectors}
    for each in told:
        texts[each.sector].append((each.text, 1.0))
    return {code: _bag(parts) for code, parts in texts.items()}


def shipped_sectors() -> list[Sector]:
    """The sectors with their codes, as the product ships them."""
    return [
        Sector(row["sector_id"], f"{row['name_id']} {row['name_en']}", codes(row["kbli2020_codes"]))
        for row in read_rows("sectors.csv")
    ]


def shipped_examples() -> list[Told]:
    """The public examples, whose sectors were given by hand."""
    rows = [*read_rows("examples.csv"), *read_rows("innovations.csv")]
    return [
        Told(f"{row['title']} {row['description_id']}", row["sector_code"])
        for row in rows
        if row["sector_code"]
    ]


@cache
def suggester() -> Suggester:
    """The one of this process, made at its first question."""
    return Suggester(read_rows("kbli2020.csv"), shipped_sectors(), shipped_examples())
