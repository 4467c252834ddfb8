"""The rows behind cards: by key, and only what is public at that moment."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Result, Row, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE

# Built once: only the ids differ from page to page.
_CARDS = (
    select(
        Opportunity.id,
        Opportunity.slug,
        Opportunity.region_code,
        Opportunity.origin,
        Opportunity.status,
        Opportunity.demo,
        Opportunity.closes_on,
        Opportunity.closes_at,
        Opportunity.example_source_name,
        Opportunity.example_year,
        OpportunityVersion.title_id,
        OpportunityVersion.title_en,
        OpportunityVersion.dimension_code,
        OpportunityVersion.sector_code,
        OpportunityVersion.scheme_codes,
        OpportunityVersion.readiness,
        OpportunityVersion.value_amount,
        OpportunityVersion.value_currency,
    )
    .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
    .where(
        Opportunity.id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
        Opportunity.status.in_(sorted(PUBLIC_LIFE)),
    )
)


def card_rows(ids: Sequence[int]) -> list[Row[Any]]:
    """What cards show of those of the listings that are public, in the order of the ids."""
    if not ids:
        return []
    found: Result[Any] = db.session.execute(_CARDS, {"ids": list(ids)})
    rows = {row.id: row for row in found}
    return [rows[number] for number in ids if number in rows]
