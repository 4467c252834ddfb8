"""Pages of the search as visitors keep them."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import NamedTuple

from flask import Response, make_response, request

from marketplace.opportunities.finding.pieces import Answer, hour_of
from marketplace.opportunities.finding.queries import RowMarks, read_marks, row_marks, write_marks
from marketplace.search.index import View
from marketplace.web.fragments import KeptPage, fragments
from marketplace.web.headers import is_signed_in, is_stranger
from marketplace.web.language import get_language
from marketplace.web.release import code_version


def kept_by_visitors(view: View, now: datetime, draw: Callable[[], Response]) -> Response:
    """The page; for visitors with the name of all that it hangs on, and drawn only where theirs has another."""
    if is_signed_in():
        return draw()
    tag = f"{view.generation}.{get_language()}.{code_version()}.{hour_of(now)}"
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else draw()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


class ListPage(NamedTuple):
    """A drawn list: its HTML, and the marks of the rows behind its cards."""

    html: str
    marks: RowMarks


class _Kept(NamedTuple):
    state: Hashable
    marks: str
    page: KeptPage


def listed(
    answered: Answer, now: datetime, draw: Callable[[RowMarks | None], ListPage], *, cards: bool
) -> Response:
    """The page of an address: strangers share one, for as long as the answer, the rows of its cards and the hour stay
    what they are. `draw` is given the marks where they were read already."""
    if not is_stranger():
        return make_response(draw(None).html)
    pages, ids = fragments("pages"), answered.found.ids if cards else []
    key = (request.full_path, get_language())
    state = (answered.says, hour_of(now), code_version())
    kept: _Kept | None = pages.get(key)
    seen = row_marks(ids) if kept and kept.state == state else None
    if kept and seen == kept.marks:
        return kept.page.response()
    drawn = draw(None if seen is None else read_marks(seen))
    if not pages.keeps:
        return make_response(drawn.html)
    page = KeptPage.of(drawn.html)
    pages.put(key, _Kept(state, write_marks(drawn.marks), page))
    return page.response(drawn.html)
