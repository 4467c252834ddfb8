"""Who stands beside a listing that is not theirs, and what that lets them do. Pure: what binds them comes as `Ties`."""

from collections.abc import Iterable, Iterator
from typing import Any

from marketplace.core.actor import Actor, Membership, OrganisationKind
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE, LifeStatus, VersionStatus
from marketplace.opportunities.support.rules import SENT, Ties, is_commentable, is_recommendable
from marketplace.organisations.member_rules import WRITERS
from marketplace.regions.rules import is_province_code

K = OrganisationKind


def is_province(place: Membership) -> bool:
    """Whether the organisation is the government of a province."""
    return place.kind is K.PEMDA and place.region_code is not None and is_province_code(place.region_code)


def is_province_of(place: Membership, opportunity: Opportunity) -> bool:
    """Whether that organisation is the verified province in which the listing's kabupaten or kota lies."""
    if not place.verified or not is_province(place):
        return False
    return opportunity.region_code.startswith(f"{place.region_code}.")


def supports_any(place: Membership) -> bool:
    """Whether the organisation stands beside listings of others: tutors, ministries, provinces."""
    return is_province(place) or place.kind in (K.TUTOR, K.MINISTRY)


def opens(actor: Actor, version: OpportunityVersion, ties: Ties) -> bool:
    """Whether one of the actor's organisations lets them read this version, public or not."""
    return any(_opens(place, version, ties) for place in actor.memberships)


def _opens(place: Membership, version: OpportunityVersion, ties: Ties) -> bool:
    opportunity = version.opportunity
    if not place.verified or opportunity.status is LifeStatus.WITHDRAWN:
        return False
    if place.kind is K.TUTOR:
        return place.organisation_id in ties.guiding
    if is_province_of(place, opportunity):
        return ties.shared or version.status in SENT
    is_told = place.kind is K.MINISTRY and place.organisation_id in ties.forwarded
    return is_told and version.status in SENT


def list_places(actor: Actor, version: OpportunityVersion, ties: Ties) -> list[Membership]:
    """For which organisations the actor stands beside this version; who owns the listing is no supporter of it."""
    owner = version.opportunity.organisation_id
    others = (place for place in actor.memberships if place.organisation_id != owner)
    return [place for place in others if _opens(place, version, ties) or _reads_in_public(place, version)]


def _reads_in_public(place: Membership, version: OpportunityVersion) -> bool:
    """A ministry stands beside everything that is public."""
    return place.verified and place.kind is K.MINISTRY and _is_shown(version)


def _is_shown(version: OpportunityVersion) -> bool:
    opportunity = version.opportunity
    return opportunity.status in PUBLIC_LIFE and opportunity.published_version_id == version.id


def _speaking(actor: Actor, version: OpportunityVersion, ties: Ties) -> list[Membership]:
    return [place for place in list_places(actor, version, ties) if place.role in WRITERS]


def _trusted_with_drafts(places: Iterable[Membership], ties: Ties) -> list[Membership]:
    """Tutors that guide the Pemda, and its province where the drafts are shown to it."""
    return [place for place in places if place.kind is K.TUTOR or (place.kind is K.PEMDA and ties.shared)]


def reads_comments(actor: Actor, version: OpportunityVersion, ties: Ties) -> bool:
    """Comments are between the Pemda and those to whom it opens its drafts."""
    return bool(_trusted_with_drafts(list_places(actor, version, ties), ties))


def find_commenter(actor: Actor, version: OpportunityVersion, ties: Ties) -> Membership | None:
    """For whom the actor may comment on a version that is still worked on or decided."""
    if not is_commentable(version.status, version.opportunity.status):
        return None
    return next(iter(_trusted_with_drafts(_speaking(actor, version, ties), ties)), None)


def find_recommender(actor: Actor, version: OpportunityVersion, ties: Ties) -> Membership | None:
    """For whom the actor may recommend this version: any supporter that reads it, once it was sent to LAIP.

    Nobody recommends what their own side wrote with the Pemda.
    """
    places = _recommending(actor, version, ties)
    return next((place for place in places if not _wrote_along(place, version)), None)


def _wrote_along(place: Membership, version: OpportunityVersion) -> bool:
    assistance = version.opportunity.assistance
    return assistance is not None and assistance.organisation_id == place.organisation_id


def find_forwarder(actor: Actor, version: OpportunityVersion, ties: Ties) -> Membership | None:
    """For which province the actor may pass this version on."""
    places = _recommending(actor, version, ties)
    return next((place for place in places if is_province_of(place, version.opportunity)), None)


def _recommending(actor: Actor, version: OpportunityVersion, ties: Ties) -> Iterator[Membership]:
    is_current = version.status is VersionStatus.SUBMITTED or _is_shown(version)
    if is_current and is_recommendable(version.status, version.opportunity.status):
        yield from _speaking(actor, version, ties)


def may_recommend(actor: Actor, party: str, row: Any) -> bool:
    """For the table of recommendations: the author takes back what it gave, also while it is suspended."""
    place = actor.membership_in(row.organisation_id)
    if place is None or place.role not in WRITERS:
        return False
    return party == "author" or (party == "supporter" and place.verified)


def can_share(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether the actor writes for the listing's own organisation, and so may show its drafts to the province."""
    return actor.has_role(version.opportunity.organisation_id, *WRITERS)
