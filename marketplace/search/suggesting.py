"""Did you mean: other words, one slip from those typed, that find more."""

from dataclasses import dataclass, replace

from marketplace.search.finding import Found, how_many
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.spelling import Speller
from marketplace.search.text import Clause, parse, written

_FEW = 3
_MOST_TRIED = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that finds `total` under the same choices."""

    text: str
    total: int


def suggest(view: View, request: SearchRequest, found: Found) -> Suggestion | None:
    """The text that finds most of those near the typed one; None where much was found or nothing finds more."""
    had = 0 if found.partial else found.total
    if had > _FEW or found.corrected or not request.text.strip():
        return None
    texts = _near(Speller(view), parse(request.text))[:_MOST_TRIED]
    tried = [Suggestion(text, how_many(view, replace(request, text=text))) for text in texts]
    best = max(tried, key=lambda each: each.total, default=None)
    return best if best and best.total > had else None


def _near(speller: Speller, clauses: list[Clause]) -> list[str]:
    """The text with one word exchanged for a more frequent one, for each word that has such a neighbour."""
    texts = []
    for at, clause in enumerate(clauses):
        near = _more_frequent(speller, clause.words[0]) if clause.plain else None
        if near:
            texts.append(written([*clauses[:at], Clause((near,)), *clauses[at + 1 :]]))
    return texts


def _more_frequent(speller: Speller, word: str) -> str | None:
    had = speller.frequency(word)
    return next((near for near in speller.guesses(word) if speller.frequency(near) > had), None)
