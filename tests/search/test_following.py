"""The index follows the outbox: on a real database, with transactions that end in another order than they began."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from marketplace.search.feeding import feeding, read_cursor, write_cursor
from marketplace.search.finding import find
from marketplace.search.following import Source, build, catch_up, exhaust, follow, is_usable, read
from marketplace.search.index import Home, OpenIndex
from marketplace.search.query import SearchRequest
from marketplace.search.schema import Document
from tests.search.documents import NOW, document, home_in
from tests.support.databases import drop, make_from_template
from tests.support.times import PATIENCE


@dataclass
class Shelf:
    """What a slice would read from its tables; it notes what it was asked for."""

    public: dict[int, Document] = field(default_factory=dict)
    asked: list[list[int]] = field(default_factory=list)

    def some(self, _connection: Connection, ids: Sequence[int]) -> list[Document]:
        self.asked.append(list(ids))
        return [self.public[number] for number in ids if number in self.public]

    def all(self, _connection: Connection) -> Iterator[list[Document]]:
        yield list(self.public.values())

    @property
    def source(self) -> Source:
        return Source("opportunity", self.some, self.all)


@pytest.fixture
def engine(server_url: str) -> Iterator[Engine]:
    url = make_from_template(server_url)
    engine = create_engine(url, poolclass=NullPool)
    yield engine
    engine.dispose()
    drop(url)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({1: document(1, title="Pasar")})


@pytest.fixture
def home(tmp_path: Path, engine: Engine, shelf: Shelf) -> Home:
    home = home_in(tmp_path)
    exhaust(build(home, engine, shelf.source))
    return home


def note(connection: Connection, number: int, kind: str = "opportunity") -> None:
    connection.execute(
        text("INSERT INTO changes (kind, object_id) VALUES (:k, :n)"), {"k": kind, "n": number}
    )


def feed(home: Home, engine: Engine, shelf: Shelf) -> bool:
    """One look at the outbox; whether there was something."""
    with feeding(home) as feeder:
        cursor = read(read_cursor(feeder.folder))
        assert cursor is not None
        return catch_up(engine, shelf.source, feeder, cursor) is not None


def feed_until(home: Home, engine: Engine, shelf: Shelf, listings: list[int], words: str = "") -> bool:
    """Feeds until just these are found. A running transaction of any other database of the server holds the outbox
    back, and tests run beside each other: so it may take a moment."""
    deadline = time.monotonic() + PATIENCE
    while found(home, words) != listings and time.monotonic() < deadline:
        if not feed(home, engine, shelf):
            time.sleep(0.05)
    return found(home, words) == listings


def found(home: Home, words: str = "") -> list[int]:
    return sorted(find(OpenIndex(home).view(), SearchRequest(NOW, text=words)).ids)


def test_the_first_build_holds_what_is_there(home: Home, engine: Engine):
    assert found(home) == [1]
    assert is_usable(home, engine)


def test_new_changed_and_withdrawn_listings_are_followed(home: Home, engine: Engine, shelf: Shelf):
    shelf.public[2] = document(2, title="Terminal")
    with engine.begin() as connection:
        note(connection, 2)
    assert feed_until(home, engine, shelf, [1, 2])
    shelf.public = {2: document(2, title="Stasiun")}
    with engine.begin() as connection:
        note(connection, 1)
        note(connection, 2)
    assert feed_until(home, engine, shelf, [2])
    assert (found(home, "stasiun"), found(home, "terminal")) == ([2], [])
    assert not feed(home, engine, shelf)


def test_changes_of_other_kinds_only_move_the_cursor(home: Home, engine: Engine, shelf: Shelf):
    with engine.begin() as connection:
        note(connection, 7, kind="partner")
        shelf.public[2] = document(2)
    with engine.begin() as connection:
        note(connection, 2)
    assert feed_until(home, engine, shelf, [1, 2])
    assert 7 not in [number for ids in shelf.asked for number in ids]


def test_a_change_rolled_back_is_none(home: Home, engine: Engine, shelf: Shelf):
    with engine.connect() as connection:
        note(connection, 1)
    assert not feed(home, engine, shelf)


def test_a_slow_transaction_committed_after_a_later_one_is_not_lost(home: Home, engine: Engine, shelf: Shelf):
    shelf.public |= {2: document(2), 3: document(3)}
    with engine.begin() as slow:
        note(slow, 2)
        with engine.begin() as quick:
            note(quick, 3)
        # What is behind a running transaction waits for it: reading on would pass it by.
        assert not feed(home, engine, shelf)
    assert feed_until(home, engine, shelf, [1, 2, 3])


def test_a_crash_between_index_and_cursor_repeats_and_doubles_nothing(
    home: Home, engine: Engine, shelf: Shelf
):
    before = read_cursor(home.current())
    shelf.public[2] = document(2)
    with engine.begin() as connection:
        note(connection, 2)
    assert feed_until(home, engine, shelf, [1, 2])
    write_cursor(home.current(), before)
    assert feed(home, engine, shelf)
    assert found(home) == [1, 2]


def test_a_change_while_the_index_is_rebuilt_is_fed_afterwards(home: Home, engine: Engine, shelf: Shelf):
    class Racing(Shelf):
        def all(self, connection: Connection) -> Iterator[list[Document]]:
            yield from super().all(connection)
            with engine.begin() as other:
                note(other, 5)

    racing = Racing(dict(shelf.public))
    exhaust(build(home, engine, racing.source))
    racing.public[5] = document(5)
    assert feed_until(home, engine, racing, [1, 5])


def test_half_a_cursor_or_another_database_means_building_anew(home: Home, engine: Engine):
    cursor = read(read_cursor(home.current()))
    assert cursor is not None
    write_cursor(home.current(), '{"database": "1/1", "xid": 5, "change_id": 1}')
    assert not is_usable(home, engine)
    write_cursor(home.current(), cursor.dumps()[:20])
    assert not is_usable(home, engine)


def test_the_loop_builds_follows_and_moves_to_a_rebuilt_index(tmp_path: Path, engine: Engine, shelf: Shelf):
    home, seen, deadline = home_in(tmp_path), [], time.monotonic() + PATIENCE

    def publish(number: int) -> None:
        shelf.public[number] = document(number)
        with engine.begin() as connection:
            note(connection, number)

    def rebuild_at_once() -> None:
        exhaust(build(home, engine, shelf.source))
        publish(3)

    steps = {(1,): lambda: publish(2), (1, 2): rebuild_at_once}

    def idle() -> bool:
        now = tuple(found(home))
        if now not in seen:
            seen.append(now)
            steps.get(now, lambda: None)()
        return now != (1, 2, 3) and time.monotonic() < deadline

    follow(home, engine, shelf.source, idle)
    assert seen == [(1,), (1, 2), (1, 2, 3)]
