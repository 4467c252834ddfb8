"""The fixed baseline: a bare Flask + Jinja application without an extension that renders the product's own template
with values frozen at start-up. Started by gunicorn with the product's settings: `benchmarks.bare:app`."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, current_app, render_template, template_rendered
from jinja2 import StrictUndefined
from markupsafe import Markup

from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.opportunities.finding.cards import Card, cards_by_ids
from marketplace.opportunities.finding.drawing import DrawnCard
from marketplace.opportunities.finding.filters import Filters, Group
from marketplace.opportunities.finding.pages import Page
from marketplace.opportunities.finding.words import words
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy

FROZEN = "/peluang"
# Settings that templates print.
_TOLD = ("BASE_URL", "CONTACT_EMAIL", "DEMO", "MINISTRY_NAME", "UNIT_NAME")


def freeze(address: str) -> tuple[str, dict[str, Any], Flask]:
    """The template and the values of one page as the product renders it now, and the product."""
    product = create_app()
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_sender: Any, template: Any, context: dict[str, Any], **_: Any) -> None:
        seen.append((template.name, context))

    with template_rendered.connected_to(note, product):
        product.test_client().get(address)
    name, context = seen[-1]
    own = {"g", "request", "session", "config"}
    return name, {key: value for key, value in context.items() if key not in own}, product


@dataclass(frozen=True)
class FrozenPage:
    """The page with the values of its cards and filters, which the product hands over drawn: they are drawn each time."""

    page: Page
    cards: list[Card]
    groups: list[Group]

    @classmethod
    def of(cls, page: Page, product: Flask) -> "FrozenPage":
        with product.test_request_context(FROZEN):
            cards = cards_by_ids(page.found.ids, language="id", prefix="", now=clock.now())
            filters = Filters(page.question, page.found.counts, taxonomy(), gazetteer(), words("id"))
            return cls(page, cards, filters.groups())

    def drawn(self) -> Page:
        return replace(self.page, cards=_drawn_cards(self.cards), filters=_drawn_filters(self.groups))


def _drawn_cards(cards: list[Card]) -> list[DrawnCard]:
    """By the template alone, which looks up once what cards share."""
    pieces = str.split(
        current_app.jinja_env.get_template("components/card.html").module.card_pieces(cards), "\0"
    )
    return [
        DrawnCard(card.id, card.url, card.title, card.title_lang, *html.split("\1"))
        for card, html in zip(cards, pieces, strict=False)
    ]


def _drawn_filters(groups: list[Group]) -> Markup:
    """Row by row by the template."""
    group = current_app.jinja_env.get_template("components/filter.html").module.filter_group
    drawn = [
        group(g.name, g.title, g.options, g.kind, g.show, g.chosen or not g.rare, g.chosen)
        for g in groups
        if g.options
    ]
    return Markup("").join(drawn)


def create_bare() -> Flask:
    """/halo answers a word, /beku the frozen page."""
    name, values, product = freeze(FROZEN)
    page = FrozenPage.of(values["page"], product)
    app = Flask("bare", static_folder=None, template_folder=str(ROOT / "templates"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    texts: Any = app.jinja_env
    texts.install_gettext_callables(_same, _same_of_two, newstyle=True)
    app.jinja_env.globals["asset"] = product.jinja_env.globals["asset"]
    app.config |= {key: product.config[key] for key in _TOLD}
    app.jinja_env.filters["angka"] = _figure
    app.add_url_rule("/halo", "halo", lambda: "halo")
    app.add_url_rule("/beku", "beku", lambda: render_template(name, **values | {"page": page.drawn()}))
    return app


def _same(text: str) -> str:
    return text


def _same_of_two(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _figure(value: int) -> str:
    return f"{value:,}".replace(",", ".")


app = create_bare()
