"""Invented listings: plausible in length, spread and mixture; the same for the same seed and day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from marketplace.core.dates import end_of_day
from marketplace.core.text import slugify
from marketplace.operation.synthetic import words
from marketplace.opportunities.rules import LifeStatus as Life
from marketplace.opportunities.rules import Origin, Readiness, VersionStatus
from marketplace.partners.rules import PartnerKind
from marketplace.regions.gazetteer import Place
from marketplace.taxonomy.catalogue import Taxonomy

_TAIL_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TAILS = len(_TAIL_ALPHABET) ** 6
# Any odd step visits every tail once, so that no two listings of a seed share one.
_TAIL_STEP = 392_156_863
_LIVES = (Life.PUBLISHED, Life.PARTNER_FOUND, Life.NO_PARTNER, Life.WITHDRAWN, Life.UNPUBLISHED)
_LIFE_WEIGHTS = (90, 2, 2, 2, 4)
_MILLION = 10**6

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The two rows of one listing, in the order of LISTING_COLUMNS and VERSION_COLUMNS."""

    opportunity: Row
    version: Row


LISTING_COLUMNS = (
    "id", "organisation_id", "region_code", "origin", "status", "slug", "tail", "published_at", "updated_at",
    "closes_on", "closes_at", "withdrawn_at", "end_reason", "created_at",
)  # fmt: skip
VERSION_COLUMNS = (
    "id", "opportunity_id", "number", "status", "created_at", "edited_at", "submitted_at", "decided_at",
    "dimension_code", "sector_code", "title_id", "title_en", "summary_id", "summary_en", "problem_id",
    "users_served_id", "why_now_id", "existing_id", "sought_id", "expected_result_id", "must_haves_id",
    "partner_kinds", "scheme_codes", "readiness", "value_amount", "value_idr", "interest_deadline", "contact_role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rows refer to: verified Pemda by region, terms, the day, and the first ids of both tables."""

    pemda: dict[str, int]
    places: dict[str, Place]
    terms: Taxonomy
    today: date
    first_listing: int
    first_version: int


def listings(setting: Setting, number: int, seed: int) -> Iterator[Listing]:
    """That many listings of the seed."""
    source = random.Random(f"listings {seed}")
    codes = sorted(setting.pemda)
    for index in range(number):
        yield _listing(setting, source, setting.places[source.choice(codes)], index, seed)


def _listing(setting: Setting, source: random.Random, place: Place, index: int, seed: int) -> Listing:
    life = source.choices(_LIVES, _LIFE_WEIGHTS)[0]
    created = _moment(setting.today, -source.randint(20, 700), source)
    published = created + timedelta(days=source.randint(2, 15))
    deadline = None if source.random() < 0.2 else published.date() + timedelta(days=source.randint(20, 500))
    if life in (Life.PARTNER_FOUND, Life.NO_PARTNER):
        deadline = min(deadline or setting.today, setting.today - timedelta(days=1))
    sector = source.choice(list(setting.terms.sectors.values()))
    title = f"{source.choice(words.VERBS)} {sector.name_id.lower()} {source.choice(words.QUALITIES)}"
    tail = _tail(index, seed)
    public = life is not Life.UNPUBLISHED
    opportunity = (
        setting.first_listing + index, setting.pemda[place.code], place.code, Origin.POSTED, life,
        f"{slugify(title)}-{tail}" if public else None, tail,
        published if public else None, published if public else None, deadline,
        end_of_day(deadline, place.timezone) if deadline else None,
        published if life is Life.WITHDRAWN else None, "other" if life is Life.WITHDRAWN else None, created,
    )  # fmt: skip
    value = _value(source)
    version = (
        setting.first_version + index, setting.first_listing + index, 1,
        VersionStatus.PUBLISHED if public else VersionStatus.DRAFT, created, created,
        created if public else None, published if public else None, sector.dimension_code, sector.code, title,
        f"{sector.name_en}, {place.short_name}" if source.random() < 0.4 else "",
        _sentences(source, 2), source.choice(words.ENGLISH).format(n=source.randint(2, 30)),
        _sentences(source, 1), _sentences(source, 1), _sentences(source, 1), _sentences(source, 1),
        _sentences(source, 1), _sentences(source, 1), [_sentences(source, 1)],
        source.sample(list(PartnerKind), 2), source.sample(list(setting.terms.schemes), source.choice((0, 1, 1, 2))),
        source.choice((None, *Readiness)), value, value, deadline, "Bagian Kerja Sama",
    )  # fmt: skip
    return Listing(opportunity, version)


def _moment(day: date, days: int, source: random.Random) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(days=days, seconds=source.randint(0, 86_399))


def _tail(index: int, seed: int) -> str:
    number = (index * _TAIL_STEP + seed * 7_919 + 1) % _TAILS
    letters = []
    for _ in range(6):
        number, letter = divmod(number, len(_TAIL_ALPHABET))
        letters.append(_TAIL_ALPHABET[letter])
    return "".join(letters)


def _value(source: random.Random) -> int | None:
    """Rupiah, spread over the bands; None is not stated."""
    if source.random() < 0.35:
        return None
    return max(1, round(source.lognormvariate(4.0, 2.0) * 1000)) * _MILLION


def _sentences(source: random.Random, number: int) -> str:
    return " ".join(_sentence(source) for _ in range(number))


def _sentence(source: random.Random) -> str:
    first, second, third = source.choices(words.NOUNS, k=3)
    return source.choice(words.SENTENCES).format(a=first, b=second, c=third, n=source.randint(2, 40))
