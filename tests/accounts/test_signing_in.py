import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from marketplace.accounts.models import SignIn, User
from marketplace.core import clock
from tests.personas import PASSWORD, PEOPLE
from tests.support.clients import PageClient

EMAIL = PEOPLE["investor"].email


def sign_in(client, email=EMAIL, password=PASSWORD, path="/masuk", **more):
    return client.submit(path, {"email": email, "password": password, **more})


def test_the_right_password_leads_to_the_dashboard(client, session):
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/dasbor")
    assert client.get("/dasbor/akun").status_code == 200
    assert session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).one().user_id


def test_capitals_of_an_address_do_not_matter(client):
    assert sign_in(client, email=EMAIL.upper()).status_code == 302


def test_a_wrong_password_keeps_the_address_and_says_no_more(client):
    known = sign_in(client, password="salah-salah-salah")
    unknown = sign_in(client, email="tidak.ada@example.com", password="salah-salah-salah")
    assert known.status_code == unknown.status_code == 422
    assert "Surel atau kata sandi tidak cocok." in known.text
    token = re.compile(r'value="[^"]{60,}"')
    assert token.sub("", known.text) == token.sub("", unknown.text).replace("tidak.ada@example.com", EMAIL)


def test_english_answers_in_english(client):
    answer = sign_in(client, path="/en/masuk", password="salah-salah-salah")
    assert "The e-mail address or the password is not right." in answer.text


def test_next_leads_back_in_the_language_read(client):
    assert (
        sign_in(client, path="/en/masuk?next=/peluang%3Fq=air", next="/peluang?q=air").location
        == "/en/peluang?q=air"
    )


@pytest.mark.parametrize(
    "away",
    ["https://jahat.example/", "//jahat.example", "/en//jahat.example", "/\\jahat.example", "javascript:1"],
)
def test_next_never_leads_away(client, away):
    assert sign_in(client, next=away).location == "/dasbor"


def test_next_in_the_address_is_carried_by_the_form(client):
    page = client.get("/masuk?next=/peluang/air-abc123/minat")
    assert 'name="next" type="hidden" value="/peluang/air-abc123/minat"' in page.text


def test_sign_in_wants_its_token(client):
    assert client.post("/masuk", {"email": EMAIL, "password": PASSWORD}).status_code == 400


def test_a_form_left_open_in_another_tab_shows_the_way_on_to_who_is_in(client_as):
    browser = client_as("investor")
    old = {"email": EMAIL, "password": PASSWORD, "csrf_token": "of the session before"}
    for path in ("/masuk", "/masuk/kunci-sandi"):
        answer = browser.post(path, {**old, "next": "/peluang/air-abc123/minat"})
        assert answer.status_code == 400
        assert "Anda sudah masuk" in answer.text
        assert 'href="/masuk?next=/peluang/air-abc123/minat">Lanjutkan' in answer.text
    assert browser.get("/masuk?next=/peluang/air-abc123/minat").location == "/peluang/air-abc123/minat"
    assert "jahat" not in browser.post("/masuk", {**old, "next": "https://jahat.example/"}).text


def test_programs_are_turned_away(client):
    client.get("/masuk")
    answer = client.raw.post("/masuk", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code in (400, 415)
    assert answer.mimetype == "text/html"


def test_no_address_signs_in_by_a_token_in_it(client):
    assert client.get("/dasbor/akun?auth_token=abc").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client, session):
    sign_in(client)
    with client.raw.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.submit("/keluar").status_code == 302
    assert session.scalars(select(SignIn)).one().ended_at is not None
    thief = PageClient(client.app)
    with thief.raw.session_transaction() as cookie:
        cookie.update(kept)
    assert thief.get("/dasbor/akun").status_code == 302


def test_a_sign_in_lapses_after_a_week(app, client):
    sign_in(client)
    elsewhere, signed_in_at = PageClient(app), datetime.now(UTC)
    clock.use(lambda: signed_in_at + timedelta(days=6, hours=23))
    assert client.get("/dasbor/akun").status_code == 200
    clock.use(lambda: signed_in_at + timedelta(days=7, minutes=1))
    assert client.get("/dasbor/akun").location == "/masuk?next=/dasbor/akun"
    sign_in(elsewhere)
    assert elsewhere.get("/dasbor/akun/keamanan").text.count("peramban ini") == 1
    assert "Keluarkan yang lain" not in elsewhere.get("/dasbor/akun").text


def test_signing_out_wants_a_post_with_its_token(client):
    sign_in(client)
    assert client.get("/keluar").status_code == 200
    assert client.post("/keluar").status_code == 400
    assert client.get("/dasbor/akun").status_code == 200


def test_each_sign_in_has_a_new_sid(client):
    with client.raw.session_transaction() as cookie:
        cookie["sid"] = "planted"
    sign_in(client)
    with client.raw.session_transaction() as cookie:
        assert cookie["sid"] != "planted"


def test_a_disabled_account_is_out_at_once(client, session):
    sign_in(client)
    session.scalars(select(User).where(User.email == EMAIL)).one().active = False
    assert client.get("/dasbor/akun").status_code == 302
    assert sign_in(client).status_code == 422


def test_who_is_in_already_goes_on(client_as):
    assert client_as("investor").get("/masuk?next=/peluang").location == "/peluang"


def test_ten_failures_slow_an_account_down_but_not_its_own_browser(app, client, limits_on):
    assert sign_in(client).status_code == 302
    client.submit("/keluar")
    stranger = PageClient(app)
    for _ in range(10):
        assert sign_in(stranger, password="salah-salah-salah").status_code == 422
    answer = sign_in(stranger)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 900
    assert EMAIL in answer.text
    assert sign_in(client).status_code == 302


def test_a_known_browser_has_a_count_of_its_own(app, client, limits_on):
    sign_in(client)
    client.submit("/keluar")
    answers = [sign_in(client, password="salah-salah-salah").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert sign_in(PageClient(app)).status_code == 302


def test_strangers_who_guess_do_not_keep_the_owner_from_a_new_password(app, client, limits_on):
    sign_in(client)
    stranger = PageClient(app)
    for _ in range(10):
        sign_in(stranger, password="salah-salah-salah")
    form = {"current": PASSWORD, "password": "kuda besi naik bukit"}
    assert client.submit("/dasbor/akun/kata-sandi", form).status_code == 302


def test_counts_of_failures_name_nobody(client, limits_on, database_url):
    sign_in(client, password="salah-salah-salah")
    client.submit("/lupa-kata-sandi", {"email": EMAIL})
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        keys = connection.scalars(text("SELECT key FROM rate_hits")).all()
    assert len(keys) == 4
    assert not [key for key in keys if "@" in key or "127.0.0.1" in key]


def test_unknown_accounts_are_slowed_down_alike(client, limits_on):
    answers = [
        sign_in(client, email="siapa@example.com", password="salah-salah-salah").status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_right_passwords_are_never_counted(app, client, limits_on):
    for _ in range(12):
        assert sign_in(PageClient(app)).status_code == 302


def test_one_address_may_fail_fifty_times(client, limits_on):
    answers = [
        sign_in(client, email=f"s{n}@example.com", password="salah-salah-salah").status_code
        for n in range(51)
    ]
    assert answers == [422] * 50 + [429]


def test_known_and_unknown_take_about_the_same_time(app, client, session, monkeypatch):
    security = app.extensions["security"]
    monkeypatch.setitem(app.config, "SECURITY_PASSWORD_HASH", "argon2")
    monkeypatch.setattr(
        security, "pwd_context", security.pwd_context.copy(schemes=["argon2"], default="argon2")
    )
    user = session.scalars(select(User).where(User.email == EMAIL)).one()
    user.password = security.pwd_context.hash(PASSWORD)
    assert user.password.startswith("$argon2id$")

    def seconds(email):
        # The time of this process alone: a busy machine makes neither answer slower.
        began = time.process_time()
        sign_in(client, email=email, password="salah-salah-salah")
        return time.process_time() - began

    seconds(EMAIL), seconds("tidak.ada@example.com")
    known = min(seconds(EMAIL) for _ in range(5))
    unknown = min(seconds("tidak.ada@example.com") for _ in range(5))
    # Without a hash to check, one of them would take a seventh.
    assert 1 / 3 < known / unknown < 3
