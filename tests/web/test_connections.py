"""A page that is read can write nothing and opens no transaction; a form keeps its transaction."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from marketplace import connections
from marketplace.connections import READING
from marketplace.extensions import db

WRITING = text("UPDATE organisations SET name = name")
INSIDE = text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_only_reads_cannot_write(committed, method):
    with (
        committed.test_request_context("/peluang", method=method),
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        db.session.execute(WRITING)


def test_reading_leaves_no_transaction_open(committed):
    with committed.test_request_context("/peluang"):
        first, second = (db.session.scalar(text("SELECT transaction_timestamp()")) for _ in range(2))
        assert first != second


def test_a_form_works_in_one_transaction_that_is_rolled_back_as_a_whole(committed):
    with committed.test_request_context("/masuk", method="POST"):
        db.session.execute(text("UPDATE organisations SET name = 'Sementara'"))
        assert db.session.scalar(INSIDE)
        db.session.rollback()
        assert db.session.scalar(text("SELECT count(*) FROM organisations WHERE name = 'Sementara'")) == 0


def test_work_outside_a_request_may_write(committed):
    with committed.app_context():
        db.session.execute(WRITING)
        db.session.rollback()


def read_a_page(app):
    with app.test_request_context("/peluang"):
        return db.session.scalar(text("SELECT pg_backend_pid()"))


def test_a_connection_that_has_just_answered_is_not_asked_whether_it_lives(committed, monkeypatch):
    asked = []
    with committed.app_context():
        dialect = db.engines[READING].dialect
    monkeypatch.setattr(dialect, "do_ping", asked.append)
    assert read_a_page(committed) == read_a_page(committed)
    assert len(asked) == 1, "the new connection alone"


@pytest.mark.parametrize("fresh", [0, 60])
def test_a_connection_whose_server_is_gone_is_replaced(committed, monkeypatch, fresh):
    monkeypatch.setattr(connections, "FRESH", fresh)
    gone = read_a_page(committed)
    with committed.app_context():
        db.session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": gone})
        db.session.rollback()
    assert read_a_page(committed) != gone
