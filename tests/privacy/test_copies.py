"""A copy of one's own data is complete against a walk of the schema that does not know the registry."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.notifications.actions import follow
from marketplace.notifications.models import NoticeRow
from marketplace.operation.working import work
from marketplace.organisations.signed_in import get_actor
from marketplace.privacy import actions, exporting, jobs, queries, rules
from marketplace.privacy.copying import make_copy
from marketplace.privacy.erasing import identify
from marketplace.privacy.models import DataExport
from marketplace.privacy.registry import HOLDINGS
from marketplace.privacy.rules import Keep
from marketplace.privacy.tidying import tidy
from tests import personas
from tests.privacy.life import EMAIL, NAME, PENANDA, PHONE, Life
from tests.privacy.walk import cells, rows_of
from tests.support.threads import in_own_thread

# What a copy leaves out: hashes and one-time secrets, where files lie, unsent letters with links.
LEFT_OUT = {
    ("users", "password"), ("users", "fs_uniquifier"), ("sign_ins", "sid_hash"), ("mail_deliveries", "params"),
    ("blobs", "storage_key"), ("data_exports", "storage_key"), ("authenticators", "secret"),
    ("recovery_codes", "code_hash"), ("passkeys", "credential_id"), ("passkeys", "public_key"),
    ("address_changes", "old_token_hash"), ("address_changes", "new_token_hash"),
}  # fmt: skip


def made(life: Life) -> DataExport:
    assert actions.ask_for_copy(actor=life.actor, now=clock.now())
    row = db.session.scalars(select(DataExport).where(DataExport.user_id == life.user_id)).one()
    assert make_copy(row.id, now=clock.now())
    return row


def opened(row: DataExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(file_store().read(row.storage_key))))


def test_what_is_left_out_is_what_was_decided():
    assert {(h.table.name, name) for h in HOLDINGS for name in h.secrets} == LEFT_OUT


def test_every_word_of_hers_is_in_the_copy(life):
    """Every marker that she typed, and every one about her, found anywhere in the database."""
    archive = opened(made(life))
    told, page = archive.read("data.json").decode(), archive.read("baca.html").decode()
    held = {marker for table, column, value in cells() for marker in PENANDA.findall(value)}
    assert len(held) > 50
    assert held - set(PENANDA.findall(told)) == set()
    assert held - set(PENANDA.findall(page)) == set()
    assert "menolak dahulu" not in told
    assert NAME in told
    assert EMAIL in told
    assert PHONE in told


def test_every_row_that_leads_to_her_is_in_the_copy(life):
    rows = list(rows_of(life.user_id))
    data = {part["table"]: part["rows"] for part in json.loads(opened(made(life)).read("data.json"))["data"]}
    for table, row in rows:
        kept = {column: value for column, value in row.items() if (table, column) not in LEFT_OUT}
        numbers = {column: value for column, value in kept.items() if isinstance(value, int)}
        same = [copied for copied in data[table] if numbers.items() <= copied.items()]
        assert same, (table, row)
        assert set(same[0]) == set(kept), table
    assert len(rows) > 40


def test_nobody_elses_rows_are_in_it(life):
    told = opened(made(life)).read("data.json").decode()
    for person in personas.PEOPLE.values():
        assert person.email not in told


def test_no_secret_is_in_it(life):
    told = opened(made(life)).read("data.json").decode()
    password, uniquifier = db.session.execute(
        text("SELECT password, fs_uniquifier FROM users WHERE id = :id"), {"id": life.user_id}
    ).one()
    assert password not in told
    assert uniquifier not in told


def test_the_page_of_the_copy_speaks_the_readers_language(life):
    db.session.execute(text("UPDATE users SET language = 'en' WHERE id = :id"), {"id": life.user_id})
    page = opened(made(life)).read("baca.html").decode()
    assert '<html lang="en">' in page
    assert "<h1>My data</h1>" in page


def test_markup_in_a_word_is_text_in_the_page(session):
    who = personas.actor(session.connection(), "investor")
    session.execute(text("UPDATE users SET name = '<script>x</script>' WHERE id = :id"), {"id": who.user_id})
    person = identify(who.user_id, now=clock.now())
    assert "<script>" not in exporting.as_page(person)


def test_the_page_names_the_newest_and_the_file_for_programs_all(session):
    who = personas.actor(session.connection(), "moderator")
    for number in range(exporting.ROWS_ON_PAGE + 5):
        follow("opportunity", number, user_id=who.user_id, why="watch", now=clock.now())
    person = identify(who.user_id, now=clock.now())
    page = exporting.as_page(person)
    assert page.count("<td>watch</td>") == exporting.ROWS_ON_PAGE
    assert "Hanya 200 yang terbaru; semuanya ada di data.json." in page
    with exporting.packed(person) as (stream, size):
        assert len(stream.read()) == size
        told = json.loads(zipfile.ZipFile(stream).read("data.json"))
    (rows,) = [part["rows"] for part in told["data"] if part["table"] == "followers"]
    assert len(rows) == exporting.ROWS_ON_PAGE + 5


def test_asking_again_within_the_hour_is_the_same_copy(life):
    row = made(life)
    key = row.storage_key
    assert not actions.ask_for_copy(actor=life.actor, now=clock.now())
    assert not make_copy(row.id, now=clock.now())
    later = clock.now() + rules.COPY_AGAIN_AFTER
    assert actions.ask_for_copy(actor=life.actor, now=later)
    db.session.refresh(row)
    assert (row.ready_at, row.size) == (None, 0)
    assert row.storage_key != key
    with pytest.raises(NotFound):
        actions.get_copy(actor=life.actor, now=later)


def test_its_owner_is_told_in_the_inbox_and_downloads_it_for_some_days(life):
    browser = life.browser
    assert browser.get("/dasbor/akun/data/salinan/unduh").status_code == 404
    row = made(life)
    assert db.session.scalar(
        select(func.count()).where(NoticeRow.user_id == life.user_id, NoticeRow.kind == "data_copy_ready")
    )
    answer = browser.get("/dasbor/akun/data/salinan/unduh")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(answer.data) == row.size
    assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
    gone = clock.now() + rules.COPY_LASTS
    clock.use(lambda: gone)
    assert browser.get("/dasbor/akun/data/salinan/unduh").status_code == 410


def test_nobody_else_gets_it(life, client_as):
    made(life)
    assert client_as("investor").get("/dasbor/akun/data/salinan/unduh").status_code == 404


def pressed_fifty_times(app, persona, action, **given) -> list:
    """What fifty presses in the same moment answered."""
    with app.app_context():
        user_id = personas.actor(db.session.connection(), persona).user_id
        db.session.remove()

    def press(_number: int) -> object:
        with app.app_context():
            try:
                answer = action(actor=get_actor(user_id), now=clock.now(), **given)
                db.session.commit()
                return answer
            finally:
                db.session.remove()

    with ThreadPoolExecutor(50) as people:
        return list(people.map(press, range(50)))


def test_fifty_presses_make_one_copy(committed):
    said = pressed_fifty_times(committed, "investor", actions.ask_for_copy)
    with committed.app_context():
        assert said.count(True) == 1
        assert db.session.scalar(select(func.count(DataExport.id))) == 1
        jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%make_export'")
        assert db.session.scalar(jobs) == 1
        db.session.remove()


def test_the_worker_makes_copies_and_erases(committed):
    """By the worker as it runs for people: jobs that defer, on a queue of real connections."""
    with committed.app_context():
        user_id = personas.actor(db.session.connection(), "alone").user_id
        who = {"actor": get_actor(user_id), "now": clock.now()}
        assert actions.ask_for_copy(**who)
        actions.ask_for_erasure(password=personas.PASSWORD, phones="", but_sid_hash=None, **who)
        db.session.commit()
        in_own_thread(lambda: work(committed, wait=False))
        row = queries.find_export(user_id)
        assert rules.is_copy_there(row.ready_at, clock.now())
        assert opened(row).testzip() is None
        db.session.execute(text("UPDATE erasures SET due_at = now()"))
        db.session.commit()
        for _hour in range(2):
            jobs.start_due_erasures(0)
            db.session.commit()
        waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%.erase_person'")
        assert db.session.scalar(waiting) == 1
        in_own_thread(lambda: work(committed, wait=False))
        assert db.session.scalar(text("SELECT status FROM erasures")) == "done"
        assert db.session.scalar(text("SELECT name FROM users WHERE id = :id"), {"id": user_id}) == ""
        assert db.session.scalar(waiting) == 0
        jobs.keep_periods(0)
        db.session.remove()


def test_fifty_presses_ask_for_one_erasure(committed):
    given = {"password": personas.PASSWORD, "phones": "", "but_sid_hash": None}
    pressed_fifty_times(committed, "alone", actions.ask_for_erasure, **given)
    with committed.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM erasures")) == 1
        assert db.session.scalar(text("SELECT count(*) FROM consents WHERE step = 'withdrawn'")) == 2
        assert db.session.scalar(text("SELECT count(*) FROM mail_deliveries")) == 1
        db.session.remove()


def test_a_copy_is_swept_after_its_days(life):
    row = made(life)
    key = row.storage_key
    assert tidy(now=clock.now(), only=Keep.COPY) == 0
    assert tidy(now=clock.now() + rules.COPY_LASTS + timedelta(seconds=1), only=Keep.COPY) == 1
    assert not list(db.session.scalars(select(DataExport)))
    assert key not in str(file_store()._store.list().collect())
