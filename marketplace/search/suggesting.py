"""Did you mean: other words, one slip from those typed, that find more."""

from dataclasses import dataclass, replace
from itertools import islice

from marketplace.search.finding import Found, how_many
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.text import near_texts

_FEW = 3
_MOST_TRIED = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that finds `total` under the same choices."""

    text: str
    total: int


def suggest(view: View, request: SearchRequest, found: Found) -> Suggestion | None:
    """The text that finds most of those near the typed one; None where much was found or nothing finds more."""
    if not may_suggest(request, found):
        return None
    had = _had(found)
    texts = islice(near_texts(view, request.text), _MOST_TRIED)
    tried = [Suggestion(text, how_many(view, replace(request, text=text))) for text in texts]
    best = max(tried, key=lambda each: each.total, default=None)
    return best if best and best.total > had else None


def may_suggest(request: SearchRequest, found: Found) -> bool:
    """Whether other words are looked for at all: where little was found as it was typed."""
    return _had(found) <= _FEW and not found.corrected and bool(request.text.strip())


def _had(found: Found) -> int:
    return 0 if found.partial else found.total
