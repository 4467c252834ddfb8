"""Other words for the same thing: abbreviations, short names of regions, Indonesian and English."""

from collections import defaultdict
from functools import cache

from marketplace.data.reading import read_rows
from marketplace.search.stems import stem, words

Phrase = tuple[str, ...]


@cache
def _groups() -> dict[Phrase, list[Phrase]]:
    """The stems of a phrase -> all phrases that say the same."""
    found: dict[Phrase, list[Phrase]] = defaultdict(list)
    for row in read_rows("synonyms.csv"):
        phrases = [tuple(words(phrase)) for phrase in row["phrases"].split(";")]
        for phrase in phrases:
            found[_key(phrase)] += [other for other in phrases if other != phrase]
    return dict(found)


@cache
def _longest() -> int:
    return max(map(len, _groups()))


def _key(phrase: Phrase) -> Phrase:
    return tuple(map(stem, phrase))


def others(phrase: Phrase) -> list[Phrase]:
    """What else people call it; nothing for most phrases."""
    return _groups().get(_key(phrase), [])


def longest_known(run: Phrase) -> int:
    """How many words at the beginning of the run are a phrase with synonyms; 1 at least."""
    sizes = range(min(len(run), _longest()), 1, -1)
    return next((size for size in sizes if others(run[:size])), 1)
