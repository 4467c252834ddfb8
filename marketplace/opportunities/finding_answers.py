"""Pages of the search as visitors keep them."""

from collections.abc import Callable, Hashable
from datetime import datetime

from flask import Response, request

from marketplace.opportunities.finding_pieces import hour_of
from marketplace.search.index import View
from marketplace.web.fragments import fragments
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


def drawn_once(made_of: Hashable, view: View, now: datetime, draw: Callable[[], str]) -> str:
    """The page of an address: strangers share one, for as long as the index and `made_of` stay what they are."""
    if not is_stranger():
        return draw()
    key = (request.full_path, get_language(), view.generation, hour_of(now), code_version(), made_of)
    return fragments("pages").kept(key, draw)
