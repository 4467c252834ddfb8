"""From what a person typed to tantivy's query. Nothing typed can make it fail."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import takewhile
from typing import NamedTuple

from pyroaring import BitMap
from tantivy import Occur, Query, Schema

from marketplace.search import stems, synonyms
from marketplace.search.index import View
from marketplace.search.query import any_of, conjunction
from marketplace.search.schema import NEAR, PLACED, build_schema
from marketplace.search.sets.ranges import at_least
from marketplace.search.sets.words import found_by
from marketplace.search.spelling import Speller

_LONGEST_TEXT = 300
_MOST_CLAUSES = 16
# Among so few it is looked one by one.
_FEW = 500
_CHUNK = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# A word as typed weighs more than one of its stem: `pasar` and `pemasaran` share one.
_STEM_BOOSTS = (("title", 3.0), ("body", 1.0), ("names", 1.5))
_RAW_BOOSTS = (("title_raw", 5.0), ("body_raw", 2.0), ("place", 4.0))
_PLACE_BOOSTS = (("place", 1.0),)
_MEANING_BOOSTS = (("title_means", 3.0), ("means", 1.0), ("place_means", 7.0))
# Other words for it come below the words as typed; words that mean something together say less a little apart.
_SYNONYM, _APART = 0.6, 0.4
# The listings of a state of the index that it finds; among these, where it is said among which.
Finder = Callable[[View, BitMap | None], BitMap]


@dataclass(frozen=True, slots=True)
class Clause:
    """What must (or must not) be there: these words in this order if it is a phrase; if not, the word, or what the
    words mean together."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False

    @property
    def plain(self) -> bool:
        return not (self.phrase or self.excluded)


class Asked(NamedTuple):
    """One thing asked for: as a query, for the order, and what it finds as a set, to be counted."""

    scored: Query
    found: Finder


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed text as it is understood. `corrected` is the text with its slips mended, "" if there were none."""

    clauses: tuple[Clause, ...]
    corrected: str = ""

    def asked(self) -> Asked:
        """All of it."""
        if not self.clauses:
            return Asked(Query.empty_query(), lambda _view, _among: BitMap())
        # Nothing is found by an exclusion alone.
        whole = () if self._positive else (Query.const_score_query(Query.all_query(), 0.0),)
        return self._put(Occur.Must, whole=whole)

    def part(self) -> Asked | None:
        """Half of it or more; None where it is one thing."""
        size = len(self._positive)
        if size > 1:
            return self._put(Occur.Should, -(-size // 2))
        words = self._positive[0].words if size and self._positive[0].plain else ()
        parts = tuple(Clause((word,)) for word in words)
        rest = tuple(clause for clause in self.clauses if clause.excluded)
        return Reading(parts + rest).part() if len(words) > 1 else None

    @property
    def _positive(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.excluded]

    def _put(self, wanted: Occur, least: int | None = None, whole: tuple[Query, ...] = ()) -> Asked:
        occurs = [Occur.MustNot if clause.excluded else wanted for clause in self.clauses]
        extra = [(Occur.Must, query) for query in whole]
        each = [_clause(clause) for clause in self.clauses]
        scored = [*extra, *zip(occurs, [asked.scored for asked in each], strict=True)]
        positive = [asked.found for asked, occur in zip(each, occurs, strict=True) if occur is wanted]
        excluded = [asked.found for asked, occur in zip(each, occurs, strict=True) if occur is not wanted]
        found = partial(_together, positive, excluded, least or len(positive))
        return Asked(Query.boolean_query(scored, least), found)


def _together(
    positive: Sequence[Finder], excluded: Sequence[Finder], least: int, view: View, among: BitMap | None
) -> BitMap:
    """What so many of the first find and none of the others."""
    found = at_least(least, [find(view, among) for find in positive]) if positive else view.sets.everything
    for find in excluded:
        found = found - find(view, among)
    return found


def parse(text: str) -> list[Clause]:
    """The clauses of a typed text, a word each; empty when it holds no word at all."""
    clauses: list[Clause] = []
    for found in _CHUNK.finditer(text[:_LONGEST_TEXT]):
        excluded = found["minus"] is not None
        words = tuple(stems.words(found["phrase"] if found["phrase"] is not None else found["word"]))
        if found["phrase"] is not None or excluded:
            clauses += [Clause(words, phrase=found["phrase"] is not None, excluded=excluded)] if words else []
        else:
            clauses += [Clause((word,)) for word in words]
    telling = [c for c in clauses if not c.plain or c.words[0] not in stems.STOP_WORDS]
    return (telling or clauses)[:_MOST_CLAUSES]


def read(view: View, text: str) -> Reading | None:
    """How a text is understood, None for a blank one. A word that nothing has is taken for known ones near it."""
    if not text.strip():
        return None
    speller = Speller(view)
    typed = _put_together(speller, parse(text))
    mended = [_mended(speller, clause) for clause in typed]
    return Reading(tuple(_joined(mended)), _written(mended) if mended != typed else "")


def near_texts(view: View, text: str) -> Iterator[str]:
    """The text with one word exchanged for one of the listings a slip away, each word in turn. A word that means
    something to us by itself is no slip."""
    speller, clauses = Speller(view), _joined(parse(text))
    for at, clause in enumerate(clauses):
        if clause.plain and not synonyms.meanings_of(clause.words):
            for near in speller.guesses(clause.words[0]):
                if speller.frequency(near):
                    yield _written([*clauses[:at], Clause((near,)), *clauses[at + 1 :]])


def _put_together(speller: Speller, clauses: list[Clause]) -> list[Clause]:
    """Two words that only exist as one become it, and one that only exists as two becomes them."""
    made: list[Clause] = []
    for clause in clauses:
        before = made[-1] if made else None
        if not clause.plain:
            made.append(clause)
        elif before and before.plain and (whole := _as_one(speller, before.words[-1], clause.words[0])):
            made[-1] = Clause((whole,))
        else:
            made += _as_two(speller, clause)
    return made


def _as_one(speller: Speller, first: str, second: str) -> str | None:
    whole = first + second
    apart = speller.frequency(first) and speller.frequency(second)
    return whole if not apart and whole.isalpha() and speller.knows(whole) else None


def _as_two(speller: Speller, clause: Clause) -> list[Clause]:
    word = clause.words[0]
    if speller.knows(word) or speller.guesses(word):
        return [clause]
    parts = speller.parts(word)
    return [Clause((part,)) for part in parts] if parts else [clause]


def _mended(speller: Speller, clause: Clause) -> Clause:
    if not clause.plain or speller.knows(clause.words[0]):
        return clause
    return Clause(speller.guesses(clause.words[0])[:1] or clause.words)


def _written(clauses: Iterable[Clause]) -> str:
    """The clauses as somebody would type them."""
    return " ".join(map(_as_typed, clauses))


def _as_typed(clause: Clause) -> str:
    words = " ".join(clause.words)
    return ("-" if clause.excluded else "") + (f'"{words}"' if clause.phrase else words)


def _joined(clauses: list[Clause]) -> list[Clause]:
    """Neighbouring words that mean something together become one clause: "lampu jalan" is more than its words."""
    joined: list[Clause] = []
    rest = clauses
    while rest:
        run = list(takewhile(lambda clause: clause.plain, rest))
        size = synonyms.longest_known([clause.words[0] for clause in run]) if run else 1
        joined.append(Clause(tuple(each.words[0] for each in rest[:size])) if size > 1 else rest[0])
        rest = rest[size:]
    return joined


def _clause(clause: Clause) -> Asked:
    if not clause.plain and len(clause.words) > 1:
        return _phrase(clause.words)
    if clause.excluded:
        # The word itself: what means the same may stay.
        return _looked_for(_exact(clause.words[0]).scored)
    if clause.phrase:
        return _as_written(clause.words[0])
    if len(clause.words) == 1:
        return _said(clause.words[0])
    return _said_together(clause.words)


# A query does not change, so those of frequent words are made once.
@lru_cache(maxsize=4096)
def _said(word: str) -> Asked:
    """The word, its stem or something that means the same."""
    exact = _exact(word)
    return exact._replace(scored=any_of([exact.scored, *_meant((word,), _SYNONYM)]))


@lru_cache(maxsize=4096)
def _said_together(words: tuple[str, ...]) -> Asked:
    """What the words mean together, or the words near each other."""
    term = synonyms.term_of(tuple(map(stems.stem, words)))
    near = Query.const_score_query(Query.term_query(_schema(), NEAR, term, "basic"), _APART)
    return Asked(any_of([near, *_meant(words, 1.0)]), partial(_in_sets, words, (term,)))


def _exact(word: str) -> Asked:
    """The word or its stem; the set of the stem holds what means the same, too."""
    stem = stems.stem(word)
    scored = _terms(_STEM_BOOSTS, stem) + _terms(_RAW_BOOSTS, word)
    if stem == word:
        return Asked(any_of(scored), partial(_in_sets, (word,), (stem,)))
    scored += _terms(_PLACE_BOOSTS, stem)
    return Asked(any_of(scored), partial(_in_sets, (word,), (stem, PLACED + word)))


def _as_written(word: str) -> Asked:
    return _looked_for(any_of(_terms(_RAW_BOOSTS, word)))


def _meant(words: tuple[str, ...], boost: float) -> list[Query]:
    found = [_terms(_MEANING_BOOSTS, meaning) for meaning in synonyms.meanings_of(words)]
    return [Query.boost_query(any_of(queries), boost) for queries in found]


def _phrase(words: Sequence[str]) -> Asked:
    stemmed = [stems.stem(word) for word in words]
    wanted = [(name, words, boost) for name, boost in _RAW_BOOSTS] + [("names", stemmed, 1.0)]
    phrases = [(Query.phrase_query(_schema(), name, [*said]), boost) for name, said, boost in wanted]
    scored = [Query.boost_query(query, boost) for query, boost in phrases]
    return _looked_for(any_of([query for query, _ in phrases]))._replace(scored=any_of(scored))


def _terms(boosts: Iterable[tuple[str, float]], word: str) -> list[Query]:
    terms = [(Query.term_query(_schema(), name, word, "freq"), boost) for name, boost in boosts]
    return [Query.boost_query(query, boost) for query, boost in terms]


def _in_sets(words: Sequence[str], terms: Sequence[str], view: View, _among: BitMap | None) -> BitMap:
    return found_by(view.sets, words, terms)


def _looked_for(query: Query) -> Asked:
    """For what stands in no set of its own: phrases, and words that are meant to the letter."""

    def found(view: View, among: BitMap | None) -> BitMap:
        wanted, most = query, max(view.searcher.num_docs, 1)
        if among is not None and len(among) <= _FEW:
            wanted = conjunction([query, Query.term_set_query(view.schema, "id", list(among))])
        hits = view.searcher.search(wanted, most, count=False, order_by_field="id").hits
        return BitMap([number for number, _ in hits])

    return Asked(query, found)


@cache
def _schema() -> Schema:
    return build_schema()
