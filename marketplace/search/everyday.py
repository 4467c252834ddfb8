"""Words that exist, though no listing and no synonym may have them: what is typed so is meant so, and no slip."""

from collections import Counter
from functools import cache

from marketplace.data.reading import read_rows
from marketplace.search.stems import stem, words

# A word that only one business of KBLI is told by may be a slip itself.
_OFTEN = 2
_SHORTEST_STEM = 4


def is_everyday(word: str) -> bool:
    """Whether it is an ordinary word, or a form of one."""
    known, known_stems = _known()
    return word in known or (len(of := stem(word)) >= _SHORTEST_STEM and of != word and of in known_stems)


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """The words, and the stems of the everyday ones."""
    everyday = {word for row in read_rows("everyday_words.csv") for word in row["words"].split()}
    told = Counter(
        word for row in read_rows("kbli2020.csv") for word in set(words(f"{row['title']} {row['terms']}"))
    )
    return frozenset(everyday | {word for word in told if told[word] >= _OFTEN}), frozenset(
        map(stem, everyday)
    )
