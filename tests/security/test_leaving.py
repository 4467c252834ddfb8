"""Row 29: no redirect leaves the site, no address is made of what the Host header says."""

import re

import pytest

from marketplace.accounts.models import User
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.web.access import is_safe_target
from tests.personas import PASSWORD, PEOPLE
from tests.security.addresses import addresses
from tests.security.conftest import send
from tests.support.clients import PageClient

EMAIL = PEOPLE["investor"].email
AWAY = [
    "https://jahat.example",
    "http:jahat.example",
    "http:/jahat.example",
    "//jahat.example",
    "///jahat.example",
    "////jahat.example",
    "/\\jahat.example",
    "\\/jahat.example",
    "\\\\jahat.example",
    "/%09/jahat.example",
    "/\t/jahat.example",
    "/\n/jahat.example",
    "/\r\nSet-Cookie: a=1",
    " //jahat.example",
    "/ /jahat.example",
    "/en//jahat.example",
    "/en/\\jahat.example",
    "/en///jahat.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "jahat.example",
    "@jahat.example",
    "/@jahat.example//",
    "?next=//jahat.example",
    "//[",
    "/[//jahat.example",
    "https://localhost@jahat.example",
    "https://localhost.jahat.example",
    "\u202e//jahat.example",
    "/\u0000/jahat.example",
    "／／jahat.example",
]
LOCATION_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|[/\\]{2}|[/\\][\t\r\n]*[/\\])", re.IGNORECASE)


def stays(location):
    """As a browser reads it: blanks and backslashes count as what they are taken for."""
    seen = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return seen.startswith("/") and not LOCATION_ELSEWHERE.match(seen)


@pytest.mark.parametrize("target", AWAY)
def test_after_signing_in(client, target):
    answer = client.submit("/masuk", {"email": EMAIL, "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert stays(answer.location), answer.location


@pytest.mark.parametrize("target", AWAY)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_for_signing_in_carries_nothing_that_leads_away(client, prefix, target):
    answer = send(client, "GET", f"{prefix}/masuk", query_string={"next": target})
    assert answer.status_code in (200, 400)
    carried = re.findall(r'name="next"[^>]*value="([^"]*)"', answer.text)
    # By password and by passkey.
    assert len(carried) == (2 if answer.status_code == 200 else 0)
    assert not [found for found in carried if found and not stays(found)]


@pytest.mark.parametrize("target", AWAY)
def test_who_is_signed_in_already(client_as, target):
    answer = send(client_as("investor"), "GET", "/masuk", query_string={"next": target})
    assert answer.status_code == 400 or stays(answer.location)


def test_every_address_with_every_trick(app, world, client, client_as):
    """Whatever name a view may read it from."""
    left = {}
    for browser in (client, client_as("investor")):
        for path in addresses(app, "GET", world):
            for target in ("https://jahat.example/", "//jahat.example/"):
                answer = send(
                    browser, "GET", path, query_string=dict.fromkeys(("next", "url", "kembali", "ke"), target)
                )
                if answer.location and not stays(answer.location):
                    left[path] = answer.location
    assert left == {}


@pytest.mark.parametrize(
    "path", ["//jahat.example", "//jahat.example/..", "//jahat.example/peluang", "/en//jahat.example", "/daerah//71.72",
             "//peluang", "/daerah/71.72/", "/peluang/", "/en//peluang"],
)  # fmt: skip
def test_paths_that_look_like_hosts(client, path):
    answer = send(client, "GET", "/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "jahat.example"})
    assert not answer.location or stays(answer.location), answer.location


@pytest.mark.parametrize(
    "referrer",
    ["https://jahat.example/x", "http://localhost.jahat.example/", "http://[", "//[::1", "x", "\\\\a"],
)
def test_a_foreign_page_is_no_way_back(client, client_as, world, referrer):
    signing_in = send(
        client, "POST", f"/dasbor/minat/{world['interest']}/terima", headers={"Referer": referrer}
    )
    assert "jahat" not in (signing_in.location or "") + signing_in.text
    refused = send(client_as("investor"), "POST", "/dasbor/akun", headers={"Referer": referrer})
    assert refused.status_code == 400
    assert "jahat" not in refused.text


@pytest.mark.parametrize(
    "target", ["/peluang", "/dasbor/minat/7", "/en/peluang?q=air&halaman=2", "/daerah/71.72-kota-bitung"]
)
def test_what_is_ours_is_kept(target):
    assert is_safe_target(target)


HOSTS = {"Host": "jahat.example", "X-Forwarded-Host": "jahat.example", "Forwarded": "host=jahat.example"}


def test_pages_name_only_the_configured_host(app, world, client, client_as):
    named = {}
    for browser in (client, client_as("pemda_owner")):
        for path in addresses(app, "GET", world):
            answer = send(browser, "GET", path, headers=HOSTS)
            # Some answers are pictures: bytes are searched, not text.
            if b"jahat.example" in answer.data + str(answer.headers).encode():
                named[path] = answer.status_code
    assert named == {}


def test_mails_name_only_the_configured_host(app, session, letters):
    browser = PageClient(app)
    page = send(browser, "GET", "/lupa-kata-sandi", headers=HOSTS, base_url="http://jahat.example")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text).group(1)
    answer = send(
        browser, "POST", "/lupa-kata-sandi", headers=HOSTS, base_url="http://jahat.example",
        data={"csrf_token": token, "email": EMAIL},
    )  # fmt: skip
    assert answer.status_code == 302
    letter, reader = letters(EMAIL)
    message = compose(letter, reader).as_string()
    assert "jahat.example" not in message
    assert "http://localhost/kata-sandi-baru/" in message


def test_behind_the_proxy_the_configured_host_still_wins(proxied):
    browser = PageClient(proxied)
    headers = {"X-Forwarded-Host": "jahat.example", "X-Forwarded-Proto": "https"}
    machines = ("/sitemap.xml", "/robots.txt", "/.well-known/security.txt")
    for path in ("/", "/en/", "/masuk", "/tidak-ada", "/daerah/71.72", *machines):
        answer = send(browser, "GET", path, headers=headers)
        assert "jahat.example" not in answer.text + str(answer.headers), path


def test_one_hop_is_believed_and_no_more(proxied, lines):
    """What the client itself wrote into the header stands left of what the proxy added."""
    browser = PageClient(proxied)
    first = lines(browser, "GET", "/robots.txt", headers={"X-Forwarded-For": "203.0.113.9"})
    forged = lines(browser, "GET", "/robots.txt", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    other = lines(browser, "GET", "/robots.txt", headers={"X-Forwarded-For": "198.51.100.1"})
    assert first[-1]["origin"] == forged[-1]["origin"] != other[-1]["origin"]


def test_without_a_proxy_nobodys_word_is_taken(client, lines):
    plain = lines(client, "GET", "/robots.txt")
    forged = lines(
        client, "GET", "/robots.txt", headers={"X-Forwarded-For": "198.51.100.1", "X-Real-IP": "198.51.100.1"}
    )
    assert plain[-1]["origin"] == forged[-1]["origin"]


@pytest.fixture
def letters(session):
    def find(email):
        return (
            session.query(Delivery, User).join(User, User.id == Delivery.user_id).filter(User.email == email)
            .order_by(Delivery.created_at.desc()).first()
        )  # fmt: skip

    return find
