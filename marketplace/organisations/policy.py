"""Who may see, edit, submit and decide on an organisation."""

from typing import Any

from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.rules import SUBMITTABLE, OrganisationStatus

GUIDING_KINDS = frozenset({OrganisationKind.PEMDA, OrganisationKind.TUTOR})


def can_see(actor: Actor, organisation: Organisation) -> bool:
    """Its members and LAIP's moderators see its page with status and proofs."""
    return actor.is_moderator or actor.membership_in(organisation.id) is not None


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Owners and approvers keep the office and the profile up to date."""
    return actor.has_role(organisation.id, MemberRole.OWNER, MemberRole.APPROVER)


def can_submit(actor: Actor, organisation: Organisation) -> bool:
    """Owners submit it for verification, where its status allows that."""
    return actor.has_role(organisation.id, MemberRole.OWNER) and organisation.status in SUBMITTABLE


def can_ask_again(actor: Actor, organisation: Organisation) -> bool:
    """Owners of a verified organisation ask LAIP to look at new documents, once until it has answered."""
    asks = organisation.status is OrganisationStatus.VERIFIED and organisation.recheck_asked_at is None
    return asks and actor.has_role(organisation.id, MemberRole.OWNER)


def can_decide(actor: Actor, organisation: Organisation) -> bool:
    """Moderators decide, but never on their own organisation."""
    return actor.is_moderator and actor.membership_in(organisation.id) is None


def may(actor: Actor, party: str, organisation: Any) -> bool:
    """For the status table: whether the actor may act as that party."""
    if party == "owner":
        return actor.has_role(organisation.id, MemberRole.OWNER)
    return party == "moderator" and can_decide(actor, organisation)


def knows_stand_ins(actor: Actor, organisation: Organisation) -> bool:
    """Only a Pemda has listings to release; its members see who stands in for whom."""
    return organisation.kind is OrganisationKind.PEMDA and actor.membership_in(organisation.id) is not None


def can_name_stand_in(actor: Actor, organisation: Organisation) -> bool:
    """Approvers and owners have somebody stand in for themselves."""
    return knows_stand_ins(actor, organisation) and actor.has_role(
        organisation.id, MemberRole.OWNER, MemberRole.APPROVER
    )


def can_end_stand_in(actor: Actor, organisation: Organisation, *, user_id: int, named_by: int) -> bool:
    """The two whom it concerns, and the owners."""
    owns = actor.has_role(organisation.id, MemberRole.OWNER)
    return knows_stand_ins(actor, organisation) and (owns or actor.user_id in (user_id, named_by))


def may_in_succession(actor: Actor, party: str, succession: Any) -> bool:
    """For its status table: LAIP names and decides, never for an own organisation; an owner objects."""
    owner = actor.has_role(succession.organisation_id, MemberRole.OWNER)
    outside = actor.is_moderator and actor.membership_in(succession.organisation_id) is None
    return owner if party == "owner" else party == "moderator" and outside


def can_manage_members(actor: Actor, organisation: Organisation) -> bool:
    """Owners invite, give roles and take them."""
    return actor.has_role(organisation.id, MemberRole.OWNER)


def can_see_guidance(actor: Actor, guidance: Guidance) -> bool:
    """Both sides see what they have with each other."""
    return any(actor.membership_in(side) for side in (guidance.pemda_id, guidance.tutor_id))


def may_guide(actor: Actor, party: str, guidance: Guidance) -> bool:
    """For the table of guidances: whether the actor owns that side (`side`: either); some steps need it verified."""
    needs_trust = party.startswith("verified_")
    pemda, tutor = guidance.pemda_id, guidance.tutor_id
    sides = {"pemda": (pemda,), "tutor": (tutor,), "side": (pemda, tutor)}.get(
        party.removeprefix("verified_"), ()
    )
    owned = [actor.membership_in(side) for side in sides if actor.has_role(side, MemberRole.OWNER)]
    return any(place is not None and (place.verified or not needs_trust) for place in owned)
