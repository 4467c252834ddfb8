"""Figures, dates and longer texts as the reader's language writes them: the filters of the templates."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import nh3
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app, has_request_context
from flask_babel import get_locale, gettext
from markdown_it import MarkdownIt
from markupsafe import Markup

from marketplace.core import dates, money
from marketplace.core.actor import Actor
from marketplace.web.actors import current_actor

Figure = int | float | Decimal
ZoneOf = Callable[[Actor], str]

_UNITS = ("byte", "KB", "MB", "GB")

# Headings, images and HTML stay text: a page has one h1, and shows nothing from elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["heading", "lheading", "image", "html_block", "html_inline"]
)
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "pre", "hr"}


def init_formats(app: Flask, *, zone_of: ZoneOf) -> None:
    """Registers the filters: money_short, money_full, tanggal, waktu, angka, ukuran, markdown and so on.

    `zone_of` tells a reader's zone, for moments that belong to no region.
    """
    app.extensions["zone_of"] = zone_of
    for printer in (
        money_short,
        money_full,
        tanggal,
        tanggal_pendek,
        jam,
        waktu,
        angka,
        persen,
        ukuran,
        markdown,
    ):
        app.add_template_filter(printer)


def language() -> str:
    """The reader's language, "id" or "en"; "id" outside a request."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "id"


def reader_zone() -> str:
    """The reader's zone: that of their government's region, else WIB; WIB outside a request."""
    if not has_request_context():
        return dates.HOME_ZONE
    zone: str = current_app.extensions["zone_of"](current_actor())
    return zone


def money_short(amount: Decimal | int | None, currency: str = money.RUPIAH) -> str:
    """Rp1,25 miliar / Rp1.25 billion."""
    return _unknown() if amount is None else money.money_short(amount, language(), currency)


def money_full(amount: Decimal | int | None, currency: str = money.RUPIAH) -> str:
    """Rp1.250.000.000 / Rp1,250,000,000."""
    return _unknown() if amount is None else money.money_full(amount, language(), currency)


def tanggal(day: date | datetime | None, zone: str | None = None) -> str:
    """28 Februari 2026 / 28 February 2026; a moment is first taken to the zone."""
    return (
        _unknown() if day is None else _print_day(_as_day(day, zone or reader_zone()), "d MMMM y", language())
    )


def tanggal_pendek(day: date | datetime | None, zone: str | None = None) -> str:
    """28 Feb 2026."""
    return (
        _unknown() if day is None else _print_day(_as_day(day, zone or reader_zone()), "d MMM y", language())
    )


def jam(moment: datetime | None, zone: str | None = None) -> str:
    """10.00 WITA / 10:00 WITA."""
    if moment is None:
        return _unknown()
    zone = zone or reader_zone()
    mark = ":" if language() == "en" else "."
    return f"{moment.astimezone(dates.zone_info(zone)):%H{mark}%M} {dates.abbreviation(zone)}"


def waktu(moment: datetime | None, zone: str | None = None) -> str:
    """28 Februari 2026, 10.00 WITA / 28 February 2026, 10:00 WITA."""
    if moment is None:
        return _unknown()
    zone = zone or reader_zone()
    return f"{tanggal(moment, zone)}, {jam(moment, zone)}"


def angka(figure: Figure | None) -> str:
    """1.250.000 / 1,250,000; two decimals at most."""
    return _unknown() if figure is None else _print_figure(figure, language())


def persen(points: Figure | None) -> str:
    """15,69% / 15.69% from 15.69: the figure is in percent already."""
    return _unknown() if points is None else f"{_print_figure(points, language())}%"


def ukuran(size: int | None) -> str:
    """A file's size in bytes as people read it: 340 KB, 1,2 MB."""
    if size is None:
        return _unknown()
    figure, unit = float(size), 0
    while figure >= 1024 and unit < len(_UNITS) - 1:
        figure, unit = figure / 1024, unit + 1
    rounded = round(figure) if figure >= 10 else round(figure, 1)
    return f"{_print_figure(rounded, language())} {_UNITS[unit]}"


def markdown(text: str | None) -> Markup:
    """A person's text with paragraphs, lists, emphasis and links; anything else stands as plain text."""
    return _render_markdown(text or "")


# 70 to 150 µs a text, and a listing has up to ten that stay as they are until its next version.
@lru_cache(maxsize=4096)
def _render_markdown(text: str) -> Markup:
    rendered = _MARKDOWN.render(text)
    return Markup(
        nh3.clean(
            rendered,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener ugc",
        )
    )


def paragraphs(text: str | None) -> list[str]:
    """A person's text for where nothing but letters can be set: its paragraphs and points, without their markup."""
    found: list[str] = []
    points = 0
    for token in _MARKDOWN.parse(text or ""):
        points += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            words = " ".join("".join(child.content or " " for child in token.children or ()).split())
            found.append(f"• {words}" if points else words)
        elif token.type in ("code_block", "fence"):
            found.append(" ".join(token.content.split()))
    return [words for words in found if words]


def _unknown() -> str:
    return gettext("Belum dinyatakan")


def _as_day(day: date | datetime, zone: str) -> date:
    return dates.local_day(day, zone) if isinstance(day, datetime) else day


# Babel takes 4 to 9 µs a call; a list prints the same few days and figures again and again.
@lru_cache(maxsize=2048)
def _print_day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@lru_cache(maxsize=2048)
def _print_figure(figure: Figure, language: str) -> str:
    return format_decimal(figure, format="#,##0.##", locale=language)
