"""Whether an answer outlives a commit: a publication costs the answers that it concerns, not all."""

from collections.abc import Iterable

from tantivy import Occur, Query

from marketplace.search.index import OpenIndex, View
from marketplace.search.query import SearchRequest, any_of, filter_query
from marketplace.search.text import Reading, read

_MOST_TOUCHED = 50


def holds_still(
    index: OpenIndex, generation: str, view: View, request: SearchRequest, reading: Reading | None
) -> bool:
    """Whether what an earlier state answered to the question, read so, is what this one answers but for how many
    listings there are in all: no listing that was touched since is or was counted for it.

    A facet is counted as if nothing were chosen in it, so a listing counts that fails one filter. Within the order of
    words, the least of differences may stay away: how rare a word is changes with each listing.
    """
    before = index.earlier(generation)
    touched = index.touched(before, view) if before else None
    if (
        before is None
        or touched is None
        or len(touched) > _MOST_TOUCHED
        or read(view, request.text) != reading
    ):
        return False
    return not touched or not any(_counts(each, request, reading, touched) for each in (before, view))


def _counts(view: View, request: SearchRequest, reading: Reading | None, ids: Iterable[int]) -> bool:
    parts = [(Occur.Must, any_of([Query.term_query(view.schema, "id", number) for number in sorted(ids)]))]
    if reading is not None:
        parts.append((Occur.Must, reading.asked().lean))
    filters = [
        filter_query(view.schema, facet, values, request.now)
        for facet, values in request.chosen.items()
        if values
    ]
    # Of one filter, whoever fails it is counted beside it.
    if len(filters) < 2:
        return bool(view.searcher.search(Query.boolean_query(parts), 1, count=False).hits)
    wanted = Query.boolean_query([(Occur.Should, each) for each in filters], len(filters) - 1)
    return bool(
        view.searcher.search(Query.boolean_query([*parts, (Occur.Must, wanted)]), 1, count=False).hits
    )
