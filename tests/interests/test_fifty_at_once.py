"""Fifty sockets send the same form, the last byte together: one row, one notice to each reader."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.serving import make_server

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import InterestIsThere, InvitationStatus
from marketplace.interests.inviting import invite
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.interests.sending import Writing, send_interest
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from tests.factories.interests import OFFER, an_interest, some_content
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.personas import actor
from tests.support.clients import TOKEN, PageClient
from tests.support.times import PATIENCE

SENDERS = 50
READERS = 3
HELD_UP = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The port of a server that takes every connection in a thread of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def request_of(app: Flask, persona: str, path: str, fields: dict[str, Any]) -> bytes:
    """One signed-in POST of the whole form, as a browser sends it."""
    browser = PageClient(app).sign_in(persona)
    found = TOKEN.search(browser.get(path).text)
    assert found
    body = urlencode({"csrf_token": found.group(1), **fields}, doseq=True).encode()
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = browser.raw.get_cookie(name)
    assert cookie
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {name}={cookie.value}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send_all(port: int, request: bytes) -> list[bytes]:
    """The first lines of the answers, one a socket."""
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _number in range(SENDERS)]
    try:
        for each in sockets:
            each.sendall(request[:-1])
        for each in sockets:
            each.sendall(request[-1:])
        answers = [_whole(each) for each in sockets]
    finally:
        for each in sockets:
            each.close()
    return answers


def _whole(each: socket.socket) -> bytes:
    pieces = []
    while piece := each.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize("draft", [False, True])
def test_one_row_and_one_notice(committed: Flask, draft: bool) -> None:
    with committed.app_context():
        opportunity = a_published_opportunity()
        if draft:
            an_interest(opportunity, status=InterestStatus.DRAFT)
        path, version = f"/peluang/{opportunity.slug}/minat", opportunity.published_version_id or 0
        fields = {"version": version, "roles": "fund", "offer": OFFER, "capacity": "Dua.", "kirim": "ya"}
        request = request_of(committed, "investor", path, fields)
        db.session.remove()
    with served(committed) as port:
        answers = send_all(port, request)
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 302"] * SENDERS
    with committed.app_context():
        interest = db.session.execute(select(Interest)).scalar_one()
        assert interest.status is InterestStatus.SENT
        target = f"Location: /dasbor/minat/{interest.id}\r\n".encode()
        assert all(target in answer for answer in answers)
        kind = NoticeRow.kind == "interest_sent"
        assert db.session.scalar(select(func.count()).where(kind)) == READERS
        assert db.session.scalar(select(func.count()).select_from(Delivery)) == READERS
        assert db.session.scalar(select(func.count()).where(AuditEvent.kind == "interest:sent")) == 1
        db.session.remove()


def test_one_no_to_each_of_two_partners(committed: Flask) -> None:
    with committed.app_context():
        opportunity = a_published_opportunity()
        both = [an_interest(opportunity), an_interest(opportunity, "startup")]
        path = f"/dasbor/minat-masuk/{opportunity.id}/tolak?" + "&".join(f"pilih={each.id}" for each in both)
        shown = [f"{each.id}.{each.revision}" for each in both]
        fields = {"minat": shown, "reason": "capacity", "langkah": "kirim"}
        request = request_of(committed, "pemda_approver", path, fields)
        db.session.remove()
    with served(committed) as port:
        answers = send_all(port, request)
    assert sorted(answer[:12] for answer in answers) == [b"HTTP/1.1 302", *[b"HTTP/1.1 409"] * (SENDERS - 1)]
    assert all(
        b"PT Tirta Uji" in answer and b"Sari Tumbel" in answer
        for answer in answers
        if b" 409 " in answer[:14]
    )
    with committed.app_context():
        assert set(db.session.scalars(select(Interest.status))) == {InterestStatus.DECLINED}
        told = db.session.scalar(select(func.count()).where(NoticeRow.kind == "interest_declined"))
        assert told == db.session.scalar(select(func.count()).select_from(Delivery)) == 3
        assert db.session.scalar(select(func.count()).where(AuditEvent.kind == "interest:declined")) == 2
        db.session.remove()


def test_one_invitation_and_one_letter_to_each_member(committed: Flask) -> None:
    with committed.app_context():
        opportunity = a_published_opportunity()
        path = f"/dasbor/peluang/{opportunity.id}/calon-mitra/{an_organisation_id('investor')}/undang"
        request = request_of(committed, "pemda_editor", path, {})
        db.session.remove()
    with served(committed) as port:
        answers = send_all(port, request)
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 302"] * SENDERS
    with committed.app_context():
        invitation = db.session.execute(select(Invitation)).scalar_one()
        assert (invitation.status, invitation.number) == (InvitationStatus.SENT, 1)
        # One pressed first; the others are led to what it made.
        target = f"Location: /dasbor/undangan/{invitation.id}\r\n".encode()
        assert sum(target in answer for answer in answers) == SENDERS - 1
        told = db.session.scalar(select(func.count()).where(NoticeRow.kind == "invitation_sent"))
        assert told == db.session.scalar(select(func.count()).select_from(Delivery)) == 2
        assert db.session.scalar(select(func.count()).where(AuditEvent.kind == "invitation:sent")) == 1
        db.session.remove()


def test_an_invitation_waits_for_the_interest_that_is_being_sent(committed: Flask) -> None:
    """Whoever comes second sees what the first did: never an open invitation beside an open interest."""
    with committed.app_context():
        opportunity = a_published_opportunity()
        listing, version = opportunity.id, opportunity.published_version_id or 0
        partner, outcome = an_organisation_id("investor"), []
        people = {name: actor(db.session.connection(), name) for name in ("investor", "pemda_editor")}
        db.session.commit()

        def invite_meanwhile() -> None:
            with committed.app_context():
                try:
                    invite(
                        opportunity_id=listing, partner_id=partner, words="", actor=people["pemda_editor"],
                        now=clock.now(),
                    )  # fmt: skip
                except InterestIsThere as why:
                    outcome.append(type(why))
                finally:
                    db.session.remove()

        writing = Writing(listing, version, some_content())
        send_interest(writing=writing, actor=people["investor"], now=clock.now())
        thread = threading.Thread(target=invite_meanwhile)
        thread.start()
        with db.engine.connect() as watching:
            while thread.is_alive() and not watching.scalar(HELD_UP):
                watching.rollback()
        db.session.commit()
        thread.join()
        db.session.remove()
    assert outcome == [InterestIsThere]
