"""Listings and partners as LAIP's pages about suggestions name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from marketplace.extensions import db
from marketplace.matching.lists.standing_queries import Pemda, takes_partners
from marketplace.opportunities.models import Opportunity, OpportunityVersion


@dataclass(frozen=True, slots=True)
class OpenListing:
    """An open listing of a Pemda that may act."""

    id: int
    slug: str
    title_id: str
    title_en: str
    region_code: str
    pemda_name: str
    published_at: datetime | None


_LISTING: tuple[Any, ...] = (
    Opportunity.id, Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en,
    Opportunity.region_code, Pemda.name, Opportunity.published_at,
)  # fmt: skip


def _open(now: datetime) -> Select[Any]:
    return (
        select(*_LISTING)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(takes_partners(now))
    )


def list_open(opportunity_ids: Sequence[int], *, now: datetime) -> dict[int, OpenListing]:
    """Those of these listings that are open, by number."""
    rows = db.session.execute(_open(now).where(Opportunity.id.in_(opportunity_ids)))
    return {row[0]: OpenListing(*row) for row in rows}


def search_open(text: str, *, now: datetime, limit: int) -> list[OpenListing]:
    """Open listings whose title or Pemda has these words, the newest first."""
    read = (OpportunityVersion.title_id, OpportunityVersion.title_en, Pemda.name)
    named = or_(*(column.icontains(text, autoescape=True) for column in read))
    rows = db.session.execute(_open(now).where(named).order_by(Opportunity.id.desc()).limit(limit))
    return [OpenListing(*row) for row in rows]
