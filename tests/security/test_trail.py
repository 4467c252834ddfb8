"""Rows 25, 37: what happened is written down: audit events that stay, log lines that nobody can forge."""

import json
import logging

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.web.logs import JsonLines
from tests.personas import PASSWORD, PEOPLE
from tests.support.clients import TOKEN

EMAIL = PEOPLE["investor"].email
WRONG = "salah-sekali-kata-ini"


def events(session, kind):
    return session.scalars(select(AuditEvent).where(AuditEvent.kind == kind).order_by(AuditEvent.id)).all()


def test_signing_in_and_out_leave_events(client, session):
    client.submit("/masuk", {"email": EMAIL, "password": PASSWORD})
    client.submit("/keluar")
    (came,), (went,) = events(session, "account:signed_in"), events(session, "account:signed_out")
    assert came.actor_id == came.object_id == went.actor_id == went.object_id
    assert came.at.utcoffset().total_seconds() == 0
    assert len(came.request_id) == len(went.request_id) == 32
    assert came.request_id != went.request_id


@pytest.mark.parametrize("email, known", [(EMAIL, True), ("siapa@example.com", False)])
def test_a_failed_sign_in_leaves_an_event_without_words(client, session, email, known):
    client.submit("/masuk", {"email": email, "password": WRONG})
    (failed,) = events(session, "account:sign_in_failed")
    assert (failed.object_id is not None) is known
    assert failed.actor_id is None
    kept = session.execute(text("SELECT row_to_json(a)::text FROM audit_events a")).scalars().all()
    kept += session.execute(text("SELECT row_to_json(w)::text FROM audit_words w")).scalars().all()
    assert not [line for line in kept if WRONG in line or email in line]


def test_an_event_names_the_request_of_the_log(client_as, session, lines):
    browser = client_as("investor")
    token = TOKEN.search(browser.get("/dasbor/akun").text).group(1)
    written = lines(
        browser, "POST", "/dasbor/akun", data={"csrf_token": token, "name": "Rani Baru", "language": "id"}
    )
    (edited,) = events(session, "account:profile_edited")
    assert edited.request_id == written[-1]["request"]


def test_a_refused_access_is_a_line_with_ids(client_as, world, lines):
    stranger = client_as("startup")
    (line,) = lines(stranger, "GET", f"/dasbor/minat/{world['interest']}")
    assert (line["status"], line["level"], line["refusal"]) == (404, "warning", "NotFound")
    assert line["ids"] == {"interest_id": world["interest"]}
    assert isinstance(line["actor"], int)
    assert len(line["request"]) == 32


def test_a_missing_right_is_a_line_too(client_as, world, lines):
    (line,) = lines(client_as("pemda_viewer"), "GET", f"/dasbor/peluang/{world['listing_id']}/tarik")
    assert (line["status"], line["level"], line["refusal"]) == (403, "warning", "Forbidden")


def test_a_refused_form_is_a_line(client, lines):
    (line,) = lines(client, "POST", "/masuk", data={"email": EMAIL, "password": WRONG})
    assert (line["status"], line["level"], line["refusal"]) == (400, "warning", "FormToken")
    assert line["endpoint"] == "security.login"


def test_every_answer_names_its_line(client, lines):
    answer = client.get("/tidak-ada")
    assert len(answer.headers["X-Request-Id"]) == 32
    (line,) = lines(client, "GET", "/tidak-ada")
    assert line["request"] != answer.headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_leave_no_lines(client, lines, path):
    assert lines(client, "GET", path) == []


FORGERIES = [
    "a\nb",
    'a\r\n{"level": "info"}',
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg",
    '", "level": "info", "x": "',
    "\x1b[2K\x1b[1A",
    "\ud800",
    "\u202e",
]


@pytest.mark.parametrize("words", FORGERIES)
def test_no_message_forges_a_line(words):
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "said: %s", (words,), None)
    written = JsonLines().format(record)
    assert len(written.splitlines()) == 1
    assert written.isascii()
    assert written.isprintable()
    line = json.loads(written)
    assert line["message"] == f"said: {words}"
    assert line["level"] == "warning"


def test_a_stack_is_one_line_too():
    try:
        raise ValueError("a\nb")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, error.__traceback__)
        )
    assert len(JsonLines().format(record).splitlines()) == 1


def test_a_failing_statement_tells_neither_its_values_nor_the_row(session):
    try:
        with session.begin_nested():
            session.execute(update(User).values(email=EMAIL))
    except IntegrityError as error:
        failed = (IntegrityError, error, error.__traceback__)
    line = JsonLines().format(logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), failed))
    stack = json.loads(line)["stack"]
    assert "duplicate key value violates unique constraint" in stack
    assert "test_trail.py" in stack
    assert EMAIL not in line


def test_nothing_typed_reaches_the_log(client, lines):
    page = client.get("/masuk")
    token = TOKEN.search(page.text).group(1)
    written = lines(
        client, "POST", "/masuk?next=/rahasia%0Ax", data={"csrf_token": token, "email": EMAIL, "password": WRONG},
        headers={"User-Agent": "mata", "Referer": "http://localhost/rahasia"},
    )  # fmt: skip
    written += lines(client, "GET", "/kata-sandi-baru/token-rahasia%0A")
    told = json.dumps(written)
    assert len(written) >= 2
    for word in (EMAIL, WRONG, "rahasia", "mata", "127.0.0.1", token):
        assert word not in told


def test_events_cannot_be_changed_or_removed(client, session):
    client.submit("/masuk", {"email": EMAIL, "password": PASSWORD})
    for statement in (
        "UPDATE audit_events SET actor_id = 1",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events CASCADE",
    ):
        with pytest.raises(DBAPIError, match="append only"), session.begin_nested():
            session.execute(text(statement))
    assert events(session, "account:signed_in")


def test_words_of_an_event_can_be_erased(client_as, session):
    browser = client_as("investor")
    browser.submit("/dasbor/akun", {"name": "Rani Baru", "language": "id"})
    (edited,) = events(session, "account:profile_edited")
    assert session.get(AuditWords, edited.id).actor_name
    session.execute(text("DELETE FROM audit_words"))
    assert events(session, "account:profile_edited")
