"""Who may do what with a listing, its versions and its documents."""

from typing import Any

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import (
    EDITABLE,
    LIVING,
    PUBLIC_LIFE,
    DocumentAccess,
    Origin,
    VersionStatus,
)
from marketplace.opportunities.support_policy import opens
from marketplace.opportunities.support_rules import NO_TIES, Ties

R, V = MemberRole, VersionStatus
EDITORS = (R.OWNER, R.APPROVER, R.EDITOR)
APPROVERS = (R.OWNER, R.APPROVER)
# What LAIP may read: whatever was once submitted to it, never a draft that was not.
_SEEN_BY_MODERATORS = frozenset({V.SUBMITTED, V.RETURNED, V.PUBLISHED, V.REJECTED})


def may_act_as(actor: Actor, party: str, row: Any) -> bool:
    """Whether the actor is that party (editor, approver, moderator) to an opportunity or a version."""
    owner = _owner(row)
    if party == "moderator":
        # Nobody decides on a listing of an organisation that they belong to.
        return actor.is_moderator and actor.membership_in(owner) is None
    roles = {"editor": EDITORS, "approver": APPROVERS}.get(party, ())
    return owner is not None and actor.has_role(owner, *roles)


def _owner(row: Opportunity | OpportunityVersion) -> int | None:
    return row.opportunity.organisation_id if isinstance(row, OpportunityVersion) else row.organisation_id


def find_pemda(actor: Actor) -> Membership | None:
    """The Pemda for which the actor works here: the main organisation if it is one, else the first; or None."""
    return next((place for place in actor.memberships if place.kind is OrganisationKind.PEMDA), None)


def can_start(actor: Actor) -> bool:
    """Whether the actor may write a new listing."""
    place = find_pemda(actor)
    return place is not None and place.role in EDITORS


def is_colleague(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor belongs to the organisation whose listing it is."""
    return actor.membership_in(opportunity.organisation_id) is not None


def can_read_version(actor: Actor, version: OpportunityVersion, ties: Ties = NO_TIES) -> bool:
    """Whether the actor may read this version, published or not; `ties`: what binds a supporter of theirs to it."""
    opportunity = version.opportunity
    if is_colleague(actor, opportunity) or opens(actor, version, ties):
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
    return version.status is V.IN_APPROVAL and _lives(version) and may_act_as(actor, "approver", version)


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
    if is_colleague(actor, version.opportunity):
        return True
    if document.replaced_at is not None:
        return False
    if _is_draft_beside(actor, document, version, ties):
        return True
    if actor.is_moderator:
        return version.status in _SEEN_BY_MODERATORS
    return is_public(version.opportunity) and version.status is V.PUBLISHED and shown_as is not None


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
    if is_colleague(actor, version.opportunity):
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
    """The verified partners to which the actor belongs now: a suspended one opens nothing."""
    return [
        place.organisation_id
        for place in actor.memberships
        if place.verified and place.kind is OrganisationKind.PARTNER
    ]
