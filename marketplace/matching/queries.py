"""Suggestions as pages read them: who may not be suggested any more is left out, whatever the stored lists say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from marketplace.accounts.models import User
from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.lists.held_model import Held, current_model
from marketplace.matching.lists.loading import listings_among, partners_among
from marketplace.matching.lists.standing_queries import (
    OLDEST_INVITATION,
    Pemda,
    is_suggestible,
    takes_partners,
)
from marketplace.matching.model import Model
from marketplace.matching.models import Dismissal, HandSuggestion, MatchAnswer, MatchList
from marketplace.matching.rules import SETTLED, AnswerKind, DismissReason
from marketplace.matching.settings import Settings
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.organisations.models import Organisation

T = TypeVar("T")
Row = TypeVar("Row", "SuggestedListing", "SuggestedPartner")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and how many it has altogether."""

    rows: list[T]
    total: int


@dataclass(frozen=True, slots=True)
class HandNote:
    """Why LAIP brought the two together, and who of it; an erased person has no name."""

    words: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SuggestedListing:
    """A listing in a partner's list; a score of a million is perfect, None stands in no list.

    `weak`: below the floor, and shown so that the list does not stand empty.
    """

    opportunity_id: int
    score: int | None
    by_hand: HandNote | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class SuggestedPartner:
    """A partner in a listing's list; as `SuggestedListing`."""

    organisation_id: int
    score: int | None
    by_hand: HandNote | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What a pair's score is made of."""

    listing: Listing
    partner: Partner
    model: Model
    # None before the first refresh.
    model_id: int | None


@dataclass(frozen=True, slots=True)
class ThinListing:
    """An open listing with few good fits."""

    opportunity_id: int
    good: int


@dataclass(frozen=True, slots=True)
class PutAside:
    """A suggestion that this side does not want to see."""

    opportunity_id: int
    organisation_id: int
    reason: DismissReason
    words: str
    made_by: str
    made_at: datetime


def list_for_partner(
    organisation_id: int, *, now: datetime, limit: int = 20, offset: int = 0
) -> Page[SuggestedListing]:
    """The best open listings for a partner, those that LAIP suggests by hand first; nothing for one not verified.

    Left out are those that it put aside itself, and those on which both have answered each other. One statement.
    """
    found = _run(Side.PARTNER, organisation_id, now)
    return _page([SuggestedListing(row.id, row.score, _note(row)) for row in found], limit, offset)


def list_for_listing(
    opportunity_id: int, *, now: datetime, limit: int = 20, offset: int = 0
) -> Page[SuggestedPartner]:
    """The best verified partners for an open listing; as `list_for_partner`."""
    found = _run(Side.LISTING, opportunity_id, now)
    return _page([SuggestedPartner(row.id, row.score, _note(row)) for row in found], limit, offset)


def pair(opportunity_id: int, organisation_id: int, *, now: datetime) -> PairFacts | None:
    """What the two are scored by; None where one of them may not be suggested now, or nothing was ever scored."""
    return pairs_of_partner(organisation_id, [opportunity_id], now=now).get(opportunity_id)


def pairs_of_partner(
    organisation_id: int, opportunity_ids: Iterable[int], *, now: datetime
) -> dict[int, PairFacts]:
    """The facts of a partner with each of the listings, by listing; a constant number of statements."""
    held, ids = current_model(), list(opportunity_ids)
    partners = partners_among([organisation_id]) if held and ids else []
    if held is None or not partners:
        return {}
    return {each.id: _facts(each, partners[0], held) for each in listings_among(ids, now=now)}


def pairs_of_listing(
    opportunity_id: int, organisation_ids: Iterable[int], *, now: datetime
) -> dict[int, PairFacts]:
    """The facts of a listing with each of the partners, by partner; a constant number of statements."""
    held, ids = current_model(), list(organisation_ids)
    listings = listings_among([opportunity_id], now=now) if held and ids else []
    if held is None or not listings:
        return {}
    return {each.id: _facts(listings[0], each, held) for each in partners_among(ids)}


def _thin(now: datetime, below: int) -> Any:
    return (
        select(MatchList.owner_id, MatchList.good)
        .join(Opportunity, Opportunity.id == MatchList.owner_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(MatchList.side == Side.LISTING, MatchList.good < below, takes_partners(now))
    )


def thin_listings(*, now: datetime, below: int, limit: int = 20, offset: int = 0) -> Page[ThinListing]:
    """Open listings with fewer good fits than that, those with the fewest first."""
    thin = _thin(now, below)
    page = thin.order_by(MatchList.good, MatchList.owner_id).limit(limit).offset(offset)
    rows = [ThinListing(row.owner_id, row.good) for row in db.session.execute(page)]
    return Page(rows, _count(thin))


def partners_never_suggested(*, limit: int = 20, offset: int = 0) -> Page[int]:
    """Verified partners that no listing's list shows, and nobody suggested by hand; the longest verified first."""
    never = (
        select(MatchList.owner_id)
        .join(Organisation, Organisation.id == MatchList.owner_id)
        .where(
            MatchList.side == Side.PARTNER,
            MatchList.shown_in == 0,
            is_suggestible(),
            ~exists().where(HandSuggestion.organisation_id == Organisation.id),
        )
    )
    page = never.order_by(MatchList.owner_id).limit(limit).offset(offset)
    return Page(list(db.session.scalars(page)), _count(never))


def list_put_aside(side: Side, owner_id: int, *, limit: int = 20, offset: int = 0) -> Page[PutAside]:
    """What that partner, or that listing's Pemda, put aside and has not taken back; the newest first."""
    own = Dismissal.organisation_id if side is Side.PARTNER else Dismissal.opportunity_id
    standing = (Dismissal.side == side, own == owner_id, Dismissal.undone_at.is_(None))
    found = (
        select(
            Dismissal.opportunity_id,
            Dismissal.organisation_id,
            Dismissal.reason,
            Dismissal.words,
            func.coalesce(User.name, ""),
            Dismissal.made_at,
        )
        .outerjoin(User, User.id == Dismissal.made_by)
        .where(*standing)
    )
    page = found.order_by(Dismissal.id.desc()).limit(limit).offset(offset)
    return Page([PutAside(*row) for row in db.session.execute(page)], _count(found))


def find_hand_suggestion(opportunity_id: int, organisation_id: int) -> HandNote | None:
    """LAIP's own suggestion of the pair."""
    row = db.session.execute(
        select(HandSuggestion.words, func.coalesce(User.name, ""), HandSuggestion.made_at)
        .outerjoin(User, User.id == HandSuggestion.made_by)
        .where(
            HandSuggestion.opportunity_id == opportunity_id, HandSuggestion.organisation_id == organisation_id
        )
    ).first()
    return HandNote(*row) if row else None


def is_settled(opportunity_id: int, organisation_id: int) -> bool:
    """Whether the two have turned to each other already, and neither withdrew."""
    return bool(db.session.scalar(select(_settled(literal(opportunity_id), literal(organisation_id)))))


def may_be_paired(opportunity_id: int, organisation_id: int, *, now: datetime) -> bool:
    """Whether the listing is open and the partner verified now."""
    both = (
        select(Opportunity.id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .join(Organisation, Organisation.id == organisation_id)
        .where(Opportunity.id == opportunity_id, takes_partners(now), is_suggestible())
    )
    return db.session.scalar(both) is not None


def titles_of(opportunity_id: int) -> dict[str, str]:
    """The published title of a listing in both languages, as notices take them."""
    titles = (OpportunityVersion.title_id, OpportunityVersion.title_en)
    row = db.session.execute(
        select(*titles)
        .join(Opportunity, Opportunity.published_version_id == OpportunityVersion.id)
        .where(Opportunity.id == opportunity_id)
    ).one()
    return {"title_id": row.title_id, "title_en": row.title_en}


def _run(side: Side, owner_id: int, now: datetime) -> Sequence[Any]:
    return db.session.execute(_statement(side), {"owner": owner_id, "now": now}).all()


# Built once a side: putting it together costs more than running it.
@cache
def _statement(side: Side) -> Select[Any]:
    """The list of `owner` at the moment `now`: those suggested by hand first, the newest of them before the others."""
    owner = bindparam("owner", type_=BigInteger)
    now: Any = bindparam("now", type_=DateTime(timezone=True))
    named = _suggested(side, owner)
    listing, partner = (named.c.id, owner) if side is Side.PARTNER else (owner, named.c.id)
    return (
        select(named)
        .join(Opportunity, Opportunity.id == listing)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .join(Organisation, Organisation.id == partner)
        .where(
            takes_partners(now),
            is_suggestible(),
            ~_put_aside(side, Opportunity.id, Organisation.id),
            ~_settled(Opportunity.id, Organisation.id),
        )
        .order_by(named.c.hand_id.desc().nulls_last(), named.c.place, named.c.id)
    )


def _suggested(side: Side, owner_id: Any) -> Any:
    """Who stands in the list, by place, and whom somebody put there by hand."""
    mine = (
        select(MatchList.ids, MatchList.scores)
        .where(MatchList.side == side, MatchList.owner_id == owner_id)
        .subquery()
    )
    placed = (
        func.unnest(mine.c.ids, mine.c.scores)
        .table_valued(column("id", BigInteger), column("score", Integer), with_ordinality="place")
        .render_derived("placed")
    )
    listed = select(placed.c.id, placed.c.score, placed.c.place).select_from(mine).join(placed, true())
    scored = listed.subquery("scored")
    own, other = HandSuggestion.organisation_id, HandSuggestion.opportunity_id
    if side is Side.LISTING:
        own, other = other, own
    by_hand = (
        select(
            HandSuggestion.id,
            other.label("other_id"),
            HandSuggestion.words,
            HandSuggestion.made_at,
            func.coalesce(User.name, "").label("made_by"),
        )
        .outerjoin(User, User.id == HandSuggestion.made_by)
        .where(own == owner_id)
        .subquery("by_hand")
    )
    return (
        select(
            func.coalesce(scored.c.id, by_hand.c.other_id).label("id"),
            scored.c.score,
            scored.c.place,
            by_hand.c.id.label("hand_id"),
            by_hand.c.words,
            by_hand.c.made_at,
            by_hand.c.made_by,
        )
        .select_from(scored.outerjoin(by_hand, by_hand.c.other_id == scored.c.id, full=True))
        .subquery("named")
    )


def _put_aside(side: Side, opportunity_id: Any, organisation_id: Any) -> ColumnElement[bool]:
    return exists().where(
        Dismissal.side == side,
        Dismissal.opportunity_id == opportunity_id,
        Dismissal.organisation_id == organisation_id,
        Dismissal.undone_at.is_(None),
    )


def _settled(opportunity_id: Any, organisation_id: Any) -> ColumnElement[bool]:
    """The newest of what the two said to each other keeps them out of the lists."""
    later = aliased(MatchAnswer)
    said = MatchAnswer.kind != AnswerKind.DISMISSED
    same = and_(
        later.opportunity_id == MatchAnswer.opportunity_id,
        later.organisation_id == MatchAnswer.organisation_id,
        later.kind != AnswerKind.DISMISSED,
        later.id > MatchAnswer.id,
    )
    return exists().where(
        MatchAnswer.opportunity_id == opportunity_id,
        MatchAnswer.organisation_id == organisation_id,
        said,
        MatchAnswer.kind.in_(sorted(SETTLED)),
        or_(MatchAnswer.kind != AnswerKind.INVITED, MatchAnswer.at > OLDEST_INVITATION),
        ~exists().where(same),
    )


def _note(row: Any) -> HandNote | None:
    return None if row.hand_id is None else HandNote(row.words, row.made_by, row.made_at)


def _page(rows: list[Row], limit: int, offset: int) -> Page[Row]:
    """What is kept beyond what is shown only fills the holes of what is put aside; by hand stands above all rules."""
    held = current_model()
    settings = held.model.settings if held else Settings()
    by_hand = [row for row in rows if row.by_hand]
    found = [
        replace(row, weak=settings.is_weak(row.score or 0))
        for place, row in enumerate((row for row in rows if not row.by_hand), start=len(by_hand))
        if settings.shows(place, row.score or 0)
    ]
    shown = by_hand + found
    return Page(shown[offset : offset + limit], len(shown))


def _facts(listing: Listing, partner: Partner, held: Held) -> PairFacts:
    return PairFacts(listing, partner, held.model, held.id)


def _count(rows: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
