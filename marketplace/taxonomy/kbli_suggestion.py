"""Which businesses (KBLI) a title and a summary speak of: words in, codes out, no database.

Each five-digit code is a document: its own title, the words of its description, and the titles above it. A text is held
against all of them by BM25, and against the sectors by their names and the public examples in each. Both say how much of
the text they account for: that share, squared, is what each says for a code, so that whichever is surer stands first.
What is done (building, trading, making) counts by the words for it, and codes that are alike make room for others;
those of a sector that was chosen come first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import islice

from marketplace.data.reading import codes, read_rows
from marketplace.search.stems import STOP_WORDS, telling_stems, words
from marketplace.search.synonyms import meanings_to_compare
from marketplace.taxonomy.ranking import Ranking

EDITION = "2020"
DIGITS = 5
SHOWN = 10
# A title is written to be found by.
_ASKED_TITLE = 2.0
# What a word for something that is done says of that, beside itself.
_DONE = 0.5
# So many of the best make room for each other, by their first digits.
_DEPTH, _ALIKE = 60, 3
# What a partner cannot be: public administration, households as employers, bodies of other states.
_NO_BUSINESS = ("84", "97", "98", "99")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part says; `benchmarks/kbli.py` shows what each is worth. 0 leaves it out."""

    title: float = 3.0
    terms: float = 1.0
    above: float = 1.0
    # A word as it is written, beside its stem, in the texts of sectors: "pasar" is no "pemasaran".
    written: float = 1.0
    by_text: float = 0.6
    by_sector: float = 1.0
    # What is left of a code's worth for each that is like it and stands before it; 1 leaves all.
    alike: float = 0.8
    activities: bool = True


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


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is done, the divisions (two digits) whose business it is, and the words for it. Their codes count
    `leading` times where a title begins with such a word, `unsaid` times where none is said."""

    divisions: frozenset[str]
    stems: frozenset[str]
    leading: float
    unsaid: float

    def factor(self, title: Sequence[str], summary: Sequence[str]) -> float:
        """What the codes count, by the stems of both."""
        if self.stems & set(title[:1]):
            return self.leading
        return 1.0 if self.stems & {*title, *summary} else self.unsaid


class Suggester:
    """Holds the classification and the sectors ready for questions."""

    def __init__(
        self,
        rows: Iterable[Mapping[str, str]],
        sectors: Sequence[Sector],
        told: Iterable[Told],
        weights: Weights | None = None,
        activities: Iterable[Activity] = (),
    ) -> None:
        self._weights = weights or Weights()
        self._sectors = {sector.code: sector for sector in sectors}
        self._activities = tuple(activities) if self._weights.activities else ()
        bags = _business_bags(list(rows), self._weights).items()
        self._businesses = Ranking({code: self._with_activities(bag) for code, bag in bags})
        self._told = tuple(told)
        self._by_sector = self._sector_ranking()

    def without(self, number: int) -> "Suggester":
        """One that has not read that told text: to be asked about it honestly."""
        other = copy(self)
        other._told = (*self._told[:number], *self._told[number + 1 :])
        other._by_sector = other._sector_ranking()
        return other

    def suggest(
        self, title: str, summary: str = "", *, sector: str | None = None, limit: int = SHOWN
    ) -> list[str]:
        """The likeliest five-digit codes, the best first; none where nothing is said that has a meaning here."""
        own = self._sectors[sector].kbli if sector in self._sectors else ()
        worth: dict[str, float] = defaultdict(float)
        # Who chose a sector has said that it is no other.
        for code, share in () if own else self._of_sectors(title, summary).items():
            worth[code] += self._weights.by_sector * share**2
        for code, share in self._of_texts(title, summary).items():
            worth[code] += self._weights.by_text * share**2
        said = (code for code in _ranked(worth) if worth[code] > 0)
        best = {code: worth[code] for code in islice(said, _DEPTH)}
        return list(islice(dict.fromkeys((*own, *_making_room(best, self._weights.alike))), limit))

    def _of_sectors(self, title: str, summary: str) -> dict[str, float]:
        """Code -> the share of its best sector."""
        asked = _bag([(title, _ASKED_TITLE), (summary, 1.0)], self._weights.written)
        found: dict[str, float] = {}
        shares = self._by_sector.shares(asked)
        for name in _ranked(shares):
            for code in self._sectors[name].kbli:
                found.setdefault(code, shares[name])
        return found

    def _of_texts(self, title: str, summary: str) -> dict[str, float]:
        """Code -> its own share, by what is to be done."""
        asked = self._with_activities(_bag([(title, _ASKED_TITLE), (summary, 1.0)]))
        shares = self._businesses.shares(asked)
        first, then = telling_stems(words(title)), telling_stems(words(summary))
        factors = {
            division: activity.factor(first, then)
            for activity in self._activities
            for division in activity.divisions
        }
        return {code: share * factors.get(code[:2], 1.0) for code, share in shares.items()}

    def _with_activities(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The bag with what its words say is done, so that a renovation and a construction meet."""
        done = {
            f"={number}": _DONE * max((bag.get(stem, 0.0) for stem in activity.stems), default=0.0)
            for number, activity in enumerate(self._activities)
        }
        return {**bag, **{word: weight for word, weight in done.items() if weight}}

    def _sector_ranking(self) -> Ranking:
        return Ranking(_sector_bags(self._sectors.values(), self._told, self._weights.written))


def _ranked(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda name: (-scores[name], name))


def _making_room(worth: Mapping[str, float], left: float) -> list[str]:
    """The codes by worth; each counts less for every one before it that begins with the same digits."""
    ordered, waiting = list[str](), dict(worth)
    alike: dict[str, int] = defaultdict(int)
    while waiting:
        best = max(waiting, key=lambda code: waiting[code] * left ** alike[code[:_ALIKE]])
        del waiting[best]
        alike[best[:_ALIKE]] += 1
        ordered.append(best)
    return ordered


def _bag(parts: Iterable[tuple[str, float]], written: float = 0.0) -> dict[str, float]:
    """Stems and meanings with their weight, words as they are written with that share of it; a word that is said often
    says little more."""
    bag: dict[str, float] = defaultdict(float)
    for text, weight in parts:
        said = words(text)
        stemmed = telling_stems(said)
        if not weight:
            continue
        for word in {*stemmed, *(f"={meaning}" for meaning in meanings_to_compare(stemmed))}:
            bag[word] += weight
        for word in {*said} - STOP_WORDS if written else ():
            bag[f"'{word}"] += weight * written
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


def _sector_bags(
    sectors: Iterable[Sector], told: Iterable[Told], written: float
) -> dict[str, dict[str, float]]:
    texts: dict[str, list[tuple[str, float]]] = {sector.code: [(sector.names, 3.0)] for sector in sectors}
    for each in told:
        texts[each.sector].append((each.text, 1.0))
    return {code: _bag(parts, written) for code, parts in texts.items()}


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


def shipped_activities() -> list[Activity]:
    """What is built, traded and made, and the words that say so."""
    return [
        Activity(
            frozenset(row["divisions"].split(";")),
            frozenset(telling_stems(row["words"].split(";"))),
            float(row["leading"]),
            float(row["unsaid"]),
        )
        for row in read_rows("kbli_activities.csv")
    ]


@cache
def suggester() -> Suggester:
    """The one of this process, made at its first question."""
    return Suggester(
        read_rows("kbli2020.csv"), shipped_sectors(), shipped_examples(), activities=shipped_activities()
    )
