"""Rows 7 and 12: no form without its token, and nothing but forms."""

import json

import pytest

from tests.security.addresses import addresses
from tests.security.conftest import send
from tests.support.clients import TOKEN, PageClient

SENTENCE = {"id": "Formulir ini tidak dapat diterima.", "en": "This form cannot be accepted."}
PERSONAS = ("moderator", "pemda_owner", "investor")
# Mail programs press them for people (RFC 8058); what they want instead is the token in their address.
WITHOUT = ("/pencarian/berhenti/", "/cocok/berhenti/", "/diikuti/berhenti/")


def without_token(app, browser, world, **options):
    """Path -> answer for each POST route that did not answer 400 with the sentence."""
    bad = {}
    for prefix, language in (("", "id"), ("/en", "en")):
        for path in addresses(app, "POST", world):
            if path.startswith(WITHOUT):
                continue
            answer = send(browser, "POST", prefix + path, **(options or {"data": {"name": "x"}}))
            if answer.status_code != 400 or SENTENCE[language] not in answer.text or "<h1" not in answer.text:
                bad[prefix + path] = f"{answer.status_code} {answer.headers.get('Location', '')}"
    return bad


def test_there_are_routes_to_walk(app, world):
    assert len(addresses(app, "POST", world)) > 25


def test_every_post_of_a_visitor_wants_its_token(app, world, client):
    assert without_token(app, client, world) == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_post_of_a_person_wants_its_token(app, world, client_as, persona):
    assert without_token(app, client_as(persona), world) == {}


def test_a_made_up_token_is_none(app, world, client_as):
    assert without_token(app, client_as("moderator"), world, data={"csrf_token": "made-up"}) == {}


def test_the_token_of_another_person_is_none(app, world, client_as):
    other = TOKEN.search(client_as("startup").get("/dasbor/akun").text).group(1)
    assert without_token(app, client_as("moderator"), world, data={"csrf_token": other}) == {}


def test_a_visitors_token_is_none_after_another_browser_took_it(client, app):
    stolen = TOKEN.search(client.get("/masuk").text).group(1)
    answer = PageClient(app).post("/masuk", {"csrf_token": stolen, "email": "a@example.com", "password": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "application/xml", "application/octet-stream", "text/json; a=b"],
)
def test_no_form_takes_another_kind_of_body(app, world, client_as, content_type):
    browser = client_as("moderator")
    token = TOKEN.search(browser.get("/dasbor/akun").text).group(1)
    body = json.dumps({"csrf_token": token, "name": "Nama Baru", "language": "id"})
    taken = {}
    for path in addresses(app, "POST", world):
        answer = send(
            browser, "POST", path, data=body, content_type=content_type, headers={"X-CSRFToken": token}
        )
        if answer.status_code != 415 or answer.mimetype != "text/html":
            taken[path] = answer.status_code
    assert taken == {}


def test_a_right_token_is_taken(client_as):
    assert (
        client_as("investor").submit("/dasbor/akun", {"name": "Rani W.", "language": "id"}).status_code == 302
    )
