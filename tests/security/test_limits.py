"""Row 10: limits count in the database, across processes, and slow down nobody else."""

import threading
import time
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.operation.tidying import forget_lapsed_counts
from marketplace.web import limits
from marketplace.web.limits import SqlStorage
from tests.factories.opportunities import a_published_opportunity
from tests.security.conftest import make_app, send
from tests.support.clients import PageClient
from tests.support.times import PATIENCE


@pytest.fixture(scope="module")
def two_processes(own_database, tmp_path_factory):
    """Two applications on one database, as two workers are."""
    made = [
        make_app(
            own_database,
            tmp_path_factory.mktemp("limits"),
            RATELIMIT_ENABLED=True,
            RATELIMIT_APPLICATION="5 per minute",
        )
        for _ in range(2)
    ]
    yield made
    for app in made:
        with app.app_context():
            db.session.remove()
            close_connections(db)


def browser(app, persona):
    with app.app_context():
        made = PageClient(app).sign_in(persona)
        db.session.remove()
    return made


def test_one_person_sends_so_many_forms_a_minute_whichever_worker_takes_them(two_processes):
    here, there = two_processes
    person, elsewhere = browser(here, "investor"), PageClient(there)
    with person.raw.session_transaction() as cookie:
        values = dict(cookie)
    with elsewhere.raw.session_transaction() as cookie:
        cookie.update(values)
    # A form without its token is refused before it is counted, so this one has it.
    token = (
        send(person, "GET", "/dasbor/akun")
        .text.split('name="csrf_token"')[1]
        .split('value="')[1]
        .split('"')[0]
    )
    with person.raw.session_transaction() as cookie, elsewhere.raw.session_transaction() as other:
        other.update(dict(cookie))
    form = {"csrf_token": token, "name": "", "language": "id"}
    turns = [person, elsewhere] * 3
    answers = [send(each, "POST", "/dasbor/akun", data=form) for each in turns]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    refused = answers[-1]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Terlalu banyak percobaan" in refused.text
    assert send(person, "GET", "/dasbor/akun").status_code == 200
    assert send_form(browser(here, "startup")).status_code == 422


def send_form(person):
    page = send(person, "GET", "/dasbor/akun").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return send(person, "POST", "/dasbor/akun", data={"csrf_token": token, "name": "", "language": "id"})


def test_counts_hold_no_cookie_and_no_address(two_processes):
    app = two_processes[0]
    assert send_form(browser(app, "startup")).status_code in (422, 429)
    with app.app_context():
        keys = db.session.scalars(text("SELECT key FROM rate_hits")).all()
        db.session.remove()
    assert keys
    assert not [key for key in keys if "@" in key or "127.0.0.1" in key]


def test_making_teasers_is_counted_by_sender_and_reading_kept_ones_is_not(two_processes, monkeypatch):
    app, keys = two_processes[0], (f"teaser{number}" for number in range(31))
    monkeypatch.setattr("marketplace.opportunities.views.teaser.typeset", lambda sheet: b"%PDF-")
    with app.app_context():
        listing = a_published_opportunity().slug
        db.session.commit()
        db.session.remove()
    visitor, path = PageClient(app), f"/peluang/{listing}/ringkasan.pdf"
    answers = []
    for key in keys:
        monkeypatch.setattr("marketplace.opportunities.views.teaser.key_of", lambda sheet, key=key: key)
        answers.append(send(visitor, "GET", path).status_code)
    assert answers == [200] * 30 + [429]
    monkeypatch.setattr("marketplace.opportunities.views.teaser.key_of", lambda sheet: "teaser0")
    assert send(visitor, "GET", path).status_code == 200


@pytest.fixture
def storage(two_processes):
    with two_processes[0].app_context():
        yield SqlStorage()
        db.session.remove()


def test_lapsed_counts_are_thrown_away(storage):
    storage.incr("lapsed", -1)
    storage.incr("in force", 3600)
    forget_lapsed_counts(timestamp=0)
    keys = set(db.session.scalars(text("SELECT key FROM rate_hits")))
    assert "in force" in keys
    assert "lapsed" not in keys


def test_a_count_ends_with_its_time(storage, monkeypatch):
    key = f"trial-{time.time()}"
    assert [storage.incr(key, 3600), storage.incr(key, 3600)] == [1, 2]
    assert storage.get(key) == 2
    later = time.time() + 3601
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: later))
    assert storage.get(key) == 0
    assert storage.incr(key, 3600) == 1


def test_a_refused_request_is_counted_though_it_is_rolled_back(storage):
    key = f"kept-{time.time()}"
    storage.incr(key, 3600)
    db.session.rollback()
    assert storage.get(key) == 1


def test_hits_at_once_are_all_counted(two_processes):
    app, key = two_processes[0], f"race-{time.time()}"

    def hit():
        with app.app_context():
            for _ in range(20):
                SqlStorage().incr(key, 3600)

    threads = [threading.Thread(target=hit) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    with app.app_context():
        assert SqlStorage().get(key) == 100
