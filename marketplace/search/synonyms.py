"""What means the same: abbreviations, names of regions, Indonesian and English; and what is a kind of what.

Listings are indexed by the meanings of their phrases, so a question costs one term for a meaning however many
phrases say it. Who says a kind has said what it is a kind of (a banana is fruit) and who asks for fruit wants bananas;
who asks for bananas wants no other fruit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from marketplace.data.reading import read_rows
from marketplace.search.place_names import (
    cluster_names,
    cluster_regions,
    region_kinds,
    region_phrases,
    with_kind,
)
from marketplace.search.stems import STOP_WORDS, stem, words

Phrase = tuple[str, ...]
SLOP = 3
# The first phrase of such a row is what the others are kinds of.
_BROADER = "broader"
# Such a row serves the search alone.
_SEARCH = "search"


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases are kept as stems without stop words; `starts` are the lengths of those that begin with a stem, `longer`
    those of several by their first and second. `told` is what a phrase means in a listing: its meanings, and those that
    it is a kind of (`alone` for those of one stem); `compared` are the meanings by which texts are compared."""

    meanings: dict[Phrase, tuple[str, ...]]
    told: dict[Phrase, tuple[str, ...]]
    alone: dict[str, tuple[str, ...]]
    compared: dict[Phrase, tuple[str, ...]]
    phrases: dict[str, tuple[Phrase, ...]]
    starts: dict[str, tuple[int, ...]]
    longer: dict[str, dict[str, list[Phrase]]]
    words: frozenset[str]


def region_meaning(code: str) -> str:
    """The meaning of the names of a region, or of a cluster of regions."""
    return f"r{code}"


class Said(NamedTuple):
    """What a text says: its meanings, and as terms of the index the known phrases of several words that stand there in
    their order, though not quite together: with SLOP others in between at most."""

    meanings: list[str]
    near: list[str]


def read_listing(stemmed: Sequence[str]) -> Said:
    """What a listing's text says, which is given as its stems without stop words."""
    told, alone, longer = _table().told, _table().alone, _table().longer
    meanings: list[str] = []
    near: list[str] = []
    # Written out: it runs over every word of every listing.
    for at, first in enumerate(stemmed):
        if first in alone:
            meanings += alone[first]
        if first not in longer:
            continue
        following = longer[first]
        for gap, second in enumerate(stemmed[at + 1 : at + 2 + SLOP]):
            for phrase in following.get(second, ()):
                if len(phrase) == 2 or _holds(stemmed[at + 1 : at + len(phrase) + SLOP], phrase[1:]):
                    near.append(term_of(phrase))
                    if gap == 0 and tuple(stemmed[at : at + len(phrase)]) == phrase:
                        meanings += told[phrase]
    return Said(meanings, near)


def _holds(run: Sequence[str], wanted: Sequence[str]) -> bool:
    rest = iter(run)
    return all(stem in rest for stem in wanted)


def meanings_to_compare(stemmed: Sequence[str]) -> list[str]:
    """The meanings in a text that is compared with other texts: a kind is no other kind there, and words that only
    translate would blur what texts are about."""
    starts, compared = _table().starts, _table().compared
    return [
        meaning
        for at, first in enumerate(stemmed)
        for size in starts.get(first, ())
        if at + size <= len(stemmed)
        for meaning in compared.get(tuple(stemmed[at : at + size]), ())
    ]


def meanings_of(phrase: Iterable[str]) -> tuple[str, ...]:
    """What the words mean together; nothing for most."""
    return _table().meanings.get(tuple(map(stem, phrase)), ())


def phrases_of(meaning: str) -> tuple[Phrase, ...]:
    """All that says it, its kinds too, as stems without stop words."""
    return _table().phrases.get(meaning, ())


def term_of(phrase: Phrase) -> str:
    """The phrase as one term of the index; no stem has an underscore."""
    return "_".join(phrase)


def longest_known(run: Sequence[str]) -> int:
    """How many words at the beginning of the run are a phrase with a meaning; 1 at least."""
    stemmed = tuple(stem(word) for word in run[: _longest()])
    meanings = _table().meanings
    return max((size for size in range(2, len(stemmed) + 1) if stemmed[:size] in meanings), default=1)


def is_known(word: str) -> bool:
    """Whether a phrase of ours has that word."""
    return word in _table().words


def known_words() -> frozenset[str]:
    """All words of our phrases."""
    return _table().words


@cache
def _table() -> _Table:
    groups = _groups()
    meanings: dict[Phrase, list[str]] = defaultdict(list)
    for meaning, phrases in groups.items():
        for key in sorted({_key(phrase) for phrase in phrases} - {()}):
            meanings[key].append(meaning)
    rows = read_rows("synonyms.csv")
    apart = {f"m{number}" for number, row in enumerate(rows) if row["use"] == _SEARCH}
    said_in = [*groups.values(), *(row["phrases"].split(";") for row in rows)]
    told = {key: list(named) for key, named in meanings.items()}
    for broad, key in _kinds(groups, meanings):
        if broad not in told.setdefault(key, []):
            told[key].append(broad)
    starts: dict[str, set[int]] = defaultdict(set)
    said: dict[str, list[Phrase]] = defaultdict(list)
    for key, named in told.items():
        starts[key[0]].add(len(key))
        for meaning in named:
            said[meaning].append(key)
    return _Table(
        meanings={key: tuple(named) for key, named in meanings.items()},
        told={key: tuple(named) for key, named in told.items()},
        alone={key[0]: tuple(named) for key, named in told.items() if len(key) == 1},
        compared={
            key: of for key, named in meanings.items() if (of := tuple(m for m in named if m not in apart))
        },
        phrases={meaning: tuple(keys) for meaning, keys in said.items()},
        starts={first: tuple(sizes) for first, sizes in starts.items()},
        longer=_longer(told),
        words=frozenset(word for phrases in said_in for phrase in phrases for word in words(phrase)),
    )


def _longer(phrases: Iterable[Phrase]) -> dict[str, dict[str, list[Phrase]]]:
    longer: dict[str, dict[str, list[Phrase]]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            longer.setdefault(phrase[0], {}).setdefault(phrase[1], []).append(phrase)
    return longer


def _groups() -> dict[str, list[str]]:
    """Meaning -> phrases. A row that names a region or a cluster by its own name is more names of it."""
    kinds = {region_meaning(code): kind for code, kind in region_kinds().items()}
    places = region_phrases() | cluster_names()
    groups = {region_meaning(code): list(phrases) for code, phrases in places.items()}
    owners: dict[Phrase, set[str]] = defaultdict(set)
    for meaning, phrases in groups.items():
        for phrase in phrases:
            owners[_key(phrase)].add(meaning)
    for number, row in enumerate(read_rows("synonyms.csv")):
        phrases = row["phrases"].split(";")
        named = (
            {owner for phrase in phrases for owner in owners[_key(phrase)]}
            if row["kind"] == "alias"
            else set()
        )
        # Toba is a kabupaten, and Danau Toba a cluster around it: the row is the kabupaten's.
        for meaning in named & kinds.keys() or named:
            kind = kinds.get(meaning)
            groups[meaning] += phrases
            groups[meaning] += [each for phrase in phrases if kind for each in with_kind(kind, phrase)]
        if not named:
            groups[f"m{number}"] = phrases[:1] if row["kind"] == _BROADER else phrases
    return groups


def _kinds(
    groups: Mapping[str, list[str]], meanings: Mapping[Phrase, list[str]]
) -> Iterator[tuple[str, Phrase]]:
    """Each meaning with each phrase that is a kind of it: those of the rows and all that means the same, and the
    regions of a cluster."""
    for row in read_rows("synonyms.csv"):
        if row["kind"] == _BROADER:
            broad, *phrases = map(_key, row["phrases"].split(";"))
            alike = {
                _key(each) for key in phrases for meaning in meanings.get(key, ()) for each in groups[meaning]
            }
            for meaning in meanings[broad]:
                own = set(map(_key, groups[meaning]))
                # "Sampah menjadi energi" says "sampah" already.
                yield from (
                    (meaning, key) for key in sorted({*phrases, *alike}) if own.isdisjoint(_parts(key))
                )
    for cluster, regions in cluster_regions().items():
        for code in regions:
            yield from ((region_meaning(cluster), _key(name)) for name in groups[region_meaning(code)])


def _parts(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase and all shorter ones in it."""
    ends = range(1, len(phrase) + 1)
    return (phrase[start:end] for end in ends for start in range(end))


@cache
def _longest() -> int:
    return max(map(len, _table().meanings))


def _key(phrase: str) -> Phrase:
    return tuple(stem(word) for word in words(phrase) if word not in STOP_WORDS)
