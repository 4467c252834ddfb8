"""What stands beside a listing, and the listings beside which an organisation stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.queries import find_newest_version, find_version
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.opportunities.support.models import (
    Forwarding,
    ProvinceShare,
    Recommendation,
    VersionComment,
)
from marketplace.opportunities.support.policy import is_province_of, list_places
from marketplace.opportunities.support.rules import NO_TIES, RecommendationStatus, Ties
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.policy import list_verified_places
from marketplace.organisations.queries import CARD, Card
from marketplace.organisations.trust_queries import trusted
from marketplace.regions.rules import is_province_code

K = OrganisationKind


def find_ties(actor: Actor, version: OpportunityVersion) -> Ties:
    """What binds the actor's verified organisations to this version; asks nothing where they have none that could."""
    opportunity = version.opportunity
    tutors, ministries = list_verified_places(actor, K.TUTOR), list_verified_places(actor, K.MINISTRY)
    in_province = any(is_province_of(place, opportunity) for place in actor.memberships)
    if not (tutors or ministries or in_province):
        return NO_TIES
    guiding = select(func.array_agg(Guidance.tutor_id)).where(
        Guidance.pemda_id == opportunity.organisation_id,
        Guidance.tutor_id.in_(tutors),
        Guidance.status == GuidanceStatus.ACTIVE,
    )
    told = select(func.array_agg(Forwarding.to_id)).where(
        Forwarding.version_id == version.id, Forwarding.to_id.in_(ministries)
    )
    shared = exists().where(ProvinceShare.opportunity_id == opportunity.id)
    row = db.session.execute(select(guiding.scalar_subquery(), shared, told.scalar_subquery())).one()
    return Ties(frozenset(row[0] or ()), bool(row[1]), frozenset(row[2] or ()))


def find_readable(actor: Actor, opportunity_id: int, *, public: bool = False) -> OpportunityVersion | None:
    """The newest version beside which the actor stands, else (or where `public` is wanted) the public one."""
    newest = find_newest_version(opportunity_id)
    if newest is None:
        return None
    if not public and list_places(actor, newest, find_ties(actor, newest)):
        return newest
    shown = find_version(newest.opportunity.published_version_id or 0)
    if shown is None or not list_places(actor, shown, find_ties(actor, shown)):
        return None
    return shown


def is_shared(opportunity_id: int) -> bool:
    """Whether the listing's Pemda shows its drafts to its province."""
    return bool(db.session.scalar(select(exists().where(ProvinceShare.opportunity_id == opportunity_id))))


def list_draft_readers(opportunity: Opportunity) -> list[str]:
    """The organisations beside the Pemda that read the listing's drafts today, by name."""
    guides = select(Guidance.tutor_id).where(
        Guidance.pemda_id == opportunity.organisation_id, Guidance.status == GuidanceStatus.ACTIVE
    )
    province = and_(
        Organisation.kind == K.PEMDA,
        Organisation.region_code == opportunity.region_code[:2],
        Organisation.id != opportunity.organisation_id,
        exists().where(ProvinceShare.opportunity_id == opportunity.id),
    )
    names = select(Organisation.name).where(trusted(), or_(Organisation.id.in_(guides), province))
    return list(db.session.scalars(names.order_by(Organisation.name).limit(20)))


def find_province_card(region_code: str) -> Card | None:
    """The verified government of the province in which the region lies; None for a province itself."""
    if is_province_code(region_code):
        return None
    row = db.session.execute(
        select(*CARD).where(
            Organisation.kind == K.PEMDA, Organisation.region_code == region_code[:2], trusted()
        )
    ).first()
    return Card(*row) if row else None


def list_ministries(*, limit: int = 100) -> list[Card]:
    """The verified ministries, by name."""
    rows = db.session.execute(
        select(*CARD)
        .where(Organisation.kind == K.MINISTRY, trusted())
        .order_by(Organisation.name, Organisation.id)
        .limit(limit)
    )
    return [Card(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as its readers see it: the organisation speaks, not the person."""

    id: int
    field: str
    words: str
    made_at: datetime
    handled_at: datetime | None
    organisation_id: int
    organisation: str


def list_comments(version_id: int, *, unhandled: bool = False) -> list[Comment]:
    """The comments on a version, oldest first; `support_rules.COMMENTS_AT_MOST` bounds them."""
    wanted = (
        select(
            VersionComment.id,
            VersionComment.field,
            VersionComment.words,
            VersionComment.made_at,
            VersionComment.handled_at,
            Organisation.id,
            Organisation.name,
        )
        .join(Organisation, Organisation.id == VersionComment.organisation_id)
        .where(VersionComment.version_id == version_id)
        .order_by(VersionComment.id)
    )
    if unhandled:
        wanted = wanted.where(VersionComment.handled_at.is_(None))
    return [Comment(*row) for row in db.session.execute(wanted)]


def by_field(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    """The comments at each field; '' holds those on the whole."""
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        found.setdefault(comment.field, []).append(comment)
    return found


@dataclass(frozen=True, slots=True)
class Voice:
    """A recommendation that stands today."""

    id: int
    kind: OrganisationKind
    organisation_id: int
    organisation: str
    region_code: str | None
    words_id: str
    words_en: str
    made_at: datetime
    number: int


def list_voices(opportunity_id: int, *, public: bool) -> list[Voice]:
    """The recommendations of organisations that are trusted today; `public`: only of versions that were published."""
    wanted = (
        select(
            Recommendation.id,
            Organisation.kind,
            Organisation.id,
            Organisation.name,
            Organisation.region_code,
            Recommendation.words_id,
            Recommendation.words_en,
            Recommendation.made_at,
            OpportunityVersion.number,
        )
        .join(Organisation, Organisation.id == Recommendation.organisation_id)
        .join(OpportunityVersion, OpportunityVersion.id == Recommendation.version_id)
        .where(
            Recommendation.opportunity_id == opportunity_id,
            Recommendation.status == RecommendationStatus.GIVEN,
            trusted(),
        )
        .order_by(Recommendation.id)
        .limit(50)
    )
    if public:
        wanted = wanted.where(OpportunityVersion.status == VersionStatus.PUBLISHED)
    return [Voice(*row) for row in db.session.execute(wanted)]


def find_recommendation(opportunity_id: int, organisation_ids: Sequence[int]) -> Recommendation | None:
    """The recommendation of one of these organisations that stands."""
    return db.session.scalar(
        select(Recommendation)
        .where(
            Recommendation.opportunity_id == opportunity_id,
            Recommendation.organisation_id.in_(organisation_ids),
            Recommendation.status == RecommendationStatus.GIVEN,
        )
        .order_by(Recommendation.id)
        .limit(1)
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True, slots=True)
class Passed:
    """A version that a province passed on."""

    opportunity_id: int
    version_id: int
    number: int
    review: VersionStatus
    slug: str | None
    life: LifeStatus
    title_id: str
    title_en: str
    region_code: str
    from_name: str
    to_name: str | None
    words: str
    forwarded_at: datetime


def _passed(*where: ColumnElement[bool]) -> Any:
    giver, taker = aliased(Organisation), aliased(Organisation)
    return (
        select(
            Opportunity.id, OpportunityVersion.id, OpportunityVersion.number, OpportunityVersion.status, Opportunity.slug,
            Opportunity.status, OpportunityVersion.title_id, OpportunityVersion.title_en, Opportunity.region_code,
            giver.name, taker.name, Forwarding.words, Forwarding.forwarded_at,
        )
        .join(OpportunityVersion, OpportunityVersion.id == Forwarding.version_id)
        .join(Opportunity, Opportunity.id == OpportunityVersion.opportunity_id)
        .join(giver, giver.id == Forwarding.from_id)
        .outerjoin(taker, taker.id == Forwarding.to_id)
        .where(*where)
        .order_by(Forwarding.id.desc())
    )  # fmt: skip


def list_passed_to_staff(*, limit: int, offset: int) -> list[Passed]:
    """What provinces passed on to LAIP, newest first."""
    rows = db.session.execute(_passed(Forwarding.to_id.is_(None)).limit(limit).offset(offset))
    return [Passed(*row) for row in rows]


def count_passed_to_staff() -> int:
    """How much provinces passed on to LAIP."""
    return db.session.scalar(select(func.count(Forwarding.id)).where(Forwarding.to_id.is_(None))) or 0


def list_passed(opportunity_id: int, *, by: Sequence[int] = (), to: Sequence[int] = ()) -> list[Passed]:
    """What was passed on of one listing, by or to one of these organisations; newest first."""
    sides = or_(Forwarding.from_id.in_(by), Forwarding.to_id.in_(to))
    rows = db.session.execute(_passed(Opportunity.id == opportunity_id, sides).limit(20))
    return [Passed(*row) for row in rows]


def list_passed_of(opportunity_id: int) -> list[Passed]:
    """Everything that was passed on of one listing, for its own Pemda and for LAIP."""
    rows = db.session.execute(_passed(Opportunity.id == opportunity_id).limit(20))
    return [Passed(*row) for row in rows]


def shared_with_province() -> ColumnElement[bool]:
    """Whether a listing's drafts are shown to its province."""
    # Named, since within a subquery of a subquery nothing is correlated by itself: everything would be shared.
    return exists().where(ProvinceShare.opportunity_id == Opportunity.id).correlate(Opportunity)


def passed_to(organisation_id: int, version: Any) -> ColumnElement[bool]:
    """Whether a version was passed on to that ministry."""
    told = exists().where(and_(Forwarding.version_id == version.id, Forwarding.to_id == organisation_id))
    return told.correlate(version)
