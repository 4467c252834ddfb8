"""What an answer is after a commit: a publication costs the answers that it concerns, not all."""

from dataclasses import replace

from pyroaring import BitMap

from marketplace.search.counts import Selection, Wanted
from marketplace.search.finding import Found, ids_again
from marketplace.search.index import OpenIndex, View
from marketplace.search.query import SearchRequest
from marketplace.search.sets.ranges import at_least
from marketplace.search.sets.reading import Outlived
from marketplace.search.text import Reading, read

_MOST_TOUCHED = 50
_NONE = BitMap()


def renewed(
    index: OpenIndex, view: View, request: SearchRequest, reading: Reading | None, found: Found
) -> Found | None:
    """What was found in an earlier state, as it is in this one; None where the question must be asked again, since
    listings that were touched in between count differently for it, or that is not known.

    Where they count as before, the listings of the page are looked up again. Where none of them counts at all, they stay:
    within the order of words, the least of differences may stay away, since how rare a word is changes with each listing.
    """
    before = index.earlier(found.generation)
    touched = view.sets.touched_since(before.sets) if before else None
    if (
        before is None
        or touched is None
        or len(touched) > _MOST_TOUCHED
        or read(view, request.text) != reading
    ):
        return None
    wanted, among = Wanted.of(request, reading.asked() if reading else None), BitMap(touched)
    try:
        then, now = (wanted.selection(each, among) for each in (before, view))
        counted = _counted(then, among) | _counted(now, among)
        if not _count_alike(then, now, counted):
            return None
    except Outlived:
        return None
    ids = ids_again(view, request, reading, found) if counted else found.ids
    return replace(found, ids=ids, generation=view.generation, corpus_total=view.searcher.num_docs)


def _counted(selection: Selection, among: BitMap) -> BitMap:
    """Those that count for any facet: a facet is counted as if nothing were chosen in it, so whoever fails one filter
    counts beside it."""
    among = among & selection.everything
    if selection.text is not None:
        among = among & selection.text
    chosen = [among & found for found in selection.chosen.values()]
    return at_least(len(chosen) - 1, chosen) if len(chosen) > 1 else among


def _count_alike(then: Selection, now: Selection, among: BitMap) -> bool:
    """Whether each of them stands in the same sets. Most sets are the very same object in both states."""
    pairs = [(then.everything, now.everything), (then.text or _NONE, now.text or _NONE)]
    for facet, before in then.tables.items():
        after = now.tables[facet]
        pairs += [(before.get(value, _NONE), after.get(value, _NONE)) for value in before.keys() | after.keys()]
    return not any(one is not other and among & one != among & other for one, other in pairs)
