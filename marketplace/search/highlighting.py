"""Marks in a text what a question found there: the words, their other forms and what means the same."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from marketplace.search import stems, synonyms
from marketplace.search.text import Clause, Reading

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _LONGEST = 60, 180
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    start: int
    end: int


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
        spans = self._spans(text)
        return _drawn(text, spans, 0, len(text)) if spans else None

    def snippet(self, text: str) -> Markup | None:
        """The part of the text around the first found words, marked; None if there are none."""
        spans = self._spans(text)
        if not spans:
            return None
        start, end = _window(text, spans[0][0])
        inside = [span for span in spans if start <= span[0] and span[1] <= end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return Markup("{}{}{}").format(before, _drawn(text, inside, start, end), after)

    def _spans(self, text: str) -> list[Span]:
        tokens = [
            _Token(stems.stem(folded[0]), found.start(), found.end())
            for found in _WORD.finditer(text)
            if (folded := stems.words(found[0])) and folded[0] not in stems.STOP_WORDS
        ]
        spans: list[Span] = []
        for at, token in enumerate(tokens):
            size = self._longest(tokens, at)
            if size and (not spans or token.start >= spans[-1][1]):
                spans.append((token.start, tokens[at + size - 1].end))
        return spans

    def _longest(self, tokens: list[_Token], at: int) -> int:
        fitting = (
            len(phrase)
            for phrase in self._phrases.get(tokens[at].stem, ())
            if phrase == tuple(token.stem for token in tokens[at : at + len(phrase)])
        )
        return max(fitting, default=0)


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


def _drawn(text: str, spans: list[Span], start: int, end: int) -> Markup:
    pieces, at = [], start
    for first, last in spans:
        pieces += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
        at = last
    return Markup("").join([*pieces, escape(text[at:end])])
