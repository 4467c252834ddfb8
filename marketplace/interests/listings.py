"""The opportunity as the interest form shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.interests.queries import Pemda
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin, Standing, standing
from marketplace.organisations.trust_queries import trusted


@dataclass(frozen=True, slots=True)
class Listing:
    """A published opportunity with what a partner should have before its eyes."""

    id: int
    organisation_id: int | None
    pemda_name: str
    region_code: str
    slug: str
    standing: Standing
    closes_on: date | None
    version_id: int
    title_id: str
    title_en: str
    summary_id: str
    summary_en: str
    must_codes: list[str]
    must_haves_id: list[str]
    must_haves_en: list[str]
    partner_kinds: list[str]
    scheme_codes: list[str]
    amount_idr: int | None
    value_amount: Decimal | None
    value_currency: str
    dimension_code: str | None
    sector_code: str | None
    demo: bool
    # Whether its Pemda may act today.
    pemda_trusted: bool


def find_listing(tail: str, *, now: datetime) -> Listing | None:
    """The published opportunity of that address tail, whatever its standing; None for any other."""
    row = db.session.execute(
        select(Opportunity, OpportunityVersion, Pemda.name, trusted(Pemda))
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(
            Opportunity.tail == tail,
            Opportunity.origin == Origin.POSTED,
            Opportunity.status.not_in((LifeStatus.UNPUBLISHED, LifeStatus.WITHDRAWN)),
        )
    ).first()
    return _listing(row, now) if row else None


def _listing(row: Any, now: datetime) -> Listing:
    opportunity, version, pemda_name, pemda_trusted = row
    return Listing(
        id=opportunity.id,
        organisation_id=opportunity.organisation_id,
        pemda_name=pemda_name,
        region_code=opportunity.region_code,
        slug=opportunity.slug,
        standing=standing(
            opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now
        ),
        closes_on=opportunity.closes_on,
        version_id=version.id,
        title_id=version.title_id,
        title_en=version.title_en,
        summary_id=version.summary_id,
        summary_en=version.summary_en,
        must_codes=version.must_codes,
        must_haves_id=version.must_haves_id,
        must_haves_en=version.must_haves_en,
        partner_kinds=version.partner_kinds,
        scheme_codes=version.scheme_codes,
        amount_idr=version.sought_idr or version.value_idr,
        value_amount=version.value_amount,
        value_currency=version.value_currency,
        dimension_code=version.dimension_code,
        sector_code=version.sector_code,
        demo=opportunity.demo,
        pemda_trusted=pemda_trusted,
    )
