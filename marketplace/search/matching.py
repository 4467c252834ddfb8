"""Asks a question of a few listings only: what each costs does not grow with the index."""

from collections.abc import Sequence

from tantivy import Occur, Query

from marketplace.search.index import View
from marketplace.search.query import SearchRequest, conjunction, filter_query, parse, text_query


def match(view: View, request: SearchRequest, ids: Sequence[int]) -> set[int]:
    """Those of the ids that answer the question as it is asked; no typo of the whole question is forgiven."""
    if not ids:
        return set()
    among = [(Occur.Should, Query.term_query(view.schema, "id", number)) for number in ids]
    parts = [Query.const_score_query(Query.boolean_query(among), 0.0)]
    words = text_query(view, request.text)
    if words is not None:
        parts.append(words)
    parts += [
        filter_query(view.schema, facet, values, request.now)
        for facet, values in request.chosen.items()
        if values
    ]
    found = view.searcher.search(conjunction(parts), len(ids), count=False)
    numbers = view.searcher.fast_field_values("id", [address for _, address in found.hits])
    return {int(number) for number in numbers if number is not None}


def wordings(text: str) -> list[str]:
    """The words of a typed text that are looked for one by one, and its phrases; not those that are to be absent."""
    return [" ".join(clause.words) for clause in parse(text) if not clause.excluded]
