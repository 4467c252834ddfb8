"""Rows 3, 4, 11, 12 on the product as it runs: gunicorn, two workers, the shipped settings."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from marketplace.audit.models import AuditEvent
from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.rules import VersionStatus
from tests.factories.interests import OFFER
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.files.samples import PDF
from tests.security.conftest import make_app, send
from tests.security.live import MULTIPART, Live, head, multipart, posting, running, status_of, together, whole
from tests.support.clients import TOKEN

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def live(own_database, tmp_path_factory) -> Iterator[Live]:
    app = make_app(own_database, tmp_path_factory.mktemp("beside"))
    with running(own_database, tmp_path_factory.mktemp("live"), app) as found:
        yield found
    with app.app_context():
        close_connections(db)


def stored(live, make):
    """What `make` returns, committed, with a session of its own."""
    with live.app.app_context():
        made = make()
        db.session.commit()
        db.session.remove()
    return made


def a_listing():
    listing = a_published_opportunity()
    return f"/peluang/{listing.slug}/minat", listing.published_version_id, listing.id


def test_fifty_at_once_make_one_interest(live):
    path, version, listing = stored(live, a_listing)
    fields = {"version": str(version), "roles": "fund", "offer": OFFER, "capacity": "Dua.", "kirim": "ya"}
    request = posting(live.browser("investor"), path, fields)
    answers = together(live.port, [request] * 50)
    assert {status_of(answer) for answer in answers} == {302}
    with live.app.app_context():
        sent = db.session.scalars(select(Interest).where(Interest.opportunity_id == listing)).all()
        assert len(sent) == 1
        notices = db.session.execute(
            select(NoticeRow.user_id, func.count())
            .where(NoticeRow.kind == "interest_sent")
            .group_by(NoticeRow.user_id)
        ).all()
        assert notices
        assert {count for _user, count in notices} == {1}
        mails = select(func.count()).select_from(Delivery).where(Delivery.template == "interest_sent")
        assert db.session.scalar(mails) == len(notices)
        assert db.session.scalar(select(func.count()).where(AuditEvent.kind == "interest:sent")) == 1
        db.session.remove()


def test_two_moderators_decide_once(live):
    number = stored(live, lambda: the_version(an_opportunity(review=VersionStatus.SUBMITTED)).id)
    path = f"/moderasi/peluang/{number}"
    first, second = live.browser("moderator"), live.browser("moderator_b")
    seen = send(first, "GET", path).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    fields = {"seen": seen, "langkah": "terbitkan"}
    answers = together(live.port, [posting(first, path, fields), posting(second, path, fields)])
    won, lost = sorted(answers, key=status_of)
    assert status_of(won) == 302
    assert status_of(lost) == 409
    assert "Sudah diputuskan" in lost.decode()
    assert "Maya Lestari" in lost.decode() or "Adi Nugroho" in lost.decode()
    with live.app.app_context():
        decided = select(func.count()).where(
            AuditEvent.kind == "version:published", AuditEvent.object_id == number
        )
        assert db.session.scalar(decided) == 1
        db.session.remove()


def uploading(live, size):
    """Head and body of the interest form with a file of so many bytes."""
    path, version, _listing = stored(live, a_listing)
    browser = live.browser("startup")
    token = TOKEN.search(send(browser, "GET", path).text)[1]
    fields = {
        "csrf_token": token,
        "version": version,
        "roles": "fund",
        "offer": OFFER,
        "capacity": "Dua.",
        "kirim": "ya",
    }
    body = multipart(fields, PDF.ljust(size))
    return head("POST", path, browser, MULTIPART, len(body)), body


def test_twenty_megabytes_are_a_field_error_and_the_text_stays(live):
    start, body = uploading(live, 20 * MEGABYTE)
    answer = exchange(live.port, start + body).decode()
    assert answer.startswith("HTTP/1.1 422")
    assert "batasnya 10 MB" in answer
    assert OFFER in answer


def test_a_hundred_megabytes_are_refused_at_once_with_a_page(live):
    start, body = uploading(live, 100 * MEGABYTE)
    with socket.create_connection(("127.0.0.1", live.port), timeout=20) as client:
        began = time.monotonic()
        client.sendall(start + body[: 256 * 1024])
        answer = whole(client)
        took = time.monotonic() - began
    assert status_of(answer) == 413
    assert "Kiriman ini terlalu besar" in answer.decode()
    assert took < 2


def test_who_sends_it_all_still_reads_the_answer(live):
    start, body = uploading(live, 100 * MEGABYTE)
    answer = exchange(live.port, start + body)
    assert status_of(answer) == 413
    assert (
        status_of(
            exchange(live.port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        )
        == 200
    )


def exchange(port, request):
    """Sends as a browser does: it keeps sending, and reads what came once sending fails."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        with suppress(BrokenPipeError, ConnectionResetError):
            client.sendall(request)
        return whole(client)


MALFORMED = [
    b"GET /bantuan HTTP/1.1\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /bantuan HTTP/9.9\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /bantuan?q=" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /bantuan HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 9000 + b"\r\n\r\n",
    b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /masuk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"GET /bantuan HTTP/1.1\r\nHost: x\r\nContent-Type: \xff\xfe\r\nCookie: \xff\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("request_bytes", MALFORMED)
def test_malformed_requests_are_refused_and_nothing_breaks(live, request_bytes):
    answer = exchange(live.port, request_bytes.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    assert status_of(answer) < 500
    assert b"Traceback" not in answer
    assert b"/site-packages/" not in answer
    assert (
        status_of(
            exchange(live.port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        )
        == 200
    )


def test_the_log_holds_lines_of_json_with_request_ids(live):
    exchange(live.port, b"GET /tidak-ada HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    lines = [json.loads(line) for line in live.log.read_text().splitlines() if line]
    answered = [line for line in lines if line["message"] == "answered"]
    assert answered
    assert len({line["request"] for line in answered}) == len(answered)
    assert not [line for line in lines if line["level"] == "error"]
