from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, literal_column, null, or_, select, tuple_, union_all

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.innovations.models import Innovation
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE, LifeStatus, Origin
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """What is open now, public examples left out; `value_idr` is the sum of those `valued` that state one."""

    listings: int = 0
    regions: int = 0
    valued: int = 0
    value_idr: int = 0
    by_province: dict[str, int] = field(default_factory=dict)
    by_dimension: dict[str, int] = field(default_factory=dict)
    by_sector: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """Who is here, and how many pairs were introduced (whatever became of them since)."""

    partners: int
    governments: int
    introduced: int


@dataclass(frozen=True, slots=True)
class Address:
    """The last part of a public page's address and when the page last changed."""

    slug: str
    changed_at: datetime | None


# A parameter would differ between SELECT and GROUP BY.
_PROVINCE = func.left(Opportunity.region_code, literal_column("2"))
_DIMENSION = OpportunityVersion.dimension_code
_SECTOR = OpportunityVersion.sector_code


def count_open(now: datetime) -> OpenFigures:
    """The figures of the open listings, in one statement: in all, by province, dimension and sector."""
    rows = db.session.execute(
        select(
            func.grouping(_PROVINCE, _DIMENSION, _SECTOR).label("left_out"),
            func.coalesce(_PROVINCE, _DIMENSION, _SECTOR).label("code"),
            func.count().label("listings"),
            func.count(Opportunity.region_code.distinct()).label("regions"),
            func.count(OpportunityVersion.value_idr).label("valued"),
            func.coalesce(func.sum(OpportunityVersion.value_idr), 0).label("value_idr"),
        )
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(*_open(now))
        .group_by(func.grouping_sets(tuple_(_PROVINCE), tuple_(_DIMENSION), tuple_(_SECTOR), tuple_()))
    ).all()
    by: dict[int, dict[str, int]] = {0b011: {}, 0b101: {}, 0b110: {}}
    whole = OpenFigures()
    for row in rows:
        if row.left_out == 0b111:
            whole = OpenFigures(row.listings, row.regions, row.valued, int(row.value_idr), *by.values())
        elif row.code is not None:
            by[row.left_out][row.code] = row.listings
    return whole


def count_meetings() -> MeetingFigures:
    """Verified organisations and introductions, in one statement."""
    row = db.session.execute(
        select(
            _count_verified(OrganisationKind.PARTNER),
            _count_verified(OrganisationKind.PEMDA),
            select(func.count())
            .select_from(Collaboration)
            .where(Collaboration.status != CollaborationStatus.REFUSED)
            .scalar_subquery(),
        )
    ).one()
    return MeetingFigures(*row)


def list_fresh_ids(now: datetime, limit: int) -> tuple[list[int], list[int]]:
    """The newest open listings, and as many public examples, newest first, as are missing to the limit."""
    examples = (
        Opportunity.origin == Origin.PUBLIC_EXAMPLE,
        Opportunity.status == LifeStatus.PUBLISHED,
        Opportunity.published_version_id.is_not(None),
    )
    both = union_all(select(_newest(_open(now), limit)), select(_newest(examples, limit))).subquery()
    rows = db.session.execute(select(both.c.id, both.c.origin).order_by(*_newest_first(both.c))).all()
    posted = [number for number, origin in rows if origin == Origin.POSTED]
    shown = [number for number, origin in rows if origin == Origin.PUBLIC_EXAMPLE]
    return posted, shown[: limit - len(posted)]


def _newest(conditions: tuple[ColumnElement[bool], ...], limit: int) -> Subquery:
    columns = (Opportunity.id, Opportunity.origin, Opportunity.example_year, Opportunity.published_at)
    return select(*columns).where(*conditions).order_by(*_newest_first(Opportunity)).limit(limit).subquery()


def _newest_first(row: Any) -> tuple[ColumnElement[Any], ...]:
    """Examples by their year; what was posted has none, and goes by its publication."""
    return row.example_year.desc().nulls_last(), row.published_at.desc().nulls_last(), row.id.desc()


def count_addresses() -> dict[str, int]:
    """How many listings, partners and innovations have a public page."""
    row = db.session.execute(
        select(
            select(func.count()).select_from(Opportunity).where(*_has_page()).scalar_subquery(),
            _count_verified(OrganisationKind.PARTNER),
            select(func.count()).select_from(Innovation).scalar_subquery(),
        )
    ).one()
    return dict(zip(("peluang", "mitra", "inovasi"), row, strict=True))


def list_addresses(kind: str, *, limit: int, offset: int) -> Iterator[Address]:
    """Some of the public pages under /peluang, /mitra or /inovasi, in a lasting order."""
    queries = {
        "peluang": select(Opportunity.slug, Opportunity.updated_at)
        .where(*_has_page())
        .order_by(Opportunity.id),
        "mitra": select(Organisation.slug, null())
        .where(*_verified(OrganisationKind.PARTNER))
        .order_by(Organisation.id),
        "inovasi": select(Innovation.slug, null()).order_by(Innovation.id),
    }
    rows = db.session.execute(queries[kind].limit(limit).offset(offset))
    return (Address(str(slug), changed_at) for slug, changed_at in rows)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Opportunity.origin == Origin.POSTED,
        Opportunity.status == LifeStatus.PUBLISHED,
        Opportunity.published_version_id.is_not(None),
        or_(Opportunity.closes_at.is_(None), Opportunity.closes_at > now),
    )


def _has_page() -> tuple[ColumnElement[bool], ...]:
    return (
        Opportunity.status.in_(PUBLIC_LIFE),
        Opportunity.slug.is_not(None),
        Opportunity.published_version_id.is_not(None),
    )


def _verified(kind: OrganisationKind) -> tuple[ColumnElement[bool], ...]:
    return Organisation.kind == kind, trusted()


def _count_verified(kind: OrganisationKind) -> ColumnElement[int]:
    return select(func.count()).select_from(Organisation).where(*_verified(kind)).scalar_subquery()
