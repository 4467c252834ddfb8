"""A form whose session ended while it was written comes back whole, and to nobody else's page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from lxml import html

from marketplace.accounts import sign_ins
from marketplace.core import clock
from tests.factories.opportunities import an_opportunity, the_version
from tests.personas import actor
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
HERE = {"Origin": "http://localhost"}
LONG = "Baris satu.\nBaris <b>dua</b> & “tiga”."


@pytest.fixture
def draft(session: Any) -> Any:
    return an_opportunity()


def path_of(draft: Any) -> str:
    return f"/dasbor/peluang/{draft.id}/sunting"


def typed(**more: str) -> dict[str, str]:
    return {
        "seen": "1", "title_id": "Ditulis semalam", "problem_id": LONG, "sector_code": "", "readiness": "",
        "langkah": "simpan", **more,
    }  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    fields = html.fromstring(page).xpath("//main//form//input[@type='hidden']")
    return {field.get("name"): field.get("value") for field in fields}


def test_after_signing_in_again_it_is_sent_as_it_was_typed(
    draft: Any, client_as: ClientAs, connection: Any
) -> None:
    browser, path = client_as("pemda_editor"), path_of(draft)
    token = hidden(browser.get(path).text)["csrf_token"]
    sign_ins.end_all(user_id=actor(connection, "pemda_editor").user_id or 0, now=clock.now())
    held = browser.post(path, typed(csrf_token=token), headers=HERE)
    assert held.status_code == 400
    assert "Sesi Anda berakhir sebelum formulir ini terkirim" in held.text
    assert hidden(held.text)["problem_id"] == LONG
    assert the_version(draft).title_id != "Ditulis semalam"
    with browser.raw.session_transaction() as cookie:
        cookie.clear()
    browser.sign_in("pemda_editor")
    again = browser.post(path, hidden(held.text), headers=HERE)
    assert again.status_code == 400
    assert "Anda sudah masuk lagi" in again.text
    assert browser.post(path, hidden(again.text), headers=HERE).status_code == 302
    assert (the_version(draft).title_id, the_version(draft).problem_id) == ("Ditulis semalam", LONG)


def test_a_lost_cookie_loses_no_text(draft: Any, client: PageClient) -> None:
    held = client.post(path_of(draft), typed(csrf_token="old"), headers=HERE)
    assert held.status_code == 400
    assert hidden(held.text)["title_id"] == "Ditulis semalam"
    english = client.post(f"/en{path_of(draft)}", typed(), headers=HERE)
    assert 'action="/en/dasbor' in english.text


def test_a_chosen_file_is_said_to_be_gone(draft: Any, client: PageClient) -> None:
    held = client.post(path_of(draft), {**typed(), "document": (BytesIO(b"x"), "a.pdf")}, headers=HERE)
    assert "Berkas yang Anda pilih tidak ikut" in held.text


@pytest.mark.parametrize(
    "origin", ["https://jahat.example", "null", "", "http://[", "http://localhost.jahat.example", None]
)
def test_what_another_site_posts_never_comes_back_behind_our_button(
    origin: str | None, draft: Any, client_as: ClientAs
) -> None:
    headers = {} if origin is None else {"Origin": origin}
    answer = client_as("pemda_editor").post(
        path_of(draft), typed(title_id="Dari situs lain"), headers=headers
    )
    assert answer.status_code == 400
    assert "Dari situs lain" not in answer.text


def test_passwords_and_bare_buttons_are_not_held(draft: Any, client: PageClient) -> None:
    secret = client.post("/masuk", {"email": "a@example.com", "password": "rahasia"}, headers=HERE)
    assert (secret.status_code, "rahasia" in secret.text) == (400, False)
    button = client.post(f"/dasbor/peluang/{draft.id}/kirim", {"seen": "1"}, headers=HERE)
    assert "Kirim lagi" not in button.text


def test_what_was_typed_is_text(draft: Any, client: PageClient) -> None:
    evil = '"><script>alert(1)</script>\x00\u202e'
    held = client.post(path_of(draft), typed(title_id=evil), headers=HERE)
    assert "<script>alert" not in held.text
    assert hidden(held.text)["title_id"] == '"><script>alert(1)</script>'
