"""Who may be suggested at this moment, as SQL: open listings of a Pemda that may act, and verified partners."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased

from marketplace.core.actor import OrganisationKind
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted

Pemda = aliased(Organisation, name="pemda")


def takes_partners(now: datetime) -> ColumnElement[bool]:
    """A posted listing that is public and open, whose Pemda (joined as `Pemda`) may act today."""
    return and_(
        Opportunity.origin == Origin.POSTED,
        Opportunity.status == LifeStatus.PUBLISHED,
        Opportunity.published_version_id.is_not(None),
        or_(Opportunity.closes_at.is_(None), Opportunity.closes_at > now),
        trusted(Pemda),
    )


def is_suggestible() -> ColumnElement[bool]:
    """A partner that may act today."""
    return and_(Organisation.kind == OrganisationKind.PARTNER, trusted())
