"""All lists made anew with a new model: beside the old ones, then in their place at one stroke.

Killed at any moment, the next run goes on where it stopped; who reads has whole lists of one model all the time.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.changes import cursors
from marketplace.changes.models import Follower
from marketplace.changes.queries import get_identity, get_safe_end
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.fast.terms import term_weights
from marketplace.matching.lists import kept_world
from marketplace.matching.lists.following import FOLLOWER, follow, mend
from marketplace.matching.lists.held_model import as_held, current_model
from marketplace.matching.lists.loading import all_listings, all_partners, listings_of, open_ids_after
from marketplace.matching.lists.standing_queries import Pemda, is_suggestible, takes_partners
from marketplace.matching.model import Model
from marketplace.matching.models import MatchAnswer, MatchDraft, MatchList, MatchModel
from marketplace.matching.ranking import Ranked, best
from marketplace.matching.rules import GOOD_FROM, is_outdated
from marketplace.matching.settings import ENGINE_VERSION, POINTS, Settings
from marketplace.opportunities.models import Opportunity
from marketplace.organisations.models import Organisation

Progress = Callable[[int, int], None]
CHUNK = 10_000
WRITTEN_AT_ONCE = 500
_LAST = 19
# Of PostgreSQL's advisory locks, ours.
_LOCK = 0x6D617463


class RefreshRuns(Exception):
    """Another process makes the lists already."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a run left: the model of the lists, how many there are of each side, and how many were looked at."""

    model_id: int
    whole: bool
    listings: int
    partners: int
    looked_at: int


def refresh(*, whole: bool = False, progress: Progress = lambda done, total: None) -> Made:
    """Brings all lists up to date, committing as it goes; `whole` makes a new model and scores everything anew.

    Everything is scored anew too where there is no model, or it no longer fits (rules.is_outdated); a run that was
    stopped goes on. Raises RefreshRuns.
    """
    with alone():
        unfinished = find_unfinished()
        if unfinished is None and (whole or is_due(now=clock.now())):
            unfinished = begin(now=clock.now())
            db.session.commit()
        if unfinished is not None:
            _make(unfinished, progress)
        looked_at = _catch_up(progress)
        held = current_model()
        return Made(
            held.id if held else 0,
            unfinished is not None,
            _count(Side.LISTING),
            _count(Side.PARTNER),
            looked_at,
        )


def is_due(*, now: datetime) -> bool:
    """Whether everything has to be scored anew."""
    held = current_model()
    if held is None:
        return True
    place = db.session.get(Follower, FOLLOWER)
    if place is None or place.database != get_identity(db.session.connection()):
        return True
    stored = db.session.get_one(MatchModel, held.id)
    return is_outdated(
        made_at=stored.begun_at,
        now=now,
        then=(stored.listings, stored.partners),
        today=_numbers(now),
        same_engine=stored.engine_version == ENGINE_VERSION,
    )


def is_unmade() -> bool:
    """Whether there are no lists of this database yet, or a refresh was stopped half way."""
    place = db.session.get(Follower, FOLLOWER)
    known = place is not None and place.database == get_identity(db.session.connection())
    return not known or find_unfinished() is not None


def step_back() -> None:
    """Lets all else on this machine go first: this thread is given what others leave."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST)


def find_unfinished() -> MatchModel | None:
    """The model whose lists are being made, or were when somebody stopped."""
    return db.session.scalar(select(MatchModel).where(MatchModel.finished_at.is_(None)))


def begin(*, now: datetime, settings: Settings | None = None, adopted_by: int | None = None) -> MatchModel:
    """A new model, of the settings of the one before where none are given; its lists are still to be made."""
    held, end = current_model(), get_safe_end(db.session.connection())
    before = db.session.get(MatchModel, held.id) if held else None
    if settings is None and before is not None:
        adopted_by = before.adopted_by
    chosen = settings or (held.model.settings if held else Settings())
    listings, partners = _numbers(now)
    stored = MatchModel(
        engine_version=ENGINE_VERSION, settings=chosen.as_json(), begun_at=now, adopted_by=adopted_by,
        listings=listings, partners=partners, outbox_xid=end.xid, outbox_id=end.change_id,
    )  # fmt: skip
    db.session.execute(text("TRUNCATE match_drafts"))
    db.session.add(stored)
    db.session.flush()
    return stored


def begin_without_lists(*, now: datetime) -> None:
    """A finished model of what there is, in this transaction: pairs are scored from now on, lists come with the next
    refresh. Only for a database whose pairs nobody could score before."""
    stored = begin(now=now)
    stored.term_weights, stored.prices, stored.finished_at = _weigh(now), {}, now
    db.session.flush()


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else in this database; freed by the server when this process dies. Raises RefreshRuns."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(_LOCK))):
            raise RefreshRuns
        try:
            yield
        finally:
            connection.scalar(select(func.pg_advisory_unlock(_LOCK)))


def _numbers(now: datetime) -> tuple[int, int]:
    listings = (
        select(func.count(Opportunity.id))
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .where(takes_partners(now))
    )
    partners = select(func.count(Organisation.id)).where(is_suggestible())
    return db.session.scalar(listings) or 0, db.session.scalar(partners) or 0


def _count(side: Side) -> int:
    return db.session.scalar(select(func.count()).select_from(MatchList).where(MatchList.side == side)) or 0


def _make(stored: MatchModel, progress: Progress) -> None:
    """Makes the unfinished model's lists, block by block, and puts them in the place of the old ones."""
    now = stored.begun_at
    if stored.term_weights is None:
        stored.term_weights = _weigh(now)
        db.session.commit()
    partners = [partner for block in all_partners() for partner in block]
    if stored.prices is None:
        stored.prices = _price(as_held(stored).model, partners, now)
        db.session.commit()
    _begin_partners(partners)
    model = as_held(stored).model
    while ids := open_ids_after(stored.done_until, now=now, limit=CHUNK):
        told = _part_of(progress, _count_drafts(), len(ids), stored.listings)
        _make_chunk(listings_of(ids, now=now), partners, model, told)
        stored.done_until = ids[-1]
        db.session.commit()
    _switch(stored)
    db.session.commit()


def _part_of(progress: Progress, done: int, size: int, total: int) -> Progress:
    """Tells of one chunk as a part of all listings."""
    return lambda part, of: progress(min(total, done + size * part // max(of, 1)), total)


def _weigh(now: datetime) -> dict[str, float]:
    listings = (listing.terms for block in all_listings(now=now) for listing in block)
    partners = (partner.terms for block in all_partners() for partner in block)
    return term_weights(chain(listings, partners))


def _price(model: Model, partners: Iterable[Partner], now: datetime) -> dict[str, dict[str, int]]:
    """What those pay who would stand in more lists than the settings let them, by side."""
    listings = chain.from_iterable(all_listings(now=now))
    priced = kept_world.world_class().of(listings, partners, model).reprice(model.settings.shown)
    prices = {Side.PARTNER: priced.partner_prices, Side.LISTING: priced.listing_prices}
    return {
        str(side): {str(number): price for number, price in made.items()} for side, made in prices.items()
    }


def _count_drafts() -> int:
    drafts = select(func.count()).select_from(MatchDraft).where(MatchDraft.side == Side.LISTING)
    return db.session.scalar(drafts) or 0


def _begin_partners(partners: Iterable[Partner]) -> None:
    """Every partner has a list, also where there is nothing to suggest."""
    rows = [{"side": Side.PARTNER, "owner_id": each.id, "ids": [], "scores": []} for each in partners]
    if rows:
        db.session.execute(insert(MatchDraft).on_conflict_do_nothing(), rows)
        db.session.commit()


def _make_chunk(chunk: Iterable[Listing], partners: list[Partner], model: Model, progress: Progress) -> None:
    """The lists of these listings, and what they change of the partners'; done twice, it is done once.

    Written only after all of it is scored, a little at a time: the outbox ends for its readers where the oldest
    writing transaction began.
    """
    world = kept_world.world_class().of(chunk, partners, model)
    for lists in [*world.refresh(model.settings.kept, progress)]:
        every = iter(lists)
        while part := {each.owner_id: each.ranked for each in islice(every, WRITTEN_AT_ONCE)}:
            _put_drafts(lists.side, _merged(part, model) if lists.side is Side.PARTNER else part)
            db.session.commit()


def _merged(parts: dict[int, list[Ranked]], model: Model) -> dict[int, list[Ranked]]:
    """The best of what earlier chunks found for these partners and of this one."""
    earlier = select(MatchDraft.owner_id, MatchDraft.ids, MatchDraft.scores).where(
        MatchDraft.side == Side.PARTNER, MatchDraft.owner_id.in_(parts)
    )
    for owner_id, ids, scores in db.session.execute(earlier):
        both = {
            number: Ranked(number, score, score - model.listing_price(number))
            for number, score in zip(ids, scores, strict=True)
        } | {each.id: each for each in parts[owner_id]}
        parts[owner_id] = best(owner_id, both.values(), model.settings.kept)
    return parts


def _put_drafts(side: Side, lists: dict[int, list[Ranked]]) -> None:
    rows = [
        {
            "side": side, "owner_id": owner_id, "ids": [each.id for each in ranked],
            "scores": [each.total for each in ranked],
        }
        for owner_id, ranked in lists.items()
    ]  # fmt: skip
    new = insert(MatchDraft)
    replaced = {name: new.excluded[name] for name in ("ids", "scores")}
    if rows:
        db.session.execute(
            new.on_conflict_do_update(index_elements=["side", "owner_id"], set_=replaced), rows
        )


# How often each is shown is counted over all lists of the other side, as Settings.shows says it.
_REPLACE = text(
    """
    INSERT INTO match_lists (side, owner_id, model_id, ids, scores, good, shown_in, computed_at)
    SELECT d.side, d.owner_id, :model, d.ids, d.scores,
        (SELECT count(*) FROM unnest(d.scores) AS score WHERE score >= :good), coalesce(e.times, 0), :now
    FROM match_drafts d
    LEFT JOIN (
        SELECT CASE side WHEN 'listing' THEN 'partner' ELSE 'listing' END AS side, named, count(*) AS times
        FROM match_drafts, unnest(ids, scores) WITH ORDINALITY AS placed (named, score, place)
        WHERE place <= :shown AND (place <= :always OR score >= :floor)
        GROUP BY 1, 2
    ) e ON e.side = d.side AND e.named = d.owner_id
    ON CONFLICT (side, owner_id) DO UPDATE SET
        model_id = excluded.model_id, ids = excluded.ids, scores = excluded.scores, good = excluded.good,
        shown_in = excluded.shown_in, computed_at = excluded.computed_at
    """
)


def _switch(stored: MatchModel) -> None:
    """All new lists in the place of the old ones, in one transaction; what changed since is followed afterwards."""
    now = clock.now()
    db.session.execute(text("SET LOCAL statement_timeout = 0"))
    _move_place(stored)
    settings = Settings.of_json(stored.settings)
    shown = {
        "shown": settings.shown,
        "always": settings.always,
        "floor": settings.floor * POINTS // 100,
    }
    db.session.execute(_REPLACE, {"model": stored.id, "good": GOOD_FROM, "now": now, **shown})
    db.session.execute(delete(MatchList).where(MatchList.model_id != stored.id))
    db.session.execute(text("TRUNCATE match_drafts"))
    stored.finished_at = now
    db.session.flush()
    _forget_models(stored.id)


def _move_place(stored: MatchModel) -> None:
    """The follower goes on where the outbox stood when this was begun; it may have a change in hand until then."""
    cursors.lock(FOLLOWER, now=stored.begun_at)
    place = {
        "database": get_identity(db.session.connection()),
        "xid": stored.outbox_xid,
        "change_id": stored.outbox_id,
        "read_at": stored.begun_at,
    }
    db.session.execute(
        update(Follower)
        .where(Follower.name == FOLLOWER)
        .values(**place)
        .execution_options(synchronize_session=False)
    )


def _forget_models(current: int) -> None:
    """Of models before, those that answers name stay, without what only scoring needs."""
    older = (MatchModel.id != current, MatchModel.finished_at.is_not(None))
    named = exists().where(MatchAnswer.model_id == MatchModel.id)
    quiet = {"synchronize_session": False}
    db.session.execute(delete(MatchModel).where(*older, ~named).execution_options(**quiet))
    db.session.execute(
        update(MatchModel).where(*older).values(term_weights={}, prices={}).execution_options(**quiet)
    )


def _catch_up(progress: Progress) -> int:
    """Follows the outbox to its end, then looks for what no entry tells of."""
    looked_at = 0
    while follow(now=clock.now()):
        db.session.commit()
    while number := mend(now=clock.now()):
        db.session.commit()
        looked_at += number
        progress(looked_at, looked_at)
    db.session.commit()
    return looked_at
