"""The blueprints of a partner's suggestions, and for whom they are."""

from flask import Blueprint

from marketplace.core.actor import Actor, Membership, OrganisationKind
from marketplace.core.refusal import NotFound

suggestions = Blueprint("suggestions", __name__)
suggestion_letters = Blueprint("suggestion_letters", __name__)
matching_guide = Blueprint("matching_guide", __name__)


def find_partner(actor: Actor) -> Membership | None:
    """The partner for which the person acts; None where it is no partner."""
    place = actor.main
    return place if place is not None and place.kind is OrganisationKind.PARTNER else None


def own_partner(actor: Actor) -> Membership:
    """The partner for which the person acts. Raises NotFound."""
    place = find_partner(actor)
    if place is None:
        raise NotFound
    return place
