"""Who may be suggested at this moment, as SQL: open listings of a Pemda that may act, and verified partners."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, and_, bindparam, exists, or_
from sqlalchemy.orm import aliased

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.matching.choice_models import MatchOptOut
from marketplace.matching.rules import INVITED_DAYS
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted

Pemda = aliased(Organisation, name="pemda")


def _oldest_invitation() -> datetime:
    return clock.now() - timedelta(days=INVITED_DAYS + 1)


# What was sent before keeps nobody apart any more; read when the statement runs.
OLDEST_INVITATION = bindparam(
    "oldest_invitation", callable_=_oldest_invitation, type_=DateTime(timezone=True)
)


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
    """A partner that may act today, and takes part in matching."""
    left_out = exists().where(MatchOptOut.organisation_id == Organisation.id)
    return and_(Organisation.kind == OrganisationKind.PARTNER, trusted(), ~left_out)
