"""Asks a question of a few listings only."""

from collections.abc import Sequence

from pyroaring import BitMap

from marketplace.search.counts import Wanted
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.text import read


def match(view: View, request: SearchRequest, ids: Sequence[int]) -> set[int]:
    """Those of the ids that answer the question as it is asked; no typo of the whole question is forgiven."""
    if not ids:
        return set()
    reading, among = read(view, request.text), BitMap(ids)
    wanted = Wanted.of(request, reading.asked() if reading else None)
    return set(among & wanted.selection(view, among).without(None))


def wordings(view: View, text: str) -> list[str]:
    """What a typed text asks for one by one: words, words that mean something together, phrases; not what is to be absent."""
    reading = read(view, text)
    return [" ".join(clause.words) for clause in reading.clauses if not clause.excluded] if reading else []
