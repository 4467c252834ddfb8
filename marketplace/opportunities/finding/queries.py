"""The rows behind cards: by key, and only what is public at that moment."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Result, Row, Text, any_, bindparam, literal_column, select
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
_MARKS = f"""
    SELECT o.id, {_MARK} AS mark
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
_QUOTED = (
    select(
        _LISTINGS.c.id, *(_VERSIONS.c[f"{name}_{language}"] for name in TEXTS for language in ("id", "en"))
    )
    .join_from(_LISTINGS, _VERSIONS, _VERSIONS.c.id == _LISTINGS.c.published_version_id)
    .where(
        _LISTINGS.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
        _LISTINGS.c.status.in_(sorted(PUBLIC_LIFE)),
    )
)


def text_rows(ids: Sequence[int]) -> Sequence[Row[Any]]:
    """The texts of those of the listings that are public, in any order."""
    if not ids:
        return []
    found: Result[Any] = db.session.connection().execute(_QUOTED, {"ids": list(ids)})
    return found.all()


def row_marks(ids: Sequence[int]) -> RowMarks:
    """Names, for those of the listings that are public, the rows behind their cards as they are now: another mark for
    whatever was written anew."""
    if not ids:
        return {}
    values = {"ids": list(ids), "public": sorted(PUBLIC_LIFE)}
    found: Result[Any] = db.session.connection().exec_driver_sql(_MARKS, values)
    return {row.id: row.mark for row in found}
