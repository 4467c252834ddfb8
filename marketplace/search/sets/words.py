"""What a word, or words together, find."""

from collections.abc import Sequence

from pyroaring import BitMap

from marketplace.search import synonyms
from marketplace.search.sets.keys import MEANING, WORD
from marketplace.search.sets.reading import Sets


def found_by(sets: Sets, words: Sequence[str], terms: Sequence[str]) -> BitMap:
    """The listings that have one of the terms, or say what the words mean."""
    found = [sets.get(WORD, term) for term in terms]
    found += [sets.get(MEANING, meaning) for meaning in synonyms.meanings_of(words)]
    return found[0] if len(found) == 1 else BitMap.union(*found)
