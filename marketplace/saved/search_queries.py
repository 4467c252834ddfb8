from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from marketplace.core.actor import MemberRole
from marketplace.core.dates import HOME_ZONE
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE, Origin
from marketplace.organisations.models import Member, Organisation
from marketplace.regions.queries import gazetteer
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_rules import SEARCHES_AT_MOST, Cadence, is_mailing


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One saved search as its list shows it; `fresh` is how many it found since its owner last looked."""

    id: int
    name: str
    query: str
    cadence: Cadence
    paused_at: datetime | None
    fresh: int

    @property
    def mailing(self) -> bool:
        return is_mailing(self.cadence, self.paused_at)


def list_searches(user_id: int) -> list[SearchLine]:
    """A person's searches, the newest first, all of them: there are few at most."""
    fresh = and_(
        SearchFind.search_id == SavedSearch.id,
        SearchFind.found_at > SavedSearch.seen_at,
        SearchFind.found_at >= SavedSearch.news_since,
    )
    public = and_(Opportunity.id == SearchFind.opportunity_id, Opportunity.status.in_(sorted(PUBLIC_LIFE)))
    rows = db.session.execute(
        select(
            SavedSearch.id, SavedSearch.name, SavedSearch.query, SavedSearch.cadence, SavedSearch.paused_at,
            func.count(Opportunity.id),
        )
        .outerjoin(SearchFind, fresh)
        .outerjoin(Opportunity, public)
        .where(SavedSearch.user_id == user_id)
        .group_by(SavedSearch.id)
        .order_by(SavedSearch.id.desc())
        .limit(SEARCHES_AT_MOST)
    )  # fmt: skip
    return [SearchLine(*row) for row in rows]


def find_search(search_id: int, user_id: int | None, *, lock: bool = False) -> SavedSearch | None:
    """That search, where it is this person's; with `lock` as it is now, and nobody else's to change until the end."""
    found = select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.user_id == user_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def count_finds(search: SavedSearch) -> int:
    """How many public listings it has found since it asks what it asks."""
    return db.session.scalar(_public_finds(search, func.count())) or 0


def list_finds(search: SavedSearch, *, limit: int, offset: int = 0) -> list[Row[Any]]:
    """One page of them as (opportunity_id, found_at), the newest first."""
    page = _public_finds(search, SearchFind.opportunity_id, SearchFind.found_at)
    order = (SearchFind.found_at.desc(), SearchFind.opportunity_id.desc())
    return list(db.session.execute(page.order_by(*order).limit(limit).offset(offset)))


def _public_finds(search: SavedSearch, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(SearchFind)
        .join(Opportunity, Opportunity.id == SearchFind.opportunity_id)
        .where(
            SearchFind.search_id == search.id,
            SearchFind.found_at >= search.news_since,
            Opportunity.status.in_(sorted(PUBLIC_LIFE)),
        )
    )


def zones_of(user_ids: Sequence[int]) -> dict[int, str]:
    """The zone in which each of them works, as `regions.queries.zone_of` has it of an actor: that of the region of the
    first organisation in which they may act, else WIB."""
    first = (
        select(Member.user_id, Organisation.region_code)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.user_id.in_(user_ids))
        .ext(distinct_on(Member.user_id))
        .order_by(Member.user_id, case((Member.role == MemberRole.VIEWER, 1), else_=0), Member.id)
    )
    places = gazetteer().by_code
    known = {
        user_id: str(places[code].timezone) for user_id, code in db.session.execute(first) if code in places
    }
    return {user_id: known.get(user_id, HOME_ZONE) for user_id in user_ids}


def list_newly_public(ids: Sequence[int]) -> dict[int, datetime]:
    """When those of the listings that are public were first published; examples are shipped, hence never news."""
    rows = db.session.execute(
        select(Opportunity.id, Opportunity.published_at).where(
            Opportunity.id.in_(ids),
            Opportunity.origin == Origin.POSTED,
            Opportunity.status.in_(sorted(PUBLIC_LIFE)),
            Opportunity.published_at.is_not(None),
        )
    )
    return {row.id: row.published_at for row in rows}


def list_published_since(moment: datetime) -> list[int]:
    """The listings that were first published from then on."""
    return list(db.session.scalars(select(Opportunity.id).where(Opportunity.published_at >= moment)))


def feed_rows(ids: Sequence[int]) -> list[Row[Any]]:
    """What a feed tells of those of the listings that are public, the newest first."""
    version = OpportunityVersion
    return list(
        db.session.execute(
            select(
                Opportunity.id, Opportunity.slug, Opportunity.region_code, Opportunity.published_at,
                Opportunity.updated_at, version.title_id, version.title_en, version.summary_id,
                version.summary_en,
            )
            .join(version, version.id == Opportunity.published_version_id)
            .where(Opportunity.id.in_(ids), Opportunity.status.in_(sorted(PUBLIC_LIFE)))
            .order_by(Opportunity.published_at.desc(), Opportunity.id.desc())
        )
    )  # fmt: skip
