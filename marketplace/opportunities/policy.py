"""Who may do what with a listing, its versions and its documents."""

from typing import Any

from marketplace.core.actor import Actor, Membership, OrganisationKind, StandingIn
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import (
    EDITABLE,
    LIVING,
    PUBLIC_LIFE,
    DocumentAccess,
    Origin,
    VersionStatus,
)
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.assistance_rules import AssistanceStatus
from marketplace.opportunities.support.policy import is_province, opens
from marketplace.opportunities.support.rules import NO_TIES, Ties
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.policy import find_place, list_verified_places, moderates

V = VersionStatus
# What LAIP may read: whatever was once submitted to it, never a draft that was not.
_SEEN_BY_MODERATORS = frozenset({V.SUBMITTED, V.RETURNED, V.PUBLISHED, V.REJECTED})


def may_act_as(actor: Actor, party: str, row: Any) -> bool:
    """Whether the actor is that party to an opportunity or a version: editor, approver, releaser, moderator.

    A releaser sends a version on to LAIP or back: an approver, or who stands in for one today.
    """
    owner = _owner(row)
    if party == "releaser":
        return may_act_as(actor, "approver", row) or on_behalf_of(actor, row) is not None
    if party == "moderator":
        # Nobody decides on a listing of an organisation that they belong to, or that they wrote.
        return moderates(actor, owner) and not has_written(actor, row)
    if party == "editor" and helps(actor, row):
        return True
    roles = {"editor": WRITERS, "approver": APPROVERS}.get(party, ())
    return owner is not None and actor.has_role(owner, *roles)


def _owner(row: Opportunity | OpportunityVersion) -> int | None:
    return _listing(row).organisation_id


def _listing(row: Opportunity | OpportunityVersion) -> Opportunity:
    return row.opportunity if isinstance(row, OpportunityVersion) else row


def assists(actor: Actor, assistance: Assistance | None) -> bool:
    """Whether the actor belongs to the side that writes with the Pemda now: LAIP, or a province that is verified."""
    if assistance is None or assistance.status is not AssistanceStatus.STANDING:
        return False
    if assistance.organisation_id is None:
        return actor.is_moderator
    place = actor.membership_in(assistance.organisation_id)
    return place is not None and place.verified and place.role in WRITERS


def helps(actor: Actor, row: Opportunity | OpportunityVersion) -> bool:
    """Whether the actor writes with the Pemda here; of the versions that the Pemda began, published ones only."""
    if not assists(actor, _listing(row).assistance):
        return False
    return not isinstance(row, OpportunityVersion) or row.assisted or row.status is V.PUBLISHED


def has_written(actor: Actor, row: Opportunity | OpportunityVersion) -> bool:
    """Whether the actor ever wrote in this listing for an assisting side."""
    assistance = _listing(row).assistance
    return assistance is not None and any(each.user_id == actor.user_id for each in assistance.writers)


def may_in_assistance(actor: Actor, party: str, assistance: Assistance) -> bool:
    """For the status table: the helper begins, the Pemda's approvers end."""
    return (
        assists(actor, assistance) if party == "helper" else may_act_as(actor, party, assistance.opportunity)
    )


def find_helping_place(actor: Actor) -> Membership | None:
    """The verified province for which the actor may help others of it; None also for LAIP, which has no place."""
    return next((place for place in actor.memberships if place.verified and is_province(place)), None)


def knows_assistance(actor: Actor) -> bool:
    """Whether the actor belongs to a side that may write for others: LAIP, or a verified province."""
    return actor.is_moderator or find_helping_place(actor) is not None


def can_assist(actor: Actor) -> bool:
    """Whether the actor may write for others: a moderator, or who writes in that province."""
    place = find_helping_place(actor)
    return actor.is_moderator or (place is not None and place.role in WRITERS)


def can_end_assistance(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor may end the assistance at once, whatever it is doing."""
    assistance = opportunity.assistance
    stands = assistance is not None and assistance.status is AssistanceStatus.STANDING
    return stands and may_act_as(actor, "approver", opportunity)


def on_behalf_of(actor: Actor, row: Any) -> StandingIn | None:
    """In whose place the actor releases this Pemda's listings today; None where the own role gives the right."""
    place = actor.membership_in(_owner(row))
    if place is None or place.kind is not OrganisationKind.PEMDA or place.role in APPROVERS:
        return None
    return place.stands_in


def can_start(actor: Actor) -> bool:
    """Whether the actor may write a new listing."""
    place = find_place(actor, OrganisationKind.PEMDA)
    return place is not None and place.role in WRITERS


def is_colleague(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor belongs to the organisation whose listing it is."""
    return actor.membership_in(opportunity.organisation_id) is not None


def works_on(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether the workspace of this version is the actor's: a colleague's, or an assisting side's."""
    return is_colleague(actor, version.opportunity) or helps(actor, version)


def can_read_version(actor: Actor, version: OpportunityVersion, ties: Ties = NO_TIES) -> bool:
    """Whether the actor may read this version, published or not; `ties`: what binds a supporter of theirs to it."""
    opportunity = version.opportunity
    if works_on(actor, version) or opens(actor, version, ties):
        return True
    if actor.is_moderator:
        return version.status in _SEEN_BY_MODERATORS
    return is_public(opportunity) and opportunity.published_version_id == version.id


def is_public(opportunity: Opportunity) -> bool:
    """Whether everybody may read the listing now."""
    return opportunity.status in PUBLIC_LIFE


def _lives(version: OpportunityVersion) -> bool:
    return version.opportunity.status in LIVING


def can_edit(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether the actor may change this version now."""
    return version.status in EDITABLE and _lives(version) and may_act_as(actor, "editor", version)


def can_send_to_approver(actor: Actor, version: OpportunityVersion) -> bool:
    return version.status is V.DRAFT and _lives(version) and may_act_as(actor, "editor", version)


def can_approve(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether it is this actor's turn to release the version to LAIP or send it back."""
    return version.status is V.IN_APPROVAL and _lives(version) and may_act_as(actor, "releaser", version)


def can_decide(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether this moderator may publish, return or reject the version now."""
    return version.status is V.SUBMITTED and _lives(version) and may_act_as(actor, "moderator", version)


def can_start_version(actor: Actor, newest: OpportunityVersion) -> bool:
    """Whether the actor may begin the next version: none is open, and the listing still lives."""
    decided = newest.status in (V.PUBLISHED, V.REJECTED)
    return decided and _lives(newest) and may_act_as(actor, "editor", newest)


def can_end(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor may withdraw the listing or state its outcome."""
    return opportunity.status == "published" and may_act_as(actor, "approver", opportunity)


def can_amend(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor may add a notice now: its Pemda must be one that may act today."""
    place = actor.membership_in(opportunity.organisation_id)
    return can_end(actor, opportunity) and place is not None and place.verified


def takes_interest(opportunity: Opportunity) -> bool:
    """Whether partners may show interest at all; the deadline is looked at elsewhere."""
    return opportunity.origin is Origin.POSTED and opportunity.status == "published"


def knows_document(
    actor: Actor,
    document: OpportunityDocument,
    version: OpportunityVersion,
    shown_as: DocumentAccess | None,
    ties: Ties = NO_TIES,
) -> bool:
    """Whether there is such a document for the actor.

    `shown_as`: the level under which the published version shows this document, None where it does not. To the public,
    its older versions are known as long as it is shown, under the level of today.
    """
    if _holds_documents(actor, version):
        return True
    if document.replaced_at is not None:
        return False
    if _is_draft_beside(actor, document, version, ties):
        return True
    if actor.is_moderator:
        return version.status in _SEEN_BY_MODERATORS
    return is_public(version.opportunity) and version.status is V.PUBLISHED and shown_as is not None


def _holds_documents(actor: Actor, version: OpportunityVersion) -> bool:
    """Of what the Pemda published by itself, an assisting side reads what its readers may."""
    return is_colleague(actor, version.opportunity) or (version.assisted and helps(actor, version))


def can_read_document(
    actor: Actor,
    document: OpportunityDocument,
    version: OpportunityVersion,
    shown_as: DocumentAccess | None,
    *,
    granted: bool,
    ties: Ties = NO_TIES,
) -> bool:
    """Whether the actor may open the document; `granted`: one of their `partner_places` was accepted."""
    if _holds_documents(actor, version):
        return True
    if _is_draft_beside(actor, document, version, ties) and not actor.is_moderator:
        return document.access is DocumentAccess.PUBLIC
    if not knows_document(actor, document, version, shown_as):
        return False
    if actor.is_moderator:
        return True
    if shown_as is DocumentAccess.PUBLIC:
        return True
    return bool(partner_places(actor)) and (shown_as is DocumentAccess.VERIFIED_PARTNERS or granted)


def _is_draft_beside(
    actor: Actor, document: OpportunityDocument, version: OpportunityVersion, ties: Ties
) -> bool:
    """Supporters know the documents of the drafts that they read; of public versions they know what everybody does."""
    in_work = version.status is not V.PUBLISHED and document.replaced_at is None
    return in_work and opens(actor, version, ties)


def partner_places(actor: Actor) -> list[int]:
    """The verified partners to which the actor belongs now: those whose documents they may open."""
    return list_verified_places(actor, OrganisationKind.PARTNER)
