"""Cards as HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from marketplace.opportunities.finding.cards import Card, Marks
from marketplace.web.language import get_language
from marketplace.web.shapes import shapes

# Up to so many days before a deadline the template shows them.
_DAYS_SHOWN = range(15)


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card as HTML in three parts, with what a list for machines says of it; `keep` is what a visitor keeps it by."""

    id: int
    url: str
    title: str
    title_lang: str | None
    before: str
    keep: str
    after: str

    @property
    def html(self) -> Markup:
        """The card for a visitor."""
        return Markup(self.before + self.keep + self.after)  # noqa: S704  # nosec B704 - drawn by our own template


def draw(cards: Iterable[Card]) -> list[DrawnCard]:
    """The cards as components/card.html draws them, in the language of the request."""
    language = get_language()
    return [_drawn(card, language) for card in cards]


def _drawn(card: Card, language: str) -> DrawnCard:
    marks = card.marks or Marks()
    head, _dash, tail = card.url.rpartition("-")
    texts = (
        escape(head), escape(tail), marks.title or escape(card.title), escape(card.title),
        escape(card.sector_name), escape(card.place), escape(marks.field), marks.text or "",
        escape(card.value_text), escape(card.scheme_text), escape(card.deadline_text), escape(card.source_text),
    )  # fmt: skip
    days = card.days_left if card.days_left in _DAYS_SHOWN else None
    shape = (
        language, card.dimension_code, card.title_lang, card.status_label, card.readiness, days,
        card.sector_name is None, marks.text is None, marks.text_lang, card.value_text is None,
        card.scheme_text is None, card.deadline_text is None, card.source_text is None,
    )  # fmt: skip
    html = shapes("cards").filled(shape, texts, lambda gaps: _by_template(_sample(card, marks, gaps)))
    return DrawnCard(card.id, card.url, card.title, card.title_lang, *html.split("\1"))


def _sample(card: Card, marks: Marks, gaps: Sequence[str]) -> Card:
    """A card of that shape with gaps for its texts, in the order of `_drawn`."""
    shown, sector, field, found = escape(gaps[2]), gaps[4], gaps[6], escape(gaps[7])
    return replace(
        card,
        url=f"{gaps[0]}-{gaps[1]}",
        title=gaps[3],
        sector_name=_gap(card.sector_name, sector),
        place=gaps[5],
        value_text=_gap(card.value_text, gaps[8]),
        scheme_text=_gap(card.scheme_text, gaps[9]),
        deadline_text=_gap(card.deadline_text, gaps[10]),
        source_text=_gap(card.source_text, gaps[11]),
        marks=Marks(shown, field, None if marks.text is None else found, marks.text_lang),
    )


def _gap(text: str | None, gap: str) -> str | None:
    return None if text is None else gap


def _by_template(card: Card) -> str:
    macros: Any = current_app.jinja_env.get_template("components/card.html").module
    return str.removesuffix(macros.card_pieces([card]), "\0")
