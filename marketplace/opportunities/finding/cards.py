"""A listing as lists show it: read in three seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from markupsafe import Markup
from sqlalchemy import Row

from marketplace.core.dates import HOME_ZONE, days_left, local_day
from marketplace.core.money import money_short
from marketplace.opportunities.finding.queries import card_rows
from marketplace.opportunities.finding.words import Tag, Words, words
from marketplace.opportunities.rules import Origin, Standing, standing
from marketplace.organisations.expiry_rules import is_trusted
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy


@dataclass(frozen=True, slots=True)
class Marks:
    """What a question found in the listing: its title with the words marked, and a piece of its text."""

    title: Markup | None = None
    field: str = ""
    text: Markup | None = None
    text_lang: str | None = None


# Not frozen: a list makes twenty of them.
@dataclass(slots=True)
class Card:
    """What `components/card.html` draws; None is not stated."""

    id: int
    url: str
    title: str
    title_lang: str | None
    dimension_code: str
    dimension_name: str
    sector_name: str | None
    place: str
    status_label: Tag | None
    value_text: str | None
    scheme_text: str | None
    readiness: int | None
    readiness_text: str | None
    deadline_text: str | None
    days_left: int | None
    source_text: str | None
    marks: Marks | None = None


def cards_by_ids(ids: Sequence[int], *, language: str, prefix: str, now: datetime) -> list[Card]:
    """The cards of those listings that are public now, in the order of the ids; one query."""
    return cards_of(card_rows(ids), language=language, prefix=prefix, now=now)


def cards_of(rows: Iterable[Row[Any]], *, language: str, prefix: str, now: datetime) -> list[Card]:
    """The cards of rows with the columns of `card_rows`; `prefix` is "" or "/en"."""
    return [card_of(row, moment_of(row, now), language, prefix) for row in rows]


@dataclass(frozen=True, slots=True)
class Moment:
    """What of a card changes without its row. Paused: open, and its Pemda may not act today."""

    stands: Standing
    days_left: int | None = None
    paused: bool = False


def moment_of(row: Row[Any], now: datetime) -> Moment:
    """How the listing stands at that moment."""
    stands = standing(row.status, origin=row.origin, closes_at=row.closes_at, now=now)
    if stands is not Standing.OPEN:
        return Moment(stands)
    return Moment(stands, _days_left(row, now), not _owner_is_trusted(row, now))


def _owner_is_trusted(row: Row[Any], now: datetime) -> bool:
    return is_trusted(row.owner_status, row.owner_until, local_day(now, HOME_ZONE))


def card_of(row: Row[Any], moment: Moment, language: str, prefix: str, marks: Marks | None = None) -> Card:
    """The card of a row at such a moment."""
    spoken, terms = words(language), taxonomy()
    sector, dimension = terms.sectors.get(row.sector_code), terms.dimensions.get(row.dimension_code)
    return Card(
        id=row.id,
        url=f"{prefix}/peluang/{row.slug}",
        title=shown_title(row, language),
        title_lang="id" if language != "id" and not row.title_en else None,
        dimension_code=row.dimension_code or "",
        dimension_name=dimension.title if dimension else "",
        sector_name=sector.name(language) if sector else None,
        place=gazetteer().place_text(row.region_code),
        status_label=spoken.paused if moment.paused else spoken.standings.get(moment.stands),
        value_text=_short_money(row.value_amount, language, row.value_currency) if row.value_amount else None,
        scheme_text=terms.scheme_briefs(row.scheme_codes, language) or None,
        readiness=row.readiness.rung if row.readiness else None,
        readiness_text=spoken.readiness[row.readiness] if row.readiness else None,
        deadline_text=_short_day(row.closes_on, language) if row.closes_on else None,
        days_left=moment.days_left,
        source_text=_source(row, spoken),
        marks=marks,
    )


def shown_title(row: Row[Any], language: str) -> str:
    """The title for a reader of that language; Indonesian where there is no English one."""
    return (row.title_en if language == "en" else "") or row.title_id


def _days_left(row: Row[Any], now: datetime) -> int | None:
    place = gazetteer().find(row.region_code)
    return days_left(row.closes_at, now, place.timezone) if row.closes_at and place else None


def _source(row: Row[Any], spoken: Words) -> str | None:
    if row.origin is Origin.PUBLIC_EXAMPLE:
        parts = [f"{spoken.example_source} {row.example_source_name}", row.example_year]
        return ", ".join(str(part) for part in parts if part)
    return spoken.demonstration if row.demo else None


# Lists print the same sums and days again and again; a sum costs 10 microseconds.
@lru_cache(maxsize=8192)
def _short_money(amount: Decimal, language: str, currency: str) -> str:
    return money_short(amount, language, currency)


@lru_cache(maxsize=4096)
def _short_day(day: date, language: str) -> str:
    return format_date(day, "d MMM y", locale=language)
