"""Who may see a collaboration and who may decide on it."""

from typing import Any

from marketplace.core.actor import Actor
from marketplace.interests.models import Interest
from marketplace.interests.policy import Side
from marketplace.organisations.policy import moderates


def can_decide(actor: Actor, interest: Interest) -> bool:
    """Moderators decide, but never on a match of their own organisation."""
    return moderates(actor, interest.organisation_id, interest.opportunity.organisation_id)


def may(actor: Actor, party: str, _row: Any) -> bool:
    """Whether the actor is that party of the table of steps."""
    return party == "moderator" and actor.is_moderator


def side_of(actor: Actor, interest: Interest) -> Side | None:
    """The side on which the actor stands; None where the collaboration does not exist for them."""
    if actor.membership_in(interest.organisation_id):
        return Side.PARTNER
    if actor.membership_in(interest.opportunity.organisation_id):
        return Side.PEMDA
    return Side.LAIP if actor.is_moderator else None
