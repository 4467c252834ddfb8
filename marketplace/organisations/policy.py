"""Who may see, edit, submit and decide on an organisation."""

from typing import Any

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.rules import SUBMITTABLE, OrganisationStatus

GUIDING_KINDS = frozenset({OrganisationKind.PEMDA, OrganisationKind.TUTOR})


def find_place(actor: Actor, kind: OrganisationKind) -> Membership | None:
    """The organisation of that kind for which the actor works: the one acted for, else the first; None where there is none."""
    return next((place for place in actor.memberships if place.kind is kind), None)


def get_place(actor: Actor, kind: OrganisationKind) -> Membership:
    """The same, for pages that are of such organisations only. Raises NotFound."""
    place = find_place(actor, kind)
    if place is None:
        raise NotFound
    return place


def get_writing_partner(
    actor: Actor, *, unregistered: type[Forbidden], of_another_kind: type[Forbidden]
) -> Membership:
    """The partner for which the actor may write; whether it is verified is not asked.

    Raises `unregistered` for who has no organisation yet, `of_another_kind` for who acts for others than a partner (LAIP
    too), and Forbidden for who only reads.
    """
    place = find_place(actor, OrganisationKind.PARTNER)
    if place is None:
        raise of_another_kind if actor.memberships or actor.is_staff else unregistered
    if place.role not in WRITERS:
        raise Forbidden
    return place


def list_verified_places(actor: Actor, kind: OrganisationKind) -> list[int]:
    """The verified organisations of that kind to which the actor belongs now: a suspended one opens nothing."""
    return [place.organisation_id for place in actor.memberships if place.verified and place.kind is kind]


def moderates(actor: Actor, *organisation_ids: int | None) -> bool:
    """Whether the actor decides for LAIP on what concerns these organisations: never on what concerns an own one."""
    return actor.is_moderator and not any(actor.membership_in(number) for number in organisation_ids)


def can_see(actor: Actor, organisation: Organisation) -> bool:
    """Its members and LAIP's moderators see its page with status and proofs."""
    return actor.is_moderator or actor.membership_in(organisation.id) is not None


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Owners and approvers keep the office and the profile up to date."""
    return actor.has_role(organisation.id, *APPROVERS)


def can_submit(actor: Actor, organisation: Organisation) -> bool:
    """Owners submit it for verification, where its status allows that."""
    return actor.has_role(organisation.id, MemberRole.OWNER) and organisation.status in SUBMITTABLE


def can_ask_again(actor: Actor, organisation: Organisation) -> bool:
    """Owners of a verified organisation ask LAIP to look at new documents, once until it has answered."""
    asks = organisation.status is OrganisationStatus.VERIFIED and organisation.recheck_asked_at is None
    return asks and actor.has_role(organisation.id, MemberRole.OWNER)


def can_decide(actor: Actor, organisation: Organisation) -> bool:
    """Moderators decide, but never on their own organisation."""
    return moderates(actor, organisation.id)


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
    return knows_stand_ins(actor, organisation) and actor.has_role(organisation.id, *APPROVERS)


def can_end_stand_in(actor: Actor, organisation: Organisation, *, user_id: int, named_by: int) -> bool:
    """The two whom it concerns, and the owners."""
    owns = actor.has_role(organisation.id, MemberRole.OWNER)
    return knows_stand_ins(actor, organisation) and (owns or actor.user_id in (user_id, named_by))


def may_in_succession(actor: Actor, party: str, succession: Any) -> bool:
    """For its status table: LAIP names and decides, never for an own organisation; an owner objects."""
    if party == "owner":
        return actor.has_role(succession.organisation_id, MemberRole.OWNER)
    return party == "moderator" and moderates(actor, succession.organisation_id)


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
