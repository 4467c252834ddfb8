"""What a word may have been meant to be: words of the index and of our synonyms that are a slip away, or that are
written so in a chat, without their vowels."""

from collections import defaultdict
from functools import cache

from marketplace.search import stems, synonyms
from marketplace.search.everyday import is_everyday
from marketplace.search.index import View
from marketplace.search.place_names import name_words
from marketplace.search.schema import WORDS
from marketplace.search.sets.words import found_by
from marketplace.search.slips import SHORTEST_ANYWHERE, is_twice, slips

_MOST = 4
_SHORTEST_PART, _SHORTEST_KNOWN_PART = 3, 4
_SHORTEST_CHAT = 3
_SHORTEST_TWICE = 8
_VOWELS = str.maketrans("", "", "aeiou")
_AS_WRITTEN = ("title_raw", "body_raw", "place")


class Speller:
    """Spelling by what one view of the index holds; each word is looked up once."""

    def __init__(self, view: View) -> None:
        self._count = view.searcher.doc_freq
        self._sets = view.sets
        self._guesses: dict[str, tuple[str, ...]] = {}

    def frequency(self, word: str) -> int:
        """How many listings have the word or its stem."""
        return self._count(WORDS, word) or self._count(WORDS, stems.stem(word))

    def knows(self, word: str) -> bool:
        """Whether a listing or a synonym has it; a number is always taken as typed."""
        return not word.isalpha() or synonyms.is_known(word) or self.frequency(word) > 0

    def guesses(self, word: str) -> tuple[str, ...]:
        """Known words that it may be, the likeliest first: without vowels before one slip before two; what finds
        something before the rest, likely slips before others, frequent before rare. What no listing has is no slip if
        it is the name of a region or an ordinary word."""
        if word in stems.STOP_WORDS or (self._exists_elsewhere(word) and not self.frequency(word)):
            return ()
        if word not in self._guesses:
            near = [*self._in_chat(word), *self._one_slip(word)] or self._two_slips(word)
            self._guesses[word] = tuple(near[:_MOST])
        return self._guesses[word]

    def _one_slip(self, word: str) -> list[str]:
        exists = self._exists if len(word) >= SHORTEST_ANYWHERE else self._is_listed
        near = {each: slip for each, slip in slips(word) if exists(each) and self._is_word(each)}
        finds = {each: self._finds(each) for each in near}
        return sorted(near, key=lambda each: (finds[each] > 0, near[each], finds[each]), reverse=True)

    def _in_chat(self, word: str) -> list[str]:
        """What it may shorten: the same consonants, and more vowels around those that it has."""
        bones = word.translate(_VOWELS)
        if len(bones) < _SHORTEST_CHAT or not word.isascii():
            return []
        least = len(word) + (1 if len(word) > _SHORTEST_CHAT else 2)
        longer = [
            each for each in _by_bones().get(bones, ()) if len(each) >= least and _is_within(word, each)
        ]
        return sorted(longer, key=self._finds, reverse=True)

    def _two_slips(self, word: str) -> list[str]:
        """Long names of regions are slipped in twice; other long words are too alike for that."""
        if len(word) < _SHORTEST_TWICE or not word.isascii():
            return []
        near = [name for name in name_words() if name[0] == word[0] and is_twice(word, name)]
        return sorted(near, key=lambda name: (-self.frequency(name), name))

    def _finds(self, word: str) -> int:
        """How many listings have the word, or else what it means."""
        return self.frequency(word) or len(found_by(self._sets, (word,), (stems.stem(word),)))

    def parts(self, word: str) -> tuple[str, str] | None:
        """Two words that were written as one: words of the index before those of ours."""
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        pairs = [(word[:cut], word[cut:]) for cut in cuts]
        listed = (pair for pair in pairs if all(map(self._is_listed, pair)))
        known = (
            pair
            for pair in pairs
            if all(len(part) >= _SHORTEST_KNOWN_PART and self._exists(part) for part in pair)
        )
        return next(listed, None) or next(known, None)

    @staticmethod
    def _exists_elsewhere(word: str) -> bool:
        return word in name_words() or is_everyday(word)

    def _is_word(self, word: str) -> bool:
        """Whether it tells something, and is more than the stem of what is listed."""
        if word in stems.STOP_WORDS:
            return False
        return self._exists_as_written(word) or is_everyday(word)

    def _exists_as_written(self, word: str) -> bool:
        return synonyms.is_known(word) or any(self._count(field, word) for field in _AS_WRITTEN)

    def _is_listed(self, word: str) -> bool:
        return self._count(WORDS, word) > 0

    def _exists(self, word: str) -> bool:
        return synonyms.is_known(word) or self._is_listed(word)


@cache
def _by_bones() -> dict[str, list[str]]:
    """Consonants -> words of ours that have just these."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(synonyms.known_words()):
        found[word.translate(_VOWELS)].append(word)
    return found


def _is_within(short: str, word: str) -> bool:
    """Whether some letters of the word left out give the short one."""
    rest = iter(word)
    return all(letter in rest for letter in short)
