"""What the index holds of one listing, and how that is laid out in tantivy."""

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from math import ceil

import tantivy

from marketplace.data.reading import digest
from marketplace.search import stems, synonyms

# No deadline: closes never. An example stands before all time, so that one number gives the status. Ranges of
# unsigned numbers are found two to five times faster than those of signed ones.
NEVER = 2**33
EXAMPLE = 0
# What is asked for in Facet.DEADLINE beside numbers of days.
NO_DEADLINE = "none"
_MILLION = 1_000_000
_LAST = 2**32 - 1
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
# All by which words find a listing, as one set of terms: the stems of its texts; each phrase that asks for what it means,
# or nearly stands there; the words of its place that a stem would garble, behind PLACED.
# So a word is found by one term, in a fifth of the time: the texts themselves are for the order.
FOUND_BY = "found_by"
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
# Counted by column, with what they are worth: several values in one word, parted by blanks, since a column of one value
# is counted 17 times faster than one of several.
COUNTED = ("region_set",)
NUMBERS = ("id", "readiness", "by_newest", "by_deadline", "by_value", "value_idr", MERIT)

# Names the layout, and the shipped files that a listing's words and codes come from: an index under another stamp
# cannot be read by this code and is rebuilt.
_PARTS = (
    TEXTS, WEIGHED, WORDS, FOUND_BY, KEYWORDS, COUNTED, NUMBERS, version("tantivy"), version("snowballstemmer"),
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
    for name in (WORDS, FOUND_BY):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in sorted({*KEYWORDS, *COUNTED}):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED)
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=name in ("id", "readiness"), fast=True)
    builder.add_unsigned_field("ends", indexed=True, fast=True)
    return builder.build()


def to_tantivy(document: Document) -> tuple[tantivy.Document, set[str]]:
    """The document in tantivy's own form, and all by which words find it."""
    row = tantivy.Document()
    words = _add_texts(row, document)
    _add_keywords(row, document)
    published, tail = posted(document), document.id & _LAST
    row.add_unsigned("ends", ends(document))
    row.add_unsigned("id", document.id)
    row.add_unsigned("readiness", document.readiness)
    row.add_unsigned(MERIT, _merit(document))
    row.add_unsigned("by_newest", published << 32 | tail)
    row.add_unsigned("by_deadline", _deadline_key(document) << 32 | tail)
    row.add_unsigned("by_value", _value_key(document.value_idr) << 32 | tail)
    if document.value_idr is not None:
        row.add_unsigned("value_idr", document.value_idr)
    return row, words


def posted(document: Document) -> int:
    """The second in which it was published."""
    return int(document.published_at.timestamp())


def ends(document: Document) -> int:
    """The second after which it is closed; EXAMPLE for a public example."""
    if document.example:
        return EXAMPLE
    return ceil(document.closes_at.timestamp()) if document.closes_at else NEVER


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's words, the stem of each, what it means, and the known phrases that it holds, or nearly."""

    words: list[str]
    stems: list[str]
    means: list[str]
    near: list[str]


def _read(text: str) -> _Text:
    words = stems.words(text)
    stemmed = [stems.stem(word) for word in words]
    telling = [stem for word, stem in zip(words, stemmed, strict=True) if word not in stems.STOP_WORDS]
    return _Text(words, stemmed, *synonyms.read_listing(telling))


# What codes are called is the same in thousands of listings.
_read_names = lru_cache(maxsize=8192)(_read)


def _add_texts(row: tantivy.Document, document: Document) -> set[str]:
    title, body = _read(document.title), _read(document.body)
    names, trades, place = map(_read_names, (document.names, document.trades, document.place))
    row.add_text("title", " ".join(title.stems))
    row.add_text("title_raw", " ".join(title.words))
    row.add_text("body", " ".join(body.stems))
    row.add_text("body_raw", " ".join(body.words))
    row.add_text("names", " ".join(names.stems + trades.stems))
    row.add_text("place", " ".join(place.words))
    means = body.means + names.means
    place_means = [synonyms.region_meaning(code) for code in document.regions] + place.means
    row.add_text("title_means", " ".join(title.means))
    row.add_text("means", " ".join(means))
    row.add_text("place_means", " ".join(place_means))
    said = set().union(*((*text.words, *text.stems) for text in (title, body, names, trades, place)))
    row.add_text(WORDS, " ".join(said))
    meanings = {*title.means, *means, *place_means}
    found_by = _found_by(title, body, names, trades, place, meanings)
    row.add_text(FOUND_BY, " ".join(found_by))
    return found_by


def _found_by(
    title: _Text, body: _Text, names: _Text, trades: _Text, place: _Text, meanings: Iterable[str]
) -> set[str]:
    found = set(title.stems).union(body.stems, names.stems, trades.stems)
    found |= {
        word if word == stem else PLACED + word for word, stem in zip(place.words, place.stems, strict=True)
    }
    found |= synonyms.terms_for(meanings)
    return found.union(title.near, body.near, names.near)


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
    row.add_text("region_set", " ".join(regions))


def _merit(document: Document) -> int:
    years = max(document.published_at.timestamp() - _MERIT_EPOCH, 0) / _SECONDS_OF_YEAR
    points = _MERIT_BASE + _MERIT_OF_STEP * document.completeness + _MERIT_OF_YEAR * years
    return round(2 ** min(points, _MERIT_MOST)) - 2


def _deadline_key(document: Document) -> int:
    return min(int(document.closes_at.timestamp()), _LAST) if document.closes_at else _LAST


def _value_key(value_idr: int | None) -> int:
    """Whole millions, so that the id fits beside them; unknown sorts below everything."""
    return 0 if value_idr is None else min(max(value_idr // _MILLION, 1), _LAST)
