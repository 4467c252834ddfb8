"""From a published listing to letters that are owed: once for each search and listing, whatever breaks in between."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.changes import cursors
from marketplace.changes.models import Follower
from marketplace.changes.queries import Position, get_identity, get_safe_end, list_after
from marketplace.extensions import db
from marketplace.mail import actions as mail
from marketplace.mail.actions import Letter
from marketplace.saved.search_actions import plan
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_queries import list_newly_public, list_published_since
from marketplace.saved.search_rules import Cadence
from marketplace.saved.search_words import question_of
from marketplace.search.feeding import read_cursor
from marketplace.search.following import read
from marketplace.search.index import View, home_of, open_index
from marketplace.search.matching import match

TEMPLATE = "search_alert"
FOLLOWER = "saved searches"
ENTRIES_AT_ONCE = 500
LETTERS_AT_ONCE = 200
# A letter lists twenty and names the number of the others.
NUMBERS_AT_MOST = 200
# After a restore, how far before the last look published listings are looked at again; nobody is told twice.
LOOK_BACK = timedelta(days=1)
Pair = tuple[int, int]
Look = Callable[[], View]


def follow(*, now: datetime) -> bool:
    """Looks at the next changes and notes what searches find in them, in this transaction; False when there are none.

    Reads no further than this machine's index has: the rest waits for the index. Raises IndexMissing.
    """
    cursor = cursors.lock(FOLLOWER, now=now)
    if cursor is None:
        return False
    ids, position = _next_ids(cursor)
    if position is None:
        return False
    if ids:
        note(ids, look=open_index().view, now=now)
    cursor.xid, cursor.change_id, cursor.read_at = position.xid, position.change_id, now
    return True


def note(ids: Sequence[int], *, look: Look, now: datetime) -> int:
    """Notes which searches find which of these listings, and plans the letters; how many finds are new. `look` gives the
    index as it is: many searches take longer than one state of it can be read."""
    published = list_newly_public(ids)
    if not published:
        return 0
    rows = [
        {"search_id": search_id, "opportunity_id": number, "found_at": now}
        for search_id, number in _pairs(published, look, now)
    ]
    fresh: set[int] = set()
    added = 0
    for begin in range(0, len(rows), 5000):
        new = insert(SearchFind).values(rows[begin : begin + 5000]).on_conflict_do_nothing()
        found = db.session.scalars(new.returning(SearchFind.search_id)).all()
        added += len(found)
        fresh.update(found)
    if fresh:
        mailing = (SavedSearch.cadence != Cadence.NONE, SavedSearch.paused_at.is_(None))
        searches = select(SavedSearch).where(SavedSearch.id.in_(fresh), *mailing).order_by(SavedSearch.id)
        locked = searches.with_for_update().execution_options(populate_existing=True)
        plan(db.session.scalars(locked).all(), now=now)
        db.session.flush()
    return added


def _pairs(published: dict[int, datetime], look: Look, now: datetime) -> Iterable[Pair]:
    """Each (search, listing) that fits; a question that many people saved is asked once."""
    answers: dict[str, set[int]] = {}
    searches = select(SavedSearch.id, SavedSearch.query, SavedSearch.news_since)
    newest = max(published.values())
    for search in db.session.execute(
        searches.where(SavedSearch.news_since < newest).order_by(SavedSearch.id)
    ):
        if search.query not in answers:
            request = question_of(search.query).request(now)
            answers[search.query] = match(look(), request, list(published))
        for number in sorted(answers[search.query]):
            if published[number] > search.news_since:
                yield search.id, number


def owe_letters(*, now: datetime) -> int:
    """Owes one letter for each search that is due, in this transaction; how many. Run twice, it owes them once."""
    searches = _lock_due(now)
    told = _tell(searches, now)
    letters = []
    for search in searches:
        search.due_at = None
        numbers = told.get(search.id, [])
        if numbers:
            search.mailed_at = now
            params = {
                "search_id": search.id,
                "ids": numbers[:NUMBERS_AT_MOST],
                "others": len(numbers[NUMBERS_AT_MOST:]),
            }
            letters.append(Letter(search.user_id, params, f"/dasbor/pencarian/{search.id}"))
    mail.owe_each(letters, template=TEMPLATE, now=now)
    return len(searches)


def _lock_due(now: datetime) -> list[SavedSearch]:
    """Those whose time has come and which nobody else has in hand."""
    due = (
        select(SavedSearch)
        .where(
            SavedSearch.due_at <= now, SavedSearch.cadence != Cadence.NONE, SavedSearch.paused_at.is_(None)
        )
        .order_by(SavedSearch.due_at, SavedSearch.id)
        .limit(LETTERS_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(due.execution_options(populate_existing=True)))


def _tell(searches: Sequence[SavedSearch], now: datetime) -> dict[int, list[int]]:
    """Takes what they found and nobody was told of; by search, the newest first. Another letter never takes it again."""
    wanted = (
        SearchFind.search_id == SavedSearch.id,
        SavedSearch.id.in_([search.id for search in searches]),
        SearchFind.found_at >= SavedSearch.mails_since,
        SearchFind.told_at.is_(None),
    )
    taken = db.session.execute(
        update(SearchFind)
        .where(*wanted)
        .values(told_at=now)
        .returning(SearchFind.search_id, SearchFind.opportunity_id)
        .execution_options(synchronize_session=False)
    )
    told: dict[int, list[int]] = {}
    for search_id, number in sorted(taken, reverse=True):
        told.setdefault(search_id, []).append(number)
    return told


def _next_ids(cursor: Follower) -> tuple[list[int], Position | None]:
    """Listings that changed, and the position behind them; None where nothing is left to read."""
    connection = db.session.connection()
    identity = get_identity(connection)
    home = home_of(current_app.config["INSTANCE_DIR"])
    index = read(read_cursor(home.current()))
    if index is None or index.database != identity:
        return [], None
    if cursor.database != identity:
        # Restored from a backup: positions of the outbox before mean nothing in this one.
        cursor.database = identity
        return list_published_since(cursor.read_at - LOOK_BACK), _earlier(
            get_safe_end(connection), index.position
        )
    entries = list(
        takewhile(
            lambda entry: _key(entry.position) <= _key(index.position),
            list_after(connection, Position(cursor.xid, cursor.change_id), ENTRIES_AT_ONCE),
        )
    )
    ids = sorted({entry.object_id for entry in entries if entry.kind == "opportunity"})
    return ids, entries[-1].position if entries else None


def _key(position: Position) -> Pair:
    return position.xid, position.change_id


def _earlier(one: Position, other: Position) -> Position:
    return min(one, other, key=_key)
