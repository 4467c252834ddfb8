"""Turns text into words that can be compared: unaccented, casefolded, stemmed in Indonesian, then English."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

# Bumped when the same text would give other words: it is part of the index's format.
VERSION = 3
_WORD = re.compile(r"[^\W_]+")
# Jum'at is Jumat, people's is people.
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
_LONGEST_WORD = 40
# Kept in the index (phrases need their places), ignored in a question.
# From "apa" and from "what" on they are what people ask with, and what every listing here is.
_SMALL_WORDS = (
    "dan atau di ke dari untuk yang pada dengan oleh dalam bagi sebagai secara serta agar supaya karena adalah ini itu "
    "tersebut para juga akan sudah telah belum masih menjadi jadi tentang mengenai terkait antara melalui lewat "
    "yg utk dgn dg dr pd jd bwt krn sdh blm jg sbg ttg tsb "
    "the of in and or for a an to at on with by is are be was were as from into about this that these those it its "
    "i me my we our you your they their there any some all "
    "apa apakah saja aja mana dimana siapa bagaimana berapa kapan ada bisa dapat mau ingin buat cari mencari dicari "
    "kami kita saya lihat contoh daftar mohon tolong proyek peluang kesempatan "
    "what which where who when how looking look find show list want need seeking please have has can project projects "
    "opportunity opportunities"
)
STOP_WORDS = frozenset(_SMALL_WORDS.split())
_INDONESIAN = snowballstemmer.stemmer("indonesian")
_ENGLISH = snowballstemmer.stemmer("english")
# A stemmer keeps the word that it has in hand: a second thread would get half of another word, or an IndexError.
_ALONE = threading.Lock()


def words(text: str) -> list[str]:
    """The words of a text in order, folded but not stemmed."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    text = text.casefold()
    if "'" in text or "\u2019" in text:
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(text)]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word; the same for any language, so that nobody has to say which it is."""
    with _ALONE:
        indonesian = str(_INDONESIAN.stemWord(word))
        return indonesian if indonesian != word else str(_ENGLISH.stemWord(word))


def telling_stems(words: list[str]) -> list[str]:
    """The stems of the words that say something: stop words left out."""
    return [stem(word) for word in words if word not in STOP_WORDS]
