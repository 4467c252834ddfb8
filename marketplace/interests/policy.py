"""Who may see an interest and who may take which step."""

from enum import StrEnum

from marketplace.core.actor import Actor, Membership
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.models import Interest
from marketplace.interests.rules import MATCHED, OnlyPartners, PartnerNeeded
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.policy import get_writing_partner, moderates


class Side(StrEnum):
    """Where the reader of an interest stands."""

    PARTNER = "partner"
    PEMDA = "pemda"
    LAIP = "laip"


def get_sending_place(actor: Actor) -> Membership:
    """The partner for which the actor may write an interest. Raises PartnerNeeded, OnlyPartners or Forbidden."""
    return get_writing_partner(actor, unregistered=PartnerNeeded, of_another_kind=OnlyPartners)


def side_of(actor: Actor, interest: Interest) -> Side | None:
    """The side on which the actor reads this interest; None for everybody to whom it does not exist."""
    if actor.membership_in(interest.organisation_id):
        return Side.PARTNER
    if interest.sent_at is None:
        return None
    if actor.membership_in(interest.opportunity.organisation_id):
        return Side.PEMDA
    if actor.is_moderator and interest.status in MATCHED:
        return Side.LAIP
    return None


def side_of_invitation(actor: Actor, invitation: Invitation) -> Side | None:
    """The side on which the actor reads this invitation; it is nobody's business but the two sides'."""
    if actor.membership_in(invitation.organisation_id):
        return Side.PARTNER
    return Side.PEMDA if actor.membership_in(invitation.opportunity.organisation_id) else None


def may(actor: Actor, party: str, interest: Interest | Invitation) -> bool:
    """Whether the actor is that party of the tables of steps."""
    if party == "moderator":
        return moderates(actor, interest.organisation_id, interest.opportunity.organisation_id)
    if party in ("partner", "verified_partner"):
        place = actor.membership_in(interest.organisation_id)
        return place is not None and place.role in WRITERS and (place.verified or party == "partner")
    place = actor.membership_in(interest.opportunity.organisation_id)
    if place is None or not (place.verified or party == "inviter"):
        return False
    return place.role in (APPROVERS if party == "pemda_approver" else WRITERS)


def can_invite(actor: Actor, pemda_id: int | None) -> bool:
    """Whether the actor is offered to invite partners to a listing of that Pemda; the action asks again."""
    place = actor.membership_in(pemda_id)
    return place is not None and place.verified and place.role in WRITERS
