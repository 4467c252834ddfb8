"""Rows 1, 3, 12, 38: a no is a page in the reader's language that says why, and nothing of what is inside."""

import io
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from marketplace.core import clock
from marketplace.core.refusal import Conflict, Forbidden, NotFound, Refusal
from marketplace.files.refusals import StorageUnavailable
from marketplace.lifecycle.rules import AlreadyDecided
from tests.security.conftest import send

INSIDE = re.compile(
    r"Traceback|RuntimeError|sqlalchemy|psycopg|SELECT|/srv/app|site-packages|werkzeug|\.py\b", re.IGNORECASE
)


@pytest.fixture
def answering(app, monkeypatch):
    """Makes the page "about" raise what it is given."""

    def raising(error):
        def view(*_args, **_kwargs):
            raise error

        monkeypatch.setitem(app.view_functions, "pages.about", view)

    return raising


@pytest.mark.parametrize("path", ["/tentang", "/en/tentang"])
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("SELECT password FROM users; /srv/app/secret.py"),
        KeyError("<b>x</b>"),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"),
        RecursionError(),
    ],
)
def test_a_failure_tells_nothing_of_the_inside(client, client_as, answering, path, error):
    answering(error)
    for browser in (client, client_as("moderator")):
        log = io.StringIO()
        answer = browser.get(path, errors_stream=log)
        assert answer.status_code == 500
        assert not INSIDE.search(answer.text)
        stacks = [line for line in map(json.loads, log.getvalue().splitlines()) if "stack" in line]
        assert type(error).__name__ in stacks[0]["stack"]
        assert stacks[0]["request"] == answer.headers["X-Request-Id"]


def test_a_failing_database_is_503_in_both_languages(client, client_as, answering):
    answering(OperationalError("SELECT 1", {}, RuntimeError("connection to 10.0.0.7 refused")))
    for browser in (client, client_as("investor")):
        for path in ("/tentang", "/en/tentang"):
            answer = browser.get(path)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
            assert not INSIDE.search(answer.text)
            assert "10.0.0.7" not in answer.text


@pytest.mark.parametrize(
    "refusal, status",
    [(NotFound(), 404), (Forbidden(), 403), (Conflict(), 409), (Refusal(), 422), (StorageUnavailable(), 503)],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_refusal_has_a_page(client_as, answering, refusal, status, prefix):
    answering(refusal)
    answer = client_as("moderator").get(f"{prefix}/tentang")
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_the_page_says_what_the_refusal_says(client_as, answering):
    answering(AlreadyDecided(who="Maya <b>Lestari</b>", when=clock.now()))
    answer = client_as("moderator").get("/tentang")
    assert answer.status_code == 409
    assert "Sudah diputuskan Maya &lt;b&gt;Lestari&lt;/b&gt;" in answer.text
    assert "WIB" in answer.text


def test_a_refusal_at_the_storage_says_so(client_as, answering):
    answering(StorageUnavailable())
    assert (
        "Tempat penyimpanan berkas sedang tidak dapat dipakai." in client_as("investor").get("/tentang").text
    )


@pytest.mark.parametrize(
    "path", ["/%3Cscript%3Ealert(1)%3C/script%3E", "/en/%22%3E%3Cimg%20src=x%3E", "/a%27onload=x/b"]
)
def test_an_unknown_address_is_not_echoed_raw(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    for raw in ("<script>alert", "<img src=x", "'onload"):
        assert raw not in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_other_methods_are_refused_with_a_page(client, method):
    answer = send(client, method, "/masuk")
    assert answer.status_code in (400, 405)
    assert "<h1" in answer.text


def test_security_txt_holds_and_its_policy_is_there(client):
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines() if line)
    expires = clock.now().fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=366)
    assert fields["Contact"].startswith("mailto:")
    path, _, anchor = fields["Policy"].removeprefix("http://localhost").partition("#")
    assert f'id="{anchor}"' in client.get(path).text
