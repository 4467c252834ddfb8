"""Texts as terms: stems in both languages and what phrases mean, weighed by their field and by how telling they are."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from marketplace.matching.facts import Terms
from marketplace.search import stems, synonyms

# Before the code of a meaning, so that it is no stem.
MEANING = "="
_REGION = "r"
Vector = dict[str, int]


def terms_of(texts: Iterable[tuple[str, float]]) -> Terms:
    """The terms of texts, each given with the weight of its field."""
    found: Counter[str] = Counter()
    for text, weight in texts:
        for term in _terms(text):
            found[term] += weight  # type: ignore[assignment]  # a Counter adds fractions too
    return tuple(sorted(found.items()))


def _terms(text: str) -> list[str]:
    """Names of regions are the region's factor, not the text's."""
    stemmed = stems.telling_stems(stems.words(text))
    meanings = [
        MEANING + each for each in synonyms.meanings_to_compare(stemmed) if not each.startswith(_REGION)
    ]
    return [*stemmed, *meanings]


def term_weights(documents: Iterable[Terms]) -> dict[str, float]:
    """How telling each term is. Terms of a single document are left out: they weigh the most, like unknown ones."""
    frequencies: Counter[str] = Counter()
    count = 0
    for terms in documents:
        frequencies.update(term for term, _ in terms)
        count += 1
    return {term: round(math.log(1 + count / n), 4) for term, n in sorted(frequencies.items()) if n > 1}


def vector_of(terms: Terms, weights: Mapping[str, float], most: float, length: float) -> Vector:
    """Term -> whole number, of that length together; a term without a weight has `most`."""
    raw = [(term, math.sqrt(count) * weights.get(term, most)) for term, count in terms]
    own = math.sqrt(math.fsum(weight * weight for _, weight in raw))
    if not own:
        return {}
    rounded = ((term, round(length * weight / own)) for term, weight in raw)
    return {term: number for term, number in rounded if number}
