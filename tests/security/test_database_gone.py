"""Rows 13, 14: without its database or its disk the site says so, keeps no request waiting, and comes back by itself."""

import errno
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool
from werkzeug import formparser

from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.files.storage import file_store
from tests.factories.interests import OFFER
from tests.factories.opportunities import a_published_opportunity
from tests.files.samples import PDF
from tests.security.conftest import make_app, send
from tests.security.live import MULTIPART, multipart
from tests.support.clients import TOKEN, PageClient
from tests.support.databases import drop, make_from_template

PAGES = (
    "/inovasi",
    "/en/inovasi",
    "/mitra",
    "/masuk",
    "/dasbor/akun",
    "/en/dasbor/akun",
    "/dasbor",
    "/peluang/tidak-ada-abc123",
    "/favicon.ico",
)
LONGEST = 5  # seconds that anybody may wait
AGAIN = 1.5  # seconds after its return in which all is well


class Cable(threading.Thread):
    """Between the application and PostgreSQL: can be cut, and put back."""

    def __init__(self, url: URL) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.listener = self._listen(0)
        self.port = self.listener.getsockname()[1]
        self.sockets: list[socket.socket] = []
        self.plugged = True

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        return listener

    def run(self) -> None:
        while True:
            try:
                incoming, _address = self.listener.accept()
            except OSError:
                time.sleep(0.02)
                continue
            outgoing = self._reach()
            self.sockets += [incoming, outgoing]
            for one, other in ((incoming, outgoing), (outgoing, incoming)):
                threading.Thread(target=_pump, args=(one, other), daemon=True).start()

    def _reach(self) -> socket.socket:
        folder = str(self.url.query.get("host", ""))
        if not folder:
            return socket.create_connection((self.url.host or "127.0.0.1", self.url.port or 5432))
        outgoing = socket.socket(socket.AF_UNIX)
        outgoing.connect(f"{folder}/.s.PGSQL.{self.url.port or 5432}")
        return outgoing

    def cut(self) -> None:
        # A blocked accept() would keep the port open behind close().
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for each in self.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self.sockets.clear()

    def plug(self) -> None:
        self.listener = self._listen(self.port)


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
    for each in (one, other):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def through(database: str, port: int) -> str:
    """The database's address by way of a port of this machine, also where it listens on a Unix socket."""
    plain = make_url(database).difference_update_query(["host"])
    return plain.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)


@pytest.fixture
def database(server_url) -> Iterator[str]:
    url = make_from_template(server_url)
    yield url
    drop(url)


@pytest.fixture
def cable(database) -> Cable:
    made = Cable(make_url(database))
    made.start()
    return made


@pytest.fixture
def app(database, cable, tmp_path) -> Iterator[Any]:
    """The product at the other end of the cable, with real (committing) connections."""
    url = through(database, cable.port)
    made = make_app(url, tmp_path)
    yield made
    with made.app_context():
        db.session.remove()
        close_connections(db)


@pytest.fixture
def person(app):
    with app.app_context():
        browser = PageClient(app).sign_in("investor")
        db.session.remove()
    return browser


@pytest.fixture
def visitor(app):
    return PageClient(app)


def statuses(browser):
    """Path -> status of each page; none may take long."""
    found = {}
    for path in PAGES:
        began = time.monotonic()
        found[path] = send(browser, "GET", path).status_code
        assert time.monotonic() - began < LONGEST, path
    return found


def test_everybody_reads_503_in_their_language_and_all_comes_back(app, cable, visitor, person):
    before = statuses(visitor), statuses(person)
    assert {503, 500} & {*before[0].values(), *before[1].values()} == set()
    cable.cut()
    for browser in (visitor, person):
        for path, sentence in (("/inovasi", "Sedang tidak bisa menjangkau data"), ("/en/inovasi", "")):
            answer = send(browser, "GET", path)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.headers["Cache-Control"] == "no-store"
            assert sentence in answer.text
            assert f'lang="{"en" if path == "/en/inovasi" else "id"}"' in answer.text
            assert not re.search(r"psycopg|sqlalchemy|127\.0\.0\.1|Traceback|\.py", answer.text)
        assert 500 not in statuses(browser).values()
    assert send(person, "GET", "/dasbor/akun").status_code == 503
    assert send(visitor, "GET", "/healthz").status_code == 200
    unready = send(visitor, "GET", "/readyz")
    assert (unready.status_code, unready.text) == (503, "database unreachable\n")
    cable.plug()
    began = time.monotonic()
    assert (statuses(visitor), statuses(person)) == before
    assert time.monotonic() - began < AGAIN + 5
    assert send(visitor, "GET", "/readyz").status_code == 200


def test_a_form_sent_meanwhile_is_503_and_its_cookie_still_good(app, cable, person):
    token = TOKEN.search(send(person, "GET", "/dasbor/akun").text)[1]
    cable.cut()
    form = {"csrf_token": token, "name": "Rani Baru", "language": "id"}
    assert send(person, "POST", "/dasbor/akun", data=form).status_code == 503
    cable.plug()
    assert send(person, "POST", "/dasbor/akun", data=form).status_code == 302


def cut_all(database):
    """Ends every connection to that database, as a failover does."""
    with create_engine(database, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_cut_connections_are_unseen(database, visitor, person):
    before = statuses(visitor), statuses(person)
    for _ in range(3):
        cut_all(database)
        assert (statuses(visitor), statuses(person)) == before


@pytest.mark.parametrize("moment", ["in the view", "at the commit"])
def test_cut_in_the_middle_of_a_form_nothing_is_half_done(app, database, person, monkeypatch, moment):
    token = TOKEN.search(send(person, "GET", "/dasbor/akun").text)[1]
    real = db.session.commit if moment == "at the commit" else db.session.begin_nested

    def cut_first(*args, **kwargs):
        cut_all(database)
        return real(*args, **kwargs)

    monkeypatch.setattr(db.session, "commit" if moment == "at the commit" else "begin_nested", cut_first)
    form = {"csrf_token": token, "name": "Rani Setengah", "language": "id"}
    answer = send(person, "POST", "/dasbor/akun", data=form)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    monkeypatch.undo()
    page = send(person, "GET", "/dasbor/akun").text
    assert "Rani Setengah" not in page
    assert "Perubahan tersimpan." not in answer.text + page


def test_a_full_pool_is_503_within_its_time(app, visitor):
    with app.app_context():
        taken = [engine.connect() for engine in db.engines.values() for _ in range(10)]
        try:
            began = time.monotonic()
            answer = send(visitor, "GET", "/readyz")
            page = send(visitor, "GET", "/mitra")
            assert answer.status_code == page.status_code == 503
            assert time.monotonic() - began < 2 * LONGEST
        finally:
            for each in taken:
                each.close()
    assert send(visitor, "GET", "/mitra").status_code == 200


def test_a_server_that_takes_connections_and_says_nothing_is_503_too(database, tmp_path):
    with closing(socket.socket()) as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(16)
        app = make_app(through(database, mute.getsockname()[1]), tmp_path)
        began = time.monotonic()
        answer = send(PageClient(app), "GET", "/mitra")
        assert answer.status_code == 503
        assert time.monotonic() - began < LONGEST


# ------------------------------------------------------------------------------------------------ disk
@pytest.fixture
def upload(app, person):
    """Sends the interest form with a file of so many bytes."""
    with app.app_context():
        listing = a_published_opportunity()
        path, version = f"/peluang/{listing.slug}/minat", listing.published_version_id
        db.session.commit()
        db.session.remove()

    def send_file(size):
        token = TOKEN.search(send(person, "GET", path).text)[1]
        form = {
            "csrf_token": token, "version": version, "roles": "fund", "offer": OFFER, "capacity": "Dua.", "kirim": "ya",
        }  # fmt: skip
        return send(person, "POST", path, data=multipart(form, PDF.ljust(size)), content_type=MULTIPART)

    return send_file


def blobs(app):
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(Blob))
        db.session.remove()
    return number


def no_space(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device", "/srv/instance/files/x")


def test_a_full_disk_refuses_the_file_keeps_reading_and_recovers(app, person, upload, monkeypatch):
    with app.app_context():
        monkeypatch.setattr(file_store(), "_store", Full(), raising=False)
    answer = upload(2000)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "/srv/" not in answer.text
    assert blobs(app) == 0
    assert send(person, "GET", "/mitra").status_code == 200
    monkeypatch.undo()
    assert upload(2000).status_code == 302
    assert blobs(app) == 1


class Full:
    """A storage on a disk without space."""

    def put(self, *_args, **_kwargs):
        no_space()


def test_a_full_disk_while_the_body_is_read(app, person, upload, monkeypatch):
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", no_space)
    answer = upload(2 * 1024 * 1024)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    monkeypatch.undo()
    assert upload(2 * 1024 * 1024).status_code == 302
