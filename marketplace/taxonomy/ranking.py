"""BM25 over bags of weighed words: plain values in, scores out."""

import math
from collections import defaultdict
from collections.abc import Mapping

_SATURATION, _LENGTH = 1.2, 0.5


class Ranking:
    """Holds named bags ready for questions."""

    def __init__(self, bags: Mapping[str, Mapping[str, float]]) -> None:
        lengths = {name: sum(bag.values()) for name, bag in bags.items()}
        mean = sum(lengths.values()) / max(len(lengths), 1) or 1.0
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, bag in bags.items():
            norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[name] / mean)
            for word, weight in bag.items():
                self._postings[word].append((name, weight * (_SATURATION + 1) / (weight + norm)))
        self._size = len(bags)

    def shares(self, asked: Mapping[str, float]) -> dict[str, float]:
        """Name -> score, of those that share a word with what is asked; 1 is what no bag reaches: all of it, said endlessly."""
        found: dict[str, float] = defaultdict(float)
        most = 0.0
        for word, weight in asked.items():
            postings = self._postings.get(word, ())
            rarity = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            most += weight * rarity * (_SATURATION + 1)
            for name, share in postings:
                found[name] += weight * rarity * share
        return {name: score / most for name, score in found.items()}
