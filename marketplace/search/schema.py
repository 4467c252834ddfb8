"""What the index holds of one listing, and how that is laid out in tantivy."""

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from math import ceil
from typing import NamedTuple

import tantivy

from marketplace.data.reading import digest
from marketplace.search import stems, synonyms

# No deadline: closes never. An example stands before all time, so that one number gives the status. Ranges of
# unsigned numbers are found two to five times faster than those of signed ones.
NEVER = 2**33
EXAMPLE = 0
# What is asked for in Facet.DEADLINE beside numbers of days.
NO_DEADLINE = "none"
_SECONDS_OF_YEAR = 365.25 * 24 * 3600


class Facet(enum.StrEnum):
    """What people narrow by."""

    DIMENSION = "dimension"
    SECTOR = "sector"
    KBLI = "kbli"
    REGION = "region"
    SCHEME = "scheme"
    READINESS = "readiness"
    VALUE = "value"
    DEADLINE = "deadline"
    STATUS = "status"
    PARTNER = "partner"
    POSTED = "posted"
    COHORT = "cohort"
    CLUSTER = "cluster"
    ORGANISATION = "organisation"


class Status(enum.StrEnum):
    """What a public listing is at a moment; in the order in which lists show them."""

    OPEN = "open"
    CLOSED = "closed"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Document:
    """One public listing as the search sees it; texts in both languages joined.

    `names` are what its codes are called, `trades` the titles and numbers of its businesses (KBLI); `completeness` is
    a step of `STEPS`.
    """

    id: int
    title: str
    body: str
    names: str
    trades: str
    place: str
    dimension: str
    sector: str
    regions: tuple[str, ...]
    schemes: tuple[str, ...]
    readiness: int
    value_band: str
    value_idr: int | None
    completeness: int
    organisation: str
    example: bool
    published_at: datetime
    closes_at: datetime | None
    kbli: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()


# Text fields are given as words joined by blanks; `whitespace` splits them again. Phrases are looked for in these.
TEXTS = ("title_raw", "body_raw", "names", "place")
# Stems, and what the texts mean, see synonyms: for the order.
WEIGHED = ("title", "body", "title_means", "means", "place_means")
# Every word and stem once, to know which exist.
WORDS = "words"
# Known phrases whose words stand near each other.
NEAR = "near"
# Before the words of a listing's place that a stem would garble.
PLACED = "@"
STEPS = range(5)
# For the order only. A score is multiplied by log2(2 + this), so each step of completeness and each quarter of a year
# later lift a listing by a fortieth: enough to part equals, too little to outweigh a word in the title.
MERIT = "merit"
_MERIT_BASE, _MERIT_OF_STEP, _MERIT_OF_YEAR, _MERIT_MOST = 10, 0.25, 1.0, 62
_MERIT_EPOCH = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
# Looked up by term.
KEYWORDS = (
    "dimension", "sector", "kbli", "region", "scheme", "value", "partner", "cohort", "cluster", "organisation",
)  # fmt: skip
# Looked up by range. `ends` is the second after which a listing is closed, EXAMPLE for an example.
NUMBERS = ("id", "readiness", "posted", "ends")

# Names the layout, and the shipped files that a listing's words and codes come from: an index under another stamp
# cannot be read by this code and is rebuilt.
_PARTS = (
    TEXTS, WEIGHED, WORDS, NEAR, PLACED, KEYWORDS, NUMBERS, MERIT, version("tantivy"), version("snowballstemmer"),
    version("lmdb"), version("pyroaring"),
    (_MERIT_BASE, _MERIT_OF_STEP, _MERIT_OF_YEAR),
    digest("synonyms.csv", "regions.csv", revision=stems.VERSION),
    digest("sectors.csv", "kbli2020.csv", "participants.csv", "clusters.csv", revision=2),
)  # fmt: skip
FORMAT = hashlib.sha256(repr(_PARTS).encode()).hexdigest()[:10]


def build_schema() -> tantivy.Schema:
    """The one schema of every index of ours."""
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    for name in WEIGHED:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (WORDS, NEAR):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field(MERIT, indexed=False, fast=True)
    return builder.build()


class Told(NamedTuple):
    """By what words find a text: the stems of its words and the known phrases that nearly stand there, and what these
    mean. In texts that many listings have alike it is the same object."""

    terms: frozenset[str]
    meanings: frozenset[str]


def to_tantivy(document: Document) -> tuple[tantivy.Document, list[Told]]:
    """The document in tantivy's own form, and by what words find each of its texts; the words of its place that a stem
    would garble stand behind PLACED."""
    row = tantivy.Document()
    told = _add_texts(row, document)
    _add_keywords(row, document)
    row.add_unsigned("ends", EXAMPLE if document.example else closes(document))
    row.add_unsigned("posted", posted(document))
    row.add_unsigned("id", document.id)
    row.add_unsigned("readiness", document.readiness)
    row.add_unsigned(MERIT, _merit(document))
    return row, told


def posted(document: Document) -> int:
    """The second in which it was published."""
    return int(document.published_at.timestamp())


def closes(document: Document) -> int:
    """The second after which it is closed; NEVER without a deadline."""
    return ceil(document.closes_at.timestamp()) if document.closes_at else NEVER


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as the index takes it, each part with blanks between: its words, the stem of each, what it means, the
    known phrases that it holds, or nearly, and every word and stem once; and by what it is found."""

    words: str
    stems: str
    means: str
    near: str
    said: str
    told: Told


def _read(text: str) -> _Text:
    words, stemmed = _words_and_stems(text)
    means, near = _meant(stemmed, words)
    return _written(words, stemmed, stemmed, means, near)


# What codes, businesses and places are called is the same in thousands of listings.
_read_names = lru_cache(maxsize=8192)(_read)


@lru_cache(maxsize=8192)
def _read_trades(text: str) -> _Text:
    """Titles of businesses are found by their words alone."""
    words, stemmed = _words_and_stems(text)
    return _written(words, stemmed, stemmed, [], [])


@lru_cache(maxsize=8192)
def _read_place(text: str, regions: tuple[str, ...]) -> _Text:
    words, stemmed = _words_and_stems(text)
    means = [*map(synonyms.region_meaning, regions), *_meant(stemmed, words).meanings]
    placed = [word if word == stem else PLACED + word for word, stem in zip(words, stemmed, strict=True)]
    return _written(words, stemmed, placed, means, [])


def _words_and_stems(text: str) -> tuple[list[str], list[str]]:
    words = stems.words(text)
    return words, [stems.stem(word) for word in words]


def _meant(stemmed: Iterable[str], words: Iterable[str]) -> synonyms.Said:
    return synonyms.read_listing(
        [stem for word, stem in zip(words, stemmed, strict=True) if word not in stems.STOP_WORDS]
    )


def _written(
    words: list[str], stemmed: list[str], finding: list[str], means: list[str], near: list[str]
) -> _Text:
    return _Text(
        " ".join(words),
        " ".join(stemmed),
        " ".join(means),
        " ".join({*near}),
        " ".join({*words, *stemmed}),
        Told(frozenset(finding).union(near), frozenset(means)),
    )


def _add_texts(row: tantivy.Document, document: Document) -> list[Told]:
    title, body = _read(document.title), _read(document.body)
    names, trades = _read_names(document.names), _read_trades(document.trades)
    place = _read_place(document.place, document.regions)
    for field, text in {
        "title": title.stems,
        "title_raw": title.words,
        "title_means": title.means,
        "body": body.stems,
        "body_raw": body.words,
        "names": f"{names.stems} {trades.stems}",
        "means": f"{body.means} {names.means}",
        "place": place.words,
        "place_means": place.means,
        NEAR: f"{title.near} {body.near} {names.near}",
        WORDS: f"{title.said} {body.said} {names.said} {trades.said} {place.said}",
    }.items():
        row.add_text(field, text)
    return [text.told for text in (title, body, names, trades, place)]


def _add_keywords(row: tantivy.Document, document: Document) -> None:
    provinces = sorted({code[:2] for code in document.regions})
    regions = sorted({*provinces, *document.regions})
    for field in ("dimension", "sector", "organisation"):
        row.add_text(field, getattr(document, field))
    row.add_text("value", document.value_band)
    several = {
        "region": regions, "scheme": document.schemes, "kbli": document.kbli, "partner": document.partners,
        "cohort": document.cohorts, "cluster": document.clusters,
    }  # fmt: skip
    for field, values in several.items():
        for value in values:
            row.add_text(field, value)


def _merit(document: Document) -> int:
    years = max(document.published_at.timestamp() - _MERIT_EPOCH, 0) / _SECONDS_OF_YEAR
    points = _MERIT_BASE + _MERIT_OF_STEP * document.completeness + _MERIT_OF_YEAR * years
    return round(2 ** min(points, _MERIT_MOST)) - 2
