"""Turns text into words that can be compared: unaccented, casefolded, stemmed in Indonesian, then English."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

# Bumped when the same text would give other words: it is part of the index's format.
VERSION = 2
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
# Kept in the index (phrases need their places), ignored in a question.
STOP_WORDS = frozenset(
    {"dan", "atau", "di", "ke", "dari", "untuk", "yang", "pada", "dengan", "oleh", "dalam"}
    | {"the", "of", "in", "and", "or", "for", "a", "an", "to", "at", "on", "with", "by"}
)
_INDONESIAN = snowballstemmer.stemmer("indonesian")
_ENGLISH = snowballstemmer.stemmer("english")
# A stemmer keeps the word that it has in hand: a second thread would get half of another word, or an IndexError.
_ALONE = threading.Lock()


def words(text: str) -> list[str]:
    """The words of a text in order, folded but not stemmed."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word; the same for any language, so that nobody has to say which it is."""
    with _ALONE:
        indonesian = str(_INDONESIAN.stemWord(word))
        return indonesian if indonesian != word else str(_ENGLISH.stemWord(word))


def telling_stems(words: list[str]) -> list[str]:
    """The stems of the words that say something: stop words left out."""
    return [stem(word) for word in words if word not in STOP_WORDS]
