"""What is sensitive asks for the password once more, and leads back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.accounts.models import SignIn
from tests.personas import PASSWORD
from tests.support.times import go_on

SENSITIVE = "/dasbor/akun/surel"
PROVE = f"/dasbor/akun/pastikan?next={SENSITIVE}"


@pytest.fixture
def stale(client_as):
    browser = client_as("investor")
    go_on(timedelta(minutes=16))
    return browser


def test_a_proof_of_the_last_minutes_is_enough(client_as):
    assert client_as("investor").get(SENSITIVE).status_code == 200


def test_later_the_password_is_asked_and_leads_back(stale):
    assert stale.get(SENSITIVE).location == PROVE
    wrong = stale.submit("/dasbor/akun/pastikan", {"password": "bukan ini sama sekali"}, on=PROVE)
    assert wrong.status_code == 422
    assert stale.get(SENSITIVE).status_code == 302
    right = stale.submit("/dasbor/akun/pastikan", {"password": PASSWORD, "next": SENSITIVE}, on=PROVE)
    assert right.location == SENSITIVE
    assert stale.get(SENSITIVE).status_code == 200


def test_what_was_opened_in_time_may_be_sent_a_while_later(client_as, session):
    browser = client_as("investor")
    page = browser.get(SENSITIVE)
    go_on(timedelta(minutes=40))
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = browser.post(SENSITIVE, {"csrf_token": token, "email": "baru@example.com"})
    assert answer.location == SENSITIVE
    go_on(timedelta(minutes=40))
    assert browser.post(SENSITIVE, {"csrf_token": token, "email": "lain@example.com"}).location == (
        "/dasbor/akun/pastikan?next=/dasbor"
    )


def test_a_proof_here_proves_nothing_elsewhere(client_as, stale):
    elsewhere = client_as("investor")
    go_on(timedelta(minutes=16))
    stale.submit("/dasbor/akun/pastikan", {"password": PASSWORD}, on=PROVE)
    assert elsewhere.get(SENSITIVE).status_code == 302


def test_the_next_page_stays_on_this_site(stale):
    answer = stale.submit(
        "/dasbor/akun/pastikan", {"password": PASSWORD, "next": "https://jahat.example/"}, on=PROVE
    )
    assert answer.location == "/dasbor/akun/keamanan"


def test_one_browser_is_signed_out_by_its_button(client_as, session):
    here, there = client_as("investor"), client_as("investor")
    newest = session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    path = f"/dasbor/akun/sesi/{newest}/akhiri"
    here.submit(path, on="/dasbor/akun/keamanan")
    assert there.get("/dasbor").status_code == 302
    assert here.submit(path, on="/dasbor/akun/keamanan").status_code == 302
    stranger = client_as("startup")
    own = session.scalars(select(SignIn.id).where(SignIn.ended_at.is_(None)).order_by(SignIn.id)).first()
    assert stranger.submit(f"/dasbor/akun/sesi/{own}/akhiri", on="/dasbor/akun").status_code == 404
    assert here.get("/dasbor").status_code == 200
