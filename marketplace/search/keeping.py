"""What an answer is after a commit: a publication costs the answers that it concerns, not all."""

from dataclasses import replace

from pyroaring import BitMap

from marketplace.search.counts import Selection, Wanted, moved
from marketplace.search.finding import Found, found_again
from marketplace.search.index import OpenIndex, View
from marketplace.search.query import SearchRequest
from marketplace.search.sets.ranges import at_least
from marketplace.search.sets.reading import Outlived
from marketplace.search.text import Reading, read

_MOST_TOUCHED = 50


def renewed(
    index: OpenIndex, view: View, request: SearchRequest, reading: Reading | None, found: Found
) -> Found | None:
    """What was found in an earlier state, as it is in this one: only what commits touched in between is counted. None where
    that is not known, and the question must be asked again.

    Where nothing touched counts at all, the listings of the page stay: within the order of words, the least of differences
    may stay away, since how rare a word is changes with each listing.
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
        if not (_counted(then, among) or _counted(now, among)):
            return replace(found, generation=view.generation, corpus_total=view.searcher.num_docs)
        return found_again(view, request, reading, moved(found.counts, then, now, among))
    except Outlived:
        return None


def _counted(selection: Selection, among: BitMap) -> BitMap:
    """Those that count for any facet: a facet is counted as if nothing were chosen in it, so whoever fails one filter
    counts beside it."""
    among = among & selection.everything
    if selection.text is not None:
        among = among & selection.text
    chosen = [among & found for found in selection.chosen.values()]
    return at_least(len(chosen) - 1, chosen) if len(chosen) > 1 else among
