"""Marks in a text what a question found there: the words, their other forms and what means the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from markupsafe import Markup, escape

from marketplace.search import stems, synonyms
from marketplace.search.text import Clause, Reading

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _LONGEST = 60, 180
_LONGEST_PHRASE = 160
Span = tuple[int, int]
Token = tuple[str, int, int]


class Marker:
    """Knows what to mark for one reading of a question."""

    def __init__(self, reading: Reading) -> None:
        self._phrases: dict[str, set[synonyms.Phrase]] = defaultdict(set)
        for clause in reading.clauses:
            if not clause.excluded:
                for phrase in _phrases(clause):
                    self._phrases[phrase[0]].add(phrase)

    def mark(self, text: str) -> Markup | None:
        """The whole text as HTML with the found words in <mark>; None if there are none."""
        spans = self._spans(text) if self._first(text) is not None else []
        return _drawn(text, spans) if spans else None

    def snippet(self, text: str) -> Markup | None:
        """The part of the text around the first found words, marked; None if there are none."""
        first = self._first(text)
        if first is None:
            return None
        start, end = _window(text, first)
        shown = text[start:end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        # Our own dots and blanks around what is escaped already.
        return Markup(f"{before}{_drawn(shown, self._spans(shown))}{after}")  # noqa: S704  # nosec B704

    def _first(self, text: str) -> int | None:
        """Where the first found words begin. Lists read the beginnings of many texts: the rest is not looked at."""
        for stem, start in self._starts(text):
            if (stem,) in self._phrases[stem]:
                return start
            following = list(_tokens(text[start : start + _LONGEST_PHRASE]))
            if following and self._longest(following, 0):
                return start
        return None

    def _starts(self, text: str) -> Iterator[tuple[str, int]]:
        """Where words stand with which something may begin that was found, with their stems."""
        if not text.isascii():
            yield from ((stem, start) for stem, start, _ in _tokens(text) if stem in self._phrases)
            return
        lower = text.lower()
        stemmed = list(map(stems.stem, _WORD.findall(lower)))
        if not self._phrases.keys().isdisjoint(stemmed):
            for at, stem in enumerate(stemmed):
                if stem in self._phrases:
                    yield stem, next(islice(_WORD.finditer(lower), at, None)).start()

    def _spans(self, text: str) -> list[Span]:
        tokens = list(_tokens(text))
        spans: list[Span] = []
        for at, (stem, start, _) in enumerate(tokens):
            size = self._longest(tokens, at) if stem in self._phrases else 0
            if size and (not spans or start >= spans[-1][1]):
                spans.append((start, tokens[at + size - 1][2]))
        return spans

    def _longest(self, tokens: list[Token], at: int) -> int:
        """How many of the tokens from there on are something that was found; 0 for none."""
        fitting = (
            len(phrase)
            for phrase in self._phrases.get(tokens[at][0], ())
            if phrase == tuple(token[0] for token in tokens[at : at + len(phrase)])
        )
        return max(fitting, default=0)


def _tokens(text: str) -> Iterator[Token]:
    """The stems of the text's telling words, and where they stand."""
    if text.isascii():
        # Folding moves nothing.
        for found in _WORD.finditer(text.lower()):
            word = found[0]
            if word not in stems.STOP_WORDS:
                yield stems.stem(word), found.start(), found.end()
        return
    for found in _WORD.finditer(text):
        for word in stems.words(found[0])[:1]:
            if word not in stems.STOP_WORDS:
                yield stems.stem(word), found.start(), found.end()


def _phrases(clause: Clause) -> Iterable[synonyms.Phrase]:
    """All that may have made the clause fit, as stems."""
    words = clause.words
    stemmed = tuple(stems.telling_stems(list(words))) or tuple(map(stems.stem, words))
    yield stemmed
    if clause.phrase:
        return
    for meaning in synonyms.meanings_of(words):
        yield from synonyms.phrases_of(meaning)


def _window(text: str, first: int) -> Span:
    """Where a snippet begins and ends, at blanks; a text that is short enough stays whole."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    start = 0 if first <= _BEFORE else text.rfind(" ", 0, first - _BEFORE) + 1
    if start + _LONGEST >= len(text):
        return start, len(text)
    end = text.rfind(" ", first + 1, start + _LONGEST)
    return start, end if end > first else start + _LONGEST


def _drawn(text: str, spans: list[Span]) -> Markup:
    pieces, at = [], 0
    for first, last in spans:
        pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    pieces.append(escape(text[at:]))
    return Markup("".join(pieces))  # noqa: S704  # nosec B704 - each piece is escaped
