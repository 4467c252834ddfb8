"""Who may put suggestions aside, and who may suggest by hand."""

from marketplace.core.actor import Actor, Membership, OrganisationKind
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.policy import moderates


def may_see_list(actor: Actor, organisation_id: int | None) -> bool:
    """Whether the actor belongs to the organisation whose list it is (a listing's: its Pemda)."""
    return actor.membership_in(organisation_id) is not None


def may_put_aside(actor: Actor, organisation_id: int | None) -> bool:
    """Whether the actor may put a suggestion of that organisation's list aside, and take it back."""
    return organisation_id is not None and actor.has_role(organisation_id, *WRITERS)


def find_partner(actor: Actor) -> Membership | None:
    """The partner for which the actor acts; None where they act for somebody else, or for nobody."""
    place = actor.main
    return place if place is not None and place.kind is OrganisationKind.PARTNER else None


def may_complete(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor keeps the profile of that partner."""
    return actor.has_role(organisation_id, *APPROVERS)


def may_suggest(actor: Actor, *organisations: int | None) -> bool:
    """LAIP, but nobody brings an organisation forward that they belong to."""
    return moderates(actor, *organisations)
