from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from marketplace.accounts.queries import find_by_id
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.opportunities.finding.question import Question
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_queries import find_search, zones_of
from marketplace.saved.search_rules import (
    SEARCHES_AT_MOST,
    AskedOtherwise,
    Cadence,
    SameSearch,
    TooManySearches,
    is_mailing,
    next_due,
    shortened,
)


def save(
    question: Question, *, name: str, actor: Actor, now: datetime, cadence: Cadence = Cadence.DAILY
) -> tuple[SavedSearch, bool]:
    """The actor's search that asks this, and whether it is new: pressed again, it is the one from before.

    Raises TooManySearches.
    """
    person = find_by_id(actor.user_id or 0, lock=True)
    if person is None:
        raise NotFound
    query = question.query("urut", "halaman")
    same = _find_same(person.id, query)
    if same is not None:
        return same, False
    kept = db.session.scalar(select(func.count()).where(SavedSearch.user_id == person.id)) or 0
    if kept >= SEARCHES_AT_MOST:
        raise TooManySearches(most=SEARCHES_AT_MOST)
    search = SavedSearch(
        user_id=person.id, name=shortened(name), query=query, cadence=cadence, created_at=now, news_since=now,
        mails_since=now, seen_at=now,
    )  # fmt: skip
    db.session.add(search)
    db.session.flush()
    return search, True


def change(search_id: int, *, name: str, cadence: Cadence, actor: Actor, now: datetime) -> SavedSearch:
    """Renames it, mails it otherwise. Raises NotFound."""
    search = _own(search_id, actor)
    if search.cadence is Cadence.NONE and cadence is not Cadence.NONE:
        search.mails_since = now
    search.name, search.cadence = shortened(name), cadence
    _plan([search], now)
    db.session.flush()
    return search


def ask_otherwise(
    search_id: int, question: Question, *, seen: str, name: str | None = None, actor: Actor, now: datetime
) -> SavedSearch:
    """Puts another question in its place, and another name where one is given; `seen` is the query that the actor has
    read. A second press changes nothing. Raises NotFound, AskedOtherwise, SameSearch.

    Another question begins anew: what was found and not mailed under the one before is forgotten.
    """
    search = _own(search_id, actor)
    query = question.query("urut", "halaman")
    if query == search.query:
        return search
    if search.query != seen:
        raise AskedOtherwise
    # One of a person's searches at a time changes what it asks, as in `save`: two never ask the same.
    find_by_id(search.user_id, lock=True)
    same = _find_same(search.user_id, query)
    if same is not None:
        raise SameSearch(name=same.name)
    untold = delete(SearchFind).where(SearchFind.search_id == search.id, SearchFind.told_at.is_(None))
    db.session.execute(untold)
    search.query, search.news_since, search.seen_at = query, now, now
    search.name = shortened(name or search.name)
    _plan([search], now)
    db.session.flush()
    return search


def pause(search_id: int, *, actor: Actor, now: datetime) -> None:
    """No more mail until it goes on; what it finds is still counted. Raises NotFound."""
    stop_mails(_own(search_id, actor), now=now)


def stop_mails(search: SavedSearch, *, now: datetime) -> None:
    """Pauses it, whoever asks by which way; a second time changes nothing."""
    if search.paused_at is None:
        search.paused_at = now
    search.due_at = None


def resume(search_id: int, *, actor: Actor, now: datetime) -> None:
    """Mails what is found from now on. Raises NotFound."""
    search = _own(search_id, actor)
    if search.paused_at is not None:
        search.paused_at, search.mails_since = None, now


def remove(search_id: int, *, actor: Actor) -> None:
    """Deletes it with all it found. Raises NotFound."""
    db.session.delete(_own(search_id, actor))


def mark_seen(search_id: int, *, actor: Actor, now: datetime) -> None:
    """Its owner has looked; a stranger's look changes nothing."""
    db.session.execute(
        update(SavedSearch)
        .where(SavedSearch.id == search_id, SavedSearch.user_id == actor.user_id, SavedSearch.seen_at < now)
        .values(seen_at=now)
    )


def plan(searches: Sequence[SavedSearch], *, now: datetime) -> None:
    """Says when these searches, which have found something, are mailed; what is planned stays."""
    _plan([search for search in searches if search.due_at is None], now, found=True)


def _plan(searches: Sequence[SavedSearch], now: datetime, *, found: bool = False) -> None:
    zones = zones_of([search.user_id for search in searches])
    for search in searches:
        waits = found or _has_untold(search)
        search.due_at = (
            next_due(search.cadence, now=now, zone=zones[search.user_id], last=search.mailed_at)
            if waits and is_mailing(search.cadence, search.paused_at)
            else None
        )


def _has_untold(search: SavedSearch) -> bool:
    untold = select(SearchFind.opportunity_id).where(
        SearchFind.search_id == search.id,
        SearchFind.told_at.is_(None),
        SearchFind.found_at >= search.mails_since,
    )
    return db.session.scalar(untold.limit(1)) is not None


def _find_same(user_id: int, query: str) -> SavedSearch | None:
    return db.session.scalar(
        select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.query == query)
    )


def _own(search_id: int, actor: Actor) -> SavedSearch:
    search = find_search(search_id, actor.user_id, lock=True)
    if search is None:
        raise NotFound
    return search
