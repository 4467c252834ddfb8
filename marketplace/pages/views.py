"""Home, and the pages that explain: read-only, nothing here asks who is reading."""

from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request
from werkzeug.exceptions import NotFound

from marketplace.accounts.rules import TERMS_VERSION
from marketplace.core import clock
from marketplace.opportunities.finding.cards import cards_by_ids
from marketplace.pages.figures import count_open, newest_examples
from marketplace.pages.gaya import sample_context
from marketplace.pages.home import OPEN, RANKED_AT_FIRST, list_dimensions, pick_chips, rank_provinces
from marketplace.pages.queries import count_meetings
from marketplace.privacy import labels
from marketplace.privacy.rules import COOLING_OFF
from marketplace.regions.maps import country_map
from marketplace.regions.queries import gazetteer
from marketplace.search.index import open_index
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.actors import current_actor
from marketplace.web.formats import tanggal
from marketplace.web.language import get_language

FRESH = 6
# When the words in force were last read through.
TERMS_SINCE = date(2026, 11, 25)
ACCESSIBILITY_REVIEWED = date(2026, 11, 21)

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    now, language, prefix = clock.now(), get_language(), request.script_root
    places, terms = gazetteer(), taxonomy()
    view = open_index().view()
    figures, meetings = count_open(view, now, FRESH), count_meetings()
    posted, examples = figures.newest, newest_examples(view, now, FRESH - len(figures.newest))
    cards = {
        card.id: card
        for card in cards_by_ids([*posted, *examples], language=language, prefix=prefix, now=now)
    }
    lines = list_dimensions(figures.by_dimension, terms, language, prefix)
    return render_template(
        "pages/home.html",
        open=figures,
        meetings=meetings,
        chips=pick_chips(figures.by_sector, terms, language, prefix),
        map=country_map(figures.by_province, places.province_names),
        provinces=rank_provinces(figures.by_province, places, prefix),
        ranked_at_first=RANKED_AT_FIRST,
        only_open=OPEN,
        fresh=[cards[number] for number in posted if number in cards],
        examples=[cards[number] for number in examples if number in cards],
        dimension_lines=lines,
        petals=[(line["short"], line["count"]) for line in lines],
        governments=len(places.governments()),
        start_url=f"{prefix}/dasbor" if current_actor().is_signed_in else f"{prefix}/daftar",
    )


@pages.get("/bantuan")
def help_page() -> str:
    return render_template(
        "pages/help/index.html",
        governments=len(gazetteer().governments()),
        dimension_lines=list_dimensions({}, taxonomy(), get_language(), request.script_root),
    )


@pages.get("/tentang")
def about() -> str:
    return render_template("pages/about.html")


@pages.get("/privasi")
def privacy() -> str:
    return render_template(
        "pages/privacy.html",
        held=labels,
        days=COOLING_OFF.days,
        **_terms(),
    )


@pages.get("/ketentuan")
def terms() -> str:
    return render_template("pages/terms.html", **_terms())


@pages.get("/aksesibilitas")
def accessibility() -> str:
    return render_template("pages/accessibility.html", reviewed=tanggal(ACCESSIBILITY_REVIEWED))


def _terms() -> dict[str, Any]:
    return {"terms_version": TERMS_VERSION, "terms_since": tanggal(TERMS_SINCE)}


@pages.get("/gaya")
def gaya() -> str:
    """All components and states, for those who build; not in production."""
    if current_app.config["PRODUCTION"]:
        raise NotFound
    return render_template("gaya/index.html", **sample_context())
