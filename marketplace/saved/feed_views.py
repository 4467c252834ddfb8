"""Every search of /peluang as an Atom feed: the same address with /umpan.atom, public data only."""

from dataclasses import replace
from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed
from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from markupsafe import escape

from marketplace.accounts import throttle
from marketplace.core import clock
from marketplace.core.text import clean_line
from marketplace.opportunities.finding.pieces import hour_of
from marketplace.opportunities.finding.question import Question
from marketplace.regions.queries import gazetteer
from marketplace.saved.search_queries import feed_rows
from marketplace.saved.search_words import asked, name_of
from marketplace.search.finding import find
from marketplace.search.index import View, open_index
from marketplace.search.query import Sort
from marketplace.web.language import get_language
from marketplace.web.release import code_version
from marketplace.web.requests import takes_any_text

ENTRIES = 30
FRESH_FOR = 300  # seconds
POSTED = ("terbuka", "ditutup")

feeds = Blueprint("feeds", __name__)


@feeds.get("/peluang/umpan.atom")
@takes_any_text
def listings() -> Response:
    """The newest listings that the search finds. The same cost for every search and every number of listings."""
    throttle.check_feeds(request.remote_addr or "")
    view, now = open_index().view(), clock.now()
    tag = f"{view.generation}.{get_language()}.{code_version()}.{hour_of(now)}"
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(_draw(view, asked(request.args), now), mimetype=Atom1Feed.content_type)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


def _draw(view: View, question: Question, now: datetime) -> str:
    language, base = get_language(), f"{current_app.config['BASE_URL']}{request.script_root}/peluang"
    name = clean_line(name_of(question, language))
    feed = Atom1Feed(
        title=_("Titik Temu: %(cari)s", cari=name) if name else _("Titik Temu: peluang terbaru"),
        link=f"{base}{question.query()}", feed_url=f"{base}/umpan.atom{question.query()}",
        description=_("Peluang kerja sama kota cerdas, yang terbaru dahulu."), language=language,
        author_name="Titik Temu",
    )  # fmt: skip
    for row in feed_rows(_newest(view, question, now)):
        _add(feed, row, base, language)
    written = StringIO()
    feed.write(written, "utf-8")
    return written.getvalue()


def _newest(view: View, question: Question, now: datetime) -> list[int]:
    """Examples are no news: only where they are asked for."""
    if not question.values("status"):
        question = replace(question, chosen={**question.chosen, "status": POSTED})
    return find(view, replace(question.request(now), sort=Sort.NEWEST, size=ENTRIES, exact=True)).ids


def _add(feed: Atom1Feed, row: Any, base: str, language: str) -> None:
    title, summary = (row.title_id, row.summary_id)
    if language == "en" and row.title_en:
        title, summary = row.title_en, row.summary_en or row.summary_id
    place = gazetteer().place_text(row.region_code)
    feed.add_item(
        title=f"{title}, {place}", link=f"{base}/{row.slug}",
        # Readers take a summary for HTML.
        description=str(escape(summary)),
        # The number of a listing never changes; its words and this site's address may.
        unique_id=f"urn:titik-temu:peluang:{row.id}",
        pubdate=row.published_at, updateddate=row.updated_at or row.published_at,
    )  # fmt: skip
