"""What a word may have been meant to be: words of the index and of our synonyms that are one slip away."""

from collections.abc import Iterator
from string import ascii_lowercase

from marketplace.search import stems, synonyms
from marketplace.search.index import View
from marketplace.search.schema import WORDS

_MOST = 4
_SHORTEST_SWAPPED = 3
_SHORTEST_CHANGED = 4
_SHORTEST_ANYWHERE = 5
_SHORTEST_PART = 3


class Speller:
    """Spelling by what one view of the index holds; each word is looked up once."""

    def __init__(self, view: View) -> None:
        self._count = view.searcher.doc_freq
        self._guesses: dict[str, tuple[str, ...]] = {}

    def frequency(self, word: str) -> int:
        """How many listings have the word or its stem."""
        return self._count(WORDS, word) or self._count(WORDS, stems.stem(word))

    def knows(self, word: str) -> bool:
        """Whether a listing or a synonym has it; a number is always taken as typed."""
        return not word.isalpha() or synonyms.is_known(word) or self.frequency(word) > 0

    def guesses(self, word: str) -> tuple[str, ...]:
        """Known words one slip away, the likeliest first: letters swapped before others, frequent before rare."""
        if word not in self._guesses:
            exists = self._exists if len(word) >= _SHORTEST_ANYWHERE else self._is_listed
            found = {near: (swapped, self.frequency(near)) for near, swapped in _slips(word) if exists(near)}
            self._guesses[word] = tuple(sorted(found, key=lambda near: found[near], reverse=True)[:_MOST])
        return self._guesses[word]

    def parts(self, word: str) -> tuple[str, str] | None:
        """Two words of the index that were written as one."""
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        both = ((word[:cut], word[cut:]) for cut in cuts if self._is_listed(word[:cut]))
        return next((pair for pair in both if self._is_listed(pair[1])), None)

    def _is_listed(self, word: str) -> bool:
        return self._count(WORDS, word) > 0

    def _exists(self, word: str) -> bool:
        return synonyms.is_known(word) or self._is_listed(word)


def _slips(word: str) -> Iterator[tuple[str, bool]]:
    """Every word one slip away, and whether the slip was two letters swapped. Short words mean too many things
    for more: three letters may only be swapped, four keep the first, and both are only taken for words of listings."""
    if not (word.isascii() and word.isalpha()) or len(word) < _SHORTEST_SWAPPED:
        return
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}", True
    if len(word) < _SHORTEST_CHANGED:
        return
    for at in range(0 if len(word) >= _SHORTEST_ANYWHERE else 1, len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:], False
        for letter in ascii_lowercase:
            if tail and letter != tail[0]:
                yield head + letter + tail[1:], False
            yield head + letter + tail, False
