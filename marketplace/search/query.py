"""From what a person typed and chose to tantivy's queries. Nothing typed can make it fail."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from tantivy import FieldType, Occur, Query, Schema

from marketplace.search import stems, synonyms
from marketplace.search.index import View
from marketplace.search.schema import EXAMPLE, NEVER, NO_DEADLINE, Facet, Status
from marketplace.search.windows import closes_by, posted_from

_LONGEST_TEXT = 300
_MOST_CLAUSES = 16
_SHORTEST_FUZZY = 5
_CHUNK = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# A raw match weighs more than a match by stem: `pasar` and `pemasaran` share one.
_STEM_BOOSTS = (("title", 3.0), ("body", 1.0))
_RAW_BOOSTS = (("title_raw", 5.0), ("body_raw", 2.0), ("place", 4.0))


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    DEADLINE = "deadline"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question: words, chosen values (any of a facet's, all facets together), order and page.

    For Facet.READINESS the chosen value is the lowest rung that is wanted; for Facet.DEADLINE and Facet.POSTED a
    number of days (windows.DAYS), or NO_DEADLINE. A province's code in Facet.REGION stands for all regions in it.
    """

    now: datetime
    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = 20

    def without(self, facet: Facet) -> "SearchRequest":
        """The same question with nothing chosen in that facet."""
        return replace(self, chosen={key: values for key, values in self.chosen.items() if key != facet})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that must (or must not) be there: in this order if it is a phrase, else anywhere."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False


def parse(text: str) -> list[Clause]:
    """The clauses of a typed text; empty when it holds no word at all."""
    clauses: list[Clause] = []
    for found in _CHUNK.finditer(text[:_LONGEST_TEXT]):
        excluded = found["minus"] is not None
        words = tuple(stems.words(found["phrase"] if found["phrase"] is not None else found["word"]))
        if found["phrase"] is not None or excluded:
            clauses += [Clause(words, phrase=True, excluded=excluded)] if words else []
        else:
            clauses += [Clause((word,)) for word in words]
    telling = [c for c in clauses if c.phrase or c.words[0] not in stems.STOP_WORDS]
    return _joined((telling or clauses)[:_MOST_CLAUSES])


def _joined(clauses: list[Clause]) -> list[Clause]:
    """Neighbouring words that together have synonyms become one clause: "lampu jalan" is more than its words."""
    joined: list[Clause] = []
    rest = clauses
    while rest:
        run = tuple(clause.words[0] for clause in takewhile(lambda clause: not clause.phrase, rest))
        size = synonyms.longest_known(run) if run else 1
        joined.append(Clause(run[:size]) if size > 1 else rest[0])
        rest = rest[size:]
    return joined


def text_query(view: View, text: str, *, loose: bool = False) -> Query | None:
    """The query for what was typed, None for nothing. A word that no listing has may differ by one typo;
    with `loose` every word may."""
    if not text.strip():
        return None
    clauses = parse(text)
    if not clauses:
        return Query.empty_query()
    parts = [_clause(view, clause, loose=loose) for clause in clauses]
    if all(clause.excluded for clause in clauses):
        parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
    return Query.boolean_query(parts)


def filter_query(schema: Schema, facet: Facet, values: Iterable[str], now: datetime) -> Query:
    """The query for any of the values of one facet; it does not touch the score."""
    if facet is Facet.STATUS:
        parts = _status_parts(schema, {Status(value) for value in values}, now)
    elif facet is Facet.DEADLINE:
        parts = _deadline_parts(schema, set(values), now)
    elif facet is Facet.POSTED:
        since = posted_from(now, max(int(value) for value in values))
        parts = [Query.range_query(schema, "by_newest", FieldType.Unsigned, since << 32, None)]
    elif facet is Facet.READINESS:
        least = min(int(value) for value in values)
        # An unknown rung is stored as 0 and counts as the lowest.
        parts = [Query.range_query(schema, "readiness", FieldType.Unsigned, least if least > 1 else 0, None)]
    else:
        parts = [Query.term_query(schema, facet.value, value, "basic") for value in values]
    return Query.const_score_query(_any(parts), 0.0)


def status_query(schema: Schema, status: Status, now: datetime) -> Query:
    """The listings that are open, closed or examples at that moment."""
    second = int(now.timestamp())
    bounds = {
        Status.EXAMPLE: (EXAMPLE, EXAMPLE),
        Status.CLOSED: (EXAMPLE + 1, second),
        Status.OPEN: (second + 1, None),
    }
    return _ends(schema, *bounds[status])


def _status_parts(schema: Schema, wanted: set[Status], now: datetime) -> list[Query]:
    # Neighbours on the line of time become one range: a union of two costs as much as all other filters.
    if wanted == {Status.CLOSED, Status.OPEN}:
        return [_ends(schema, EXAMPLE + 1, None)]
    if wanted == set(Status):
        return [Query.all_query()]
    return [status_query(schema, status, now) for status in sorted(wanted)]


def _deadline_parts(schema: Schema, wanted: set[str], now: datetime) -> list[Query]:
    """Open listings that close within the widest of the windows, and those that never close."""
    parts = []
    if days := [int(value) for value in wanted if value != NO_DEADLINE]:
        parts.append(_ends(schema, int(now.timestamp()) + 1, closes_by(now, max(days))))
    if NO_DEADLINE in wanted:
        parts.append(_ends(schema, NEVER, None))
    return parts


def _ends(schema: Schema, first: int, last: int | None) -> Query:
    return Query.range_query(schema, "ends", FieldType.Unsigned, first, last)


def conjunction(parts: list[Query]) -> Query:
    """All of them; everything if there are none."""
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def _clause(view: View, clause: Clause, *, loose: bool) -> tuple[Occur, Query]:
    if clause.phrase and len(clause.words) > 1:
        query = _phrase(view.schema, clause.words)
    elif clause.phrase and not clause.excluded:
        query = _any(_terms(view.schema, _RAW_BOOSTS, clause.words[0]))
    elif clause.excluded:
        query = _any(_exact(view.schema, clause.words[0]))
    else:
        said = _synonyms(view, clause.words)
        query = _any([_all_words(view, clause.words, loose=loose, spelled_well=bool(said)), *said])
    return (Occur.MustNot if clause.excluded else Occur.Must), query


def _all_words(view: View, words: tuple[str, ...], *, loose: bool, spelled_well: bool) -> Query:
    """All of them; a word from our list of synonyms is no typo, though no listing may have it."""
    return conjunction(
        [
            _any(_exact(view.schema, word)) if spelled_well else _word(view, word, loose=loose)
            for word in words
        ]
    )


def _synonyms(view: View, words: tuple[str, ...]) -> list[Query]:
    """The same thing in other words, below the words as typed."""
    said = [
        conjunction([_any(_exact(view.schema, word)) for word in other]) for other in synonyms.others(words)
    ]
    return [Query.boost_query(query, 0.5) for query in said]


def _phrase(schema: Schema, words: tuple[str, ...]) -> Query:
    phrases = [(Query.phrase_query(schema, name, list(words)), boost) for name, boost in _RAW_BOOSTS]
    return _any([Query.boost_query(query, boost) for query, boost in phrases])


def _word(view: View, word: str, *, loose: bool) -> Query:
    terms = _exact(view.schema, word)
    if loose or not _is_known(view, word):
        terms += _typos(view.schema, _STEM_BOOSTS, stems.stem(word)) + _typos(view.schema, _RAW_BOOSTS, word)
    return _any(terms)


def _exact(schema: Schema, word: str) -> list[Query]:
    return _terms(schema, _STEM_BOOSTS, stems.stem(word)) + _terms(schema, _RAW_BOOSTS, word)


def _is_known(view: View, word: str) -> bool:
    stem = stems.stem(word)
    return any(view.searcher.doc_freq(name, stem) for name, _ in _STEM_BOOSTS) or any(
        view.searcher.doc_freq(name, word) for name, _ in _RAW_BOOSTS
    )


def _terms(schema: Schema, boosts: tuple[tuple[str, float], ...], word: str) -> list[Query]:
    return [Query.boost_query(Query.term_query(schema, name, word), boost) for name, boost in boosts]


def _typos(schema: Schema, boosts: tuple[tuple[str, float], ...], word: str) -> list[Query]:
    if len(word) < _SHORTEST_FUZZY or not word.isalpha():
        return []
    # A found typo must never outweigh a word that is there as typed.
    near = [(Query.fuzzy_term_query(schema, name, word), boost / 10) for name, boost in boosts]
    return [Query.boost_query(query, boost) for query, boost in near]
