"""The rows behind cards: by key, and only what is public at that moment."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Result,
    Row,
    Text,
    any_,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE
from marketplace.organisations.models import Organisation

# Tables, not entities, and built once: half of what a list's rows cost is spared.
_LISTINGS = Opportunity.metadata.tables[Opportunity.__tablename__].alias("o")
_VERSIONS = Opportunity.metadata.tables[OpportunityVersion.__tablename__].alias("v")
_OWNERS = Opportunity.metadata.tables[Organisation.__tablename__].alias("g")
# Place and transaction of each row behind a card: whatever is written anew gets others, so there is no number to raise.
_MARK = "concat_ws('.', o.xmin, o.ctid, v.xmin, v.ctid, g.xmin, g.ctid)"
_SHOWN = (
    _LISTINGS.c.id,
    _LISTINGS.c.slug,
    _LISTINGS.c.region_code,
    _LISTINGS.c.origin,
    _LISTINGS.c.status,
    _LISTINGS.c.demo,
    _LISTINGS.c.closes_on,
    _LISTINGS.c.closes_at,
    _LISTINGS.c.example_source_name,
    _LISTINGS.c.example_year,
    _VERSIONS.c.title_id,
    _VERSIONS.c.title_en,
    _VERSIONS.c.dimension_code,
    _VERSIONS.c.sector_code,
    _VERSIONS.c.scheme_codes,
    _VERSIONS.c.readiness,
    _VERSIONS.c.value_amount,
    _VERSIONS.c.value_currency,
    # Whether its Pemda may act is judged by the day on which the card is drawn: a date that passes changes no row.
    _OWNERS.c.status.label("owner_status"),
    _OWNERS.c.valid_until.label("owner_until"),
    literal_column(_MARK, Text).label("mark"),
)
_CARDS = (
    select(*_SHOWN)
    .join_from(_LISTINGS, _VERSIONS, _VERSIONS.c.id == _LISTINGS.c.published_version_id)
    .outerjoin(_OWNERS, _OWNERS.c.id == _LISTINGS.c.organisation_id)
    .where(
        _LISTINGS.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
        _LISTINGS.c.status.in_(sorted(PUBLIC_LIFE)),
    )
)
# As one text: reading twenty rows takes longer than all else about the statement.
_MARKS = f"""
    SELECT string_agg(concat(o.id, ':', {_MARK}), ' ' ORDER BY o.id)
    FROM opportunities o
    JOIN opportunity_versions v ON v.id = o.published_version_id
    LEFT JOIN organisations g ON g.id = o.organisation_id
    WHERE o.id = ANY(%(ids)s) AND o.status = ANY(%(public)s)
    """  # noqa: S608  # nosec B608 - constants of this module
RowMarks = dict[int, str]


def card_rows(ids: Sequence[int]) -> list[Row[Any]]:
    """What cards show of those of the listings that are public, in the order of the ids."""
    if not ids:
        return []
    found: Result[Any] = db.session.connection().execute(_CARDS, {"ids": list(ids)})
    rows = {row.id: row for row in found}
    return [rows[number] for number in ids if number in rows]


# In the order in which a card would rather quote them.
TEXTS = (
    "summary", "sought", "problem", "existing", "expected_result", "why_now", "must_haves", "local_character",
    "users_served", "nice_to_haves", "connectivity", "incentives", "land_permits",
)  # fmt: skip
# No text holds it: forms take no control characters.
_BETWEEN = "\x1f"


def _one_text(language: str) -> str:
    """All texts of a language in one column: the driver takes longer for each than the database for all."""
    columns = [f"v.{name}_{language}" for name in TEXTS]
    texts = [f"array_to_string({name}, '; ')" if "must_haves" in name else name for name in columns]
    pieces = ", ".join(f"coalesce({text}, '')" for text in texts)
    return f"concat_ws(chr({ord(_BETWEEN)}), {pieces})"


_QUOTED = f"""
    SELECT o.id, {_one_text("id")} AS id_texts, {_one_text("en")} AS en_texts
    FROM opportunities o
    JOIN opportunity_versions v ON v.id = o.published_version_id
    WHERE o.id = ANY(%(ids)s) AND o.status = ANY(%(public)s)
    """  # noqa: S608  # nosec B608 - constants of this module


def text_rows(ids: Sequence[int]) -> list[tuple[int, dict[str, list[str]]]]:
    """Those of the listings that are public, in any order, each with its TEXTS in both languages; a list's items are
    parted by semicolons."""
    if not ids:
        return []
    values = {"ids": list(ids), "public": sorted(PUBLIC_LIFE)}
    found: Result[Any] = db.session.connection().exec_driver_sql(_QUOTED, values)
    return [
        (row.id, {"id": row.id_texts.split(_BETWEEN), "en": row.en_texts.split(_BETWEEN)}) for row in found
    ]


def row_marks(ids: Sequence[int]) -> str:
    """Names, for those of the listings that are public, the rows behind their cards as they are now: another text for
    whatever was written anew. `read_marks` parts it."""
    if not ids:
        return ""
    values = {"ids": list(ids), "public": sorted(PUBLIC_LIFE)}
    return db.session.connection().exec_driver_sql(_MARKS, values).scalar() or ""


def read_marks(text: str) -> RowMarks:
    """By listing, what names the rows behind its card."""
    pairs = (each.partition(":") for each in text.split())
    return {int(number): mark for number, _, mark in pairs}


def write_marks(marks: RowMarks) -> str:
    """The text that `row_marks` gives for these."""
    return " ".join(f"{number}:{marks[number]}" for number in sorted(marks))
