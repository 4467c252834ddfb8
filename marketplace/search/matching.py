"""Asks a question of a few listings only: what each costs does not grow with the index."""

from collections.abc import Sequence

from tantivy import Occur, Query

from marketplace.search.index import View
from marketplace.search.query import SearchRequest, conjunction, filter_query
from marketplace.search.text import read


def match(view: View, request: SearchRequest, ids: Sequence[int]) -> set[int]:
    """Those of the ids that answer the question as it is asked; no typo of the whole question is forgiven."""
    if not ids:
        return set()
    among = [(Occur.Should, Query.term_query(view.schema, "id", number)) for number in ids]
    parts = [Query.const_score_query(Query.boolean_query(among), 0.0)]
    reading = read(view, request.text)
    if reading is not None:
        parts.append(reading.asked().lean)
    parts += [
        filter_query(view.schema, facet, values, request.now)
        for facet, values in request.chosen.items()
        if values
    ]
    found = view.searcher.search(conjunction(parts), len(ids), count=False)
    numbers = view.searcher.fast_field_values("id", [address for _, address in found.hits])
    return {int(number) for number in numbers if number is not None}


def wordings(view: View, text: str) -> list[str]:
    """What a typed text asks for one by one: words, words that mean something together, phrases; not what is to be absent."""
    reading = read(view, text)
    return [" ".join(clause.words) for clause in reading.clauses if not clause.excluded] if reading else []
