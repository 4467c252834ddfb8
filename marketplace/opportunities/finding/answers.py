"""Pages of the search as visitors keep them."""

from collections.abc import Callable, Hashable
from datetime import datetime
from secrets import token_hex
from typing import NamedTuple

from flask import Response, make_response, request

from marketplace.opportunities.finding.pieces import Answer, hour_of
from marketplace.opportunities.finding.queries import RowMarks, row_marks
from marketplace.search.index import View
from marketplace.web.fragments import fragments, name_page
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


class _KeptPage(NamedTuple):
    marks: RowMarks
    body: bytes
    name: str


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
    found: tuple[Hashable, _KeptPage] | None = pages.get(key)
    seen = row_marks(ids) if found and found[0] == state else None
    if found and seen == found[1].marks:
        page = found[1]
    else:
        drawn = draw(seen)
        page = _KeptPage(drawn.marks, drawn.html.encode(), token_hex(8))
        pages.put(key, (state, page))
    name_page(page.name)
    return make_response(page.body)
