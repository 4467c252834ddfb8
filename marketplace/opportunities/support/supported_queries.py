"""The list of an organisation that stands beside listings of others: one page of it at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from marketplace.core.actor import Membership, OrganisationKind
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin, VersionStatus
from marketplace.opportunities.support.models import Forwarding, Recommendation, VersionComment
from marketplace.opportunities.support.queries import passed_to, shared_with_province
from marketplace.opportunities.support.rules import SENT, RecommendationStatus, Stage
from marketplace.organisations.guidance_queries import guided_by
from marketplace.organisations.models import Organisation
from marketplace.regions.queries import gazetteer

K = OrganisationKind


_REVIEWS = {
    Stage.SENT: (VersionStatus.SUBMITTED,),
    Stage.PUBLIC: (VersionStatus.PUBLISHED,),
    Stage.DRAFT: tuple(status for status in VersionStatus if status not in SENT),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of the list wants to see; empty: everything."""

    stage: Stage | None = None
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class SupportedLine:
    """One listing, by the newest version that the organisation reads."""

    id: int
    title_id: str
    title_en: str
    region_code: str
    organisation: str
    number: int
    review: VersionStatus
    edited_at: datetime
    open_comments: int
    recommended: bool
    passed: bool


def list_supported(place: Membership, asked: Asked, *, limit: int, offset: int = 0) -> list[SupportedLine]:
    """One page, last edited first."""
    version = aliased(OpportunityVersion)
    columns: tuple[Any, ...] = (
        Opportunity.id, version.title_id, version.title_en, Opportunity.region_code, Organisation.name, version.number,
        version.status, version.edited_at, _open_comments(place, version), _recommended(place),
        passed_to(place.organisation_id, version),
    )  # fmt: skip
    statement = _beside(select(*columns), place, asked, version).join(
        Organisation, Organisation.id == Opportunity.organisation_id
    )
    rows = db.session.execute(
        statement.order_by(version.edited_at.desc(), Opportunity.id.desc()).limit(limit).offset(offset)
    )
    return [SupportedLine(*row) for row in rows]


def count_supported(place: Membership, asked: Asked) -> int:
    """How many listings the list has."""
    version = aliased(OpportunityVersion)
    return db.session.scalar(_beside(select(func.count(Opportunity.id)), place, asked, version)) or 0


def list_regions(place: Membership) -> Sequence[str]:
    """The regions by which the list may be narrowed: a province's, or those of the Pemda that a tutor guides."""
    if place.kind is K.PEMDA:
        return [child.code for child in gazetteer().children(place.region_code or "")]
    if place.kind is not K.TUTOR:
        return []
    guided = guided_by(place.organisation_id)
    codes = select(Organisation.region_code).where(Organisation.id.in_(guided))
    return sorted({str(code) for code in db.session.scalars(codes)})


def _beside(statement: Select[Any], place: Membership, asked: Asked, version: Any) -> Select[Any]:
    """The listings of that organisation's list, each joined with the newest version that it reads."""
    listings, readable = _scope(place)
    newer = aliased(OpportunityVersion)
    newest = (
        select(newer.id)
        .where(newer.opportunity_id == Opportunity.id, readable(newer))
        .order_by(newer.number.desc())
        .limit(1)
        .correlate(Opportunity)
        .scalar_subquery()
    )
    return (
        statement.select_from(Opportunity)
        .join(version, version.id == newest)
        .where(
            Opportunity.origin == Origin.POSTED, Opportunity.status != LifeStatus.WITHDRAWN, listings,
            *_narrowed(asked, version),
        )
    )  # fmt: skip


def _scope(place: Membership) -> tuple[ColumnElement[bool], Any]:
    """Which listings, and which of their versions: the SQL twin of `support_policy.opens`."""
    if place.kind is K.TUTOR:
        guided = Opportunity.organisation_id.in_(guided_by(place.organisation_id))
        return guided, lambda _version: Opportunity.id.is_not(None)
    if place.kind is K.PEMDA:
        inside = [child.code for child in gazetteer().children(place.region_code or "")]
        shared = shared_with_province()
        return Opportunity.region_code.in_(inside), lambda version: or_(_is_sent(version), shared)
    ours = place.organisation_id
    told = (
        select(OpportunityVersion.opportunity_id)
        .join(Forwarding, Forwarding.version_id == OpportunityVersion.id)
        .where(Forwarding.to_id == ours)
    )
    spoken = select(Recommendation.opportunity_id).where(
        Recommendation.organisation_id == ours, Recommendation.status == RecommendationStatus.GIVEN
    )
    # A union of few, since two conditions joined by OR would be asked of every listing.
    return Opportunity.id.in_(told.union(spoken)), lambda version: or_(
        and_(_is_sent(version), passed_to(ours, version)), version.id == Opportunity.published_version_id
    )


def _is_sent(version: Any) -> ColumnElement[bool]:
    sent: ColumnElement[bool] = version.status.in_(sorted(SENT))
    return sent


def _open_comments(place: Membership, version: Any) -> Any:
    """How many comments wait, for those who read them: the SQL twin of `support_policy.reads_comments`."""
    reads = {K.TUTOR: true(), K.PEMDA: shared_with_province()}.get(place.kind, false())
    counted = select(func.count(VersionComment.id)).where(
        VersionComment.version_id == version.id, VersionComment.handled_at.is_(None), reads
    )
    return counted.correlate(version, Opportunity).scalar_subquery()


def _recommended(place: Membership) -> ColumnElement[bool]:
    spoken = exists().where(
        Recommendation.opportunity_id == Opportunity.id,
        Recommendation.organisation_id == place.organisation_id,
        Recommendation.status == RecommendationStatus.GIVEN,
    )
    return spoken.correlate(Opportunity)


def _narrowed(asked: Asked, version: Any) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.stage:
        conditions.append(version.status.in_(_REVIEWS[asked.stage]))
    if asked.region_code:
        conditions.append(Opportunity.region_code == asked.region_code)
    return conditions
