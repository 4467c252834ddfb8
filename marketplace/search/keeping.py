"""Whether an answer outlives a commit: a publication costs the answers that it concerns, not all."""

from pyroaring import BitMap

from marketplace.search.counts import Wanted
from marketplace.search.index import OpenIndex, View
from marketplace.search.query import SearchRequest
from marketplace.search.sets.ranges import at_least
from marketplace.search.sets.reading import Outlived
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
    wanted, among = Wanted.of(request, reading.asked() if reading else None), BitMap(touched)
    try:
        return not any(_counts(each, wanted, among) for each in (before, view))
    except Outlived:
        return False


def _counts(view: View, wanted: Wanted, among: BitMap) -> bool:
    selection = wanted.selection(view, among)
    if selection.text is not None:
        among = among & selection.text
    chosen = [among & found for found in selection.chosen.values()]
    # Of one filter, whoever fails it is counted beside it.
    return bool(at_least(len(chosen) - 1, chosen) if len(chosen) > 1 else among)
