"""Bookmarks and watches of one person, the listings to compare, and deadlines that come near."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Select, and_, any_, bindparam, exists, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.extensions import db
from marketplace.notifications.models import Follower
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.queries import visible
from marketplace.opportunities.rules import LifeStatus, Origin, Standing, standing
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted
from marketplace.saved.models import Bookmark
from marketplace.saved.rules import WARN_BEFORE


@dataclass(frozen=True, slots=True)
class Marks:
    """What one person has done with a listing; `by_mail` None where it is not watched."""

    kept: bool = False
    by_mail: bool | None = None

    @property
    def watched(self) -> bool:
        return self.by_mail is not None


def find_marks(user_id: int | None, opportunity_id: int) -> Marks:
    """Both in one statement; none is asked for a visitor."""
    if user_id is None:
        return Marks()
    kept = exists().where(Bookmark.user_id == user_id, Bookmark.opportunity_id == opportunity_id)
    watched = (
        select(Follower.by_mail)
        .where(
            Follower.user_id == user_id,
            Follower.object_kind == "opportunity",
            Follower.object_id == opportunity_id,
        )
        .scalar_subquery()
    )
    return Marks(*db.session.execute(select(kept, watched)).one())


# One text however many ids there are: a list of placeholders is written, read and planned anew for each number of them.
_KEPT_AMONG = select(Bookmark.opportunity_id).where(
    Bookmark.user_id == bindparam("person"),
    Bookmark.opportunity_id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
)


def list_kept_among(user_id: int | None, opportunity_ids: Collection[int]) -> frozenset[int]:
    """Which of these listings the person keeps; one statement, none for a visitor or an empty list."""
    if user_id is None or not opportunity_ids:
        return frozenset()
    found = db.session.connection().execute(_KEPT_AMONG, {"person": user_id, "ids": list(opportunity_ids)})
    return frozenset(row.opportunity_id for row in found)


@dataclass(frozen=True, slots=True)
class Line:
    """One listing in a person's list, as it was last published; `note` is of bookmarks, the last two of watches."""

    id: int
    slug: str
    tail: str
    region_code: str
    origin: Origin
    status: LifeStatus
    closes_on: date | None
    closes_at: datetime | None
    title_id: str
    title_en: str
    value_amount: Decimal | None
    value_currency: str
    since: datetime
    note: str = ""
    by_mail: bool = False
    why: str = ""

    def standing(self, now: datetime) -> Standing:
        return standing(self.status, origin=self.origin, closes_at=self.closes_at, now=now)

    @property
    def is_public(self) -> bool:
        return self.status is not LifeStatus.WITHDRAWN


_LISTING: tuple[Any, ...] = (
    Opportunity.id, Opportunity.slug, Opportunity.tail, Opportunity.region_code, Opportunity.origin, Opportunity.status,
    Opportunity.closes_on, Opportunity.closes_at, OpportunityVersion.title_id, OpportunityVersion.title_en,
    OpportunityVersion.value_amount, OpportunityVersion.value_currency,
)  # fmt: skip


def _kept(user_id: int) -> Select[Any]:
    return (
        select(*_LISTING, Bookmark.created_at, Bookmark.note)
        .join_from(Bookmark, Opportunity, Opportunity.id == Bookmark.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(Bookmark.user_id == user_id)
    )


def list_kept(user_id: int, *, limit: int, offset: int = 0) -> list[Line]:
    """One page of what the person keeps, newest first."""
    wanted = _kept(user_id).order_by(Bookmark.created_at.desc(), Bookmark.opportunity_id.desc())
    return [Line(*row) for row in db.session.execute(wanted.limit(limit).offset(offset))]


def find_kept(user_id: int, opportunity_id: int) -> Line | None:
    """That bookmark of the person."""
    row = db.session.execute(_kept(user_id).where(Bookmark.opportunity_id == opportunity_id)).first()
    return Line(*row) if row else None


def list_watched(user_id: int, *, limit: int, offset: int = 0) -> list[Line]:
    """One page of the listings that the person follows, newest first."""
    rows: Any = db.session.execute(
        select(*_LISTING, Follower.created_at, literal(""), Follower.by_mail, Follower.why)
        .join_from(Follower, Opportunity, Opportunity.id == Follower.object_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(*_followed(user_id))
        .order_by(Follower.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Line(*row) for row in rows]


def _followed(user_id: int) -> tuple[Any, ...]:
    return Follower.user_id == user_id, Follower.object_kind == "opportunity"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many listings a person keeps and follows."""

    kept: int
    watched: int


def count_lists(user_id: int) -> Counts:
    """Both in one statement."""
    kept = select(func.count()).select_from(Bookmark).where(Bookmark.user_id == user_id)
    watched = select(func.count()).select_from(Follower).where(*_followed(user_id))
    return Counts(*db.session.execute(select(kept.scalar_subquery(), watched.scalar_subquery())).one())


@dataclass(frozen=True, slots=True)
class Compared:
    """A public listing with the version that people read; `accepts` whether its Pemda may act today."""

    opportunity: Opportunity
    version: OpportunityVersion
    organisation_name: str | None
    accepts: bool | None


def list_compared(tails: Sequence[str]) -> list[Compared]:
    """Those of the listings that are public now, in the order asked for; one statement, however many."""
    if not tails:
        return []
    rows = db.session.execute(
        select(Opportunity, OpportunityVersion, Organisation.name, trusted())
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .outerjoin(Organisation, Organisation.id == Opportunity.organisation_id)
        .options(contains_eager(OpportunityVersion.opportunity).lazyload(Opportunity.assistance))
        .where(visible(), Opportunity.tail.in_(tails))
    )
    found = {row[0].tail: Compared(*row) for row in rows}
    return [found[tail] for tail in tails if tail in found]


def list_documents_of(version_ids: Collection[int]) -> dict[int, list[OpportunityDocument]]:
    """By version, its documents in their order; one statement."""
    found: dict[int, list[OpportunityDocument]] = {number: [] for number in version_ids}
    if not found:
        return found
    documents = db.session.scalars(
        select(OpportunityDocument)
        .options(joinedload(OpportunityDocument.blob))
        .where(OpportunityDocument.version_id.in_(version_ids), OpportunityDocument.replaced_at.is_(None))
        .order_by(OpportunityDocument.position, OpportunityDocument.id)
    )
    for document in documents:
        found[document.version_id].append(document)
    return found


def list_closing_soon(now: datetime) -> list[int]:
    """Open listings of trusted Pemdas that somebody follows and that end within the days of the first warning."""
    soon = now + timedelta(days=max(WARN_BEFORE) + 1)
    followed = exists().where(
        and_(Follower.object_kind == "opportunity", Follower.object_id == Opportunity.id)
    )
    return list(
        db.session.scalars(
            select(Opportunity.id)
            .join(Organisation, Organisation.id == Opportunity.organisation_id)
            .where(
                Opportunity.status == LifeStatus.PUBLISHED,
                Opportunity.closes_at > now,
                Opportunity.closes_at <= soon,
                trusted(),
                followed,
            )
            .order_by(Opportunity.id)
        )
    )
