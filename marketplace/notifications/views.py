"""A person's inbox. A page that was shown has been read: an append-only fact, written after the answer."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.notifications.actions import mark_all_read, mark_read
from marketplace.notifications.queries import InboxLine, count_inbox, list_inbox
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor, current_unread
from marketplace.web.language import get_language
from marketplace.web.paging import paged
from marketplace.web.transaction import after_answer

PAGE = 25

notifications = Blueprint("notifications", __name__)


@dataclass(frozen=True, slots=True)
class News:
    """One notice in the reader's words."""

    text: str
    url: str
    at: datetime
    unread: bool


@notifications.get("/dasbor/kabar")
@signed_in
def inbox() -> Response:
    actor = current_actor()
    user_id = actor.user_id or 0
    paging = paged(".inbox", count_inbox(user_id), PAGE)
    lines = list_inbox(user_id, limit=PAGE, offset=paging.offset)
    unread = [line.id for line in lines if line.read_at is None]
    page = render_template(
        "notifications/inbox.html",
        news=[_news(line, actor.name) for line in lines],
        elsewhere=current_unread() - len(unread),
        paging=paging,
    )
    response = make_response(page)
    if unread:
        after_answer(response, mark_read, notice_ids=unread, actor=actor, now=clock.now())
    return response


def _news(line: InboxLine, reader_name: str) -> News:
    """The line is the subject of the mail of the same kind, in the language of this page."""
    url = f"{request.script_root}{line.path}"
    subject = render_template(
        f"emails/{line.kind}/subject.txt",
        **{**line.params, "reader_name": reader_name, "link": url, "home": "/", "lang": get_language()},
    )
    return News(" ".join(subject.split()), url, line.created_at, line.read_at is None)


@notifications.post("/dasbor/kabar/terbaca")
@signed_in
def read_all() -> AnyResponse:
    mark_all_read(actor=current_actor(), now=clock.now())
    flash(_("Semua kabar ditandai terbaca."), "good")
    return redirect(url_for(".inbox"))
