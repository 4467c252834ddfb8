"""What may be kept and watched; whose bookmark or watch it is, is part of its key."""

from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.policy import is_public
from marketplace.opportunities.rules import LifeStatus, Origin


def can_be_kept(opportunity: Opportunity) -> bool:
    """Whatever the public reads, examples too."""
    return is_public(opportunity)


def can_be_watched(opportunity: Opportunity) -> bool:
    """A posted listing that is up and has not ended: of others there will be no news."""
    return (
        is_public(opportunity)
        and opportunity.origin is Origin.POSTED
        and opportunity.status is LifeStatus.PUBLISHED
    )
