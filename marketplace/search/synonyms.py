"""What means the same: abbreviations, names of regions, Indonesian and English.

Listings are indexed by the meanings of their phrases, so a question costs one term for a meaning however many
phrases say it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from marketplace.data.reading import read_rows
from marketplace.search.place_names import region_kinds, region_phrases, with_kind
from marketplace.search.stems import STOP_WORDS, stem, words

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases are kept as stems without stop words; `starts` are the lengths of those that begin with a stem."""

    meanings: dict[Phrase, tuple[str, ...]]
    phrases: dict[str, tuple[Phrase, ...]]
    starts: dict[str, tuple[int, ...]]
    words: frozenset[str]


def region_meaning(code: str) -> str:
    """The meaning of a region's names."""
    return f"r{code}"


def meanings_in(stemmed: Sequence[str]) -> list[str]:
    """The meanings of all phrases in a text, which is given as its stems without stop words."""
    starts, meanings = _table().starts, _table().meanings
    found: list[str] = []
    # Written out: it runs over every word of every listing.
    for at, first in enumerate(stemmed):
        for size in starts.get(first, ()):
            phrase = tuple(stemmed[at : at + size])
            if len(phrase) == size:
                found += meanings.get(phrase, ())
    return found


def meanings_of(phrase: Iterable[str]) -> tuple[str, ...]:
    """What the words mean together; nothing for most."""
    return _table().meanings.get(tuple(map(stem, phrase)), ())


def phrases_of(meaning: str) -> tuple[Phrase, ...]:
    """All that says it, as stems without stop words."""
    return _table().phrases.get(meaning, ())


def longest_known(run: Sequence[str]) -> int:
    """How many words at the beginning of the run are a phrase with a meaning; 1 at least."""
    stemmed = tuple(stem(word) for word in run[: _longest()])
    meanings = _table().meanings
    return max((size for size in range(2, len(stemmed) + 1) if stemmed[:size] in meanings), default=1)


def is_known(word: str) -> bool:
    """Whether a phrase of ours has that word."""
    return word in _table().words


@cache
def _table() -> _Table:
    groups = _groups()
    meanings: dict[Phrase, list[str]] = defaultdict(list)
    for meaning, phrases in groups.items():
        for key in sorted({_key(phrase) for phrase in phrases} - {()}):
            meanings[key].append(meaning)
    starts: dict[str, set[int]] = defaultdict(set)
    said: dict[str, list[Phrase]] = defaultdict(list)
    for key, named in meanings.items():
        starts[key[0]].add(len(key))
        for meaning in named:
            said[meaning].append(key)
    return _Table(
        meanings={key: tuple(named) for key, named in meanings.items()},
        phrases={meaning: tuple(keys) for meaning, keys in said.items()},
        starts={first: tuple(sizes) for first, sizes in starts.items()},
        words=frozenset(word for phrases in groups.values() for phrase in phrases for word in words(phrase)),
    )


def _groups() -> dict[str, list[str]]:
    """Meaning -> phrases. A row that names a region by its own name is more names of that region."""
    groups = {region_meaning(code): phrases for code, phrases in region_phrases().items()}
    kinds = {region_meaning(code): kind for code, kind in region_kinds().items()}
    owners: dict[Phrase, set[str]] = defaultdict(set)
    for meaning, phrases in groups.items():
        for phrase in phrases:
            owners[_key(phrase)].add(meaning)
    for number, row in enumerate(read_rows("synonyms.csv")):
        phrases = row["phrases"].split(";")
        named = {owner for phrase in phrases for owner in owners[_key(phrase)]}
        for meaning in named if row["kind"] == "alias" else ():
            groups[meaning] += [
                *phrases,
                *(each for phrase in phrases for each in with_kind(kinds[meaning], phrase)),
            ]
        if row["kind"] != "alias" or not named:
            groups[f"m{number}"] = phrases
    return groups


@cache
def _longest() -> int:
    return max(map(len, _table().meanings))


def _key(phrase: str) -> Phrase:
    return tuple(stem(word) for word in words(phrase) if word not in STOP_WORDS)
