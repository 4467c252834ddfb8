"""Who speaks for a region that needs an innovation too."""

from marketplace.core.actor import Actor, Membership, OrganisationKind
from marketplace.organisations.member_rules import WRITERS


def find_speaker(actor: Actor) -> Membership | None:
    """The verified Pemda for which the actor may say "kami juga butuh ini"; None where there is none."""
    return next(
        (
            place
            for place in actor.memberships
            if place.kind is OrganisationKind.PEMDA and place.verified and place.role in WRITERS
        ),
        None,
    )
