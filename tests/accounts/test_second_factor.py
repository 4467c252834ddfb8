"""Authenticator app and recovery codes: set up, asked for at sign-in, each code once, demanded of staff."""

import re
from datetime import timedelta
from functools import partial

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from marketplace.accounts import second_factor
from marketplace.accounts.models import Authenticator, RecoveryCode, SignIn, User
from marketplace.accounts.queries import get_factors
from marketplace.accounts.rules import CodeWrong, SecondFactorDemanded
from marketplace.core import clock
from marketplace.mail.models import Delivery
from marketplace.organisations.signed_in import find_signed_in
from tests.personas import PASSWORD, PEOPLE, actor
from tests.support.clients import PageClient
from tests.support.times import go_on

SECURITY = "/dasbor/akun/keamanan"
STEP = "/masuk/dua-langkah"
EMAIL = PEOPLE["investor"].email
CODE = re.compile(r"<code>([0-9a-z-]{19})</code>")


def the_app(session, user_id):
    """The phone: makes the code of any moment from the secret."""
    row = session.get(Authenticator, user_id)
    totp = second_factor._totp().from_source(row.secret)
    return lambda moment: totp.generate(time=moment).token


def user_id_of(session, persona):
    return session.scalars(select(User.id).where(User.email == PEOPLE[persona].email)).one()


def set_up(browser, session, persona="investor"):
    """Sets an app up as a person does; the phone and the page with the recovery codes."""
    browser.submit(f"{SECURITY}/aplikasi", on=SECURITY)
    phone = the_app(session, user_id_of(session, persona))
    shown = browser.submit(
        f"{SECURITY}/aplikasi/kode", {"code": phone(clock.now())}, on=f"{SECURITY}/aplikasi"
    )
    return phone, shown


def sign_in(browser, persona="investor"):
    return browser.submit("/masuk", {"email": PEOPLE[persona].email, "password": PASSWORD})


def later(**passed):
    go_on(timedelta(**passed))


def test_an_app_is_set_up_with_picture_key_and_code(client_as, session):
    browser = client_as("investor")
    assert "Pasang aplikasi" in browser.get(SECURITY).text
    browser.submit(f"{SECURITY}/aplikasi", on=SECURITY)
    page = browser.get(f"{SECURITY}/aplikasi")
    assert "tt-key" in page.text
    picture = browser.raw.get(f"{SECURITY}/aplikasi/qr.svg")
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert b"<svg" in picture.data
    wrong = browser.submit(f"{SECURITY}/aplikasi/kode", {"code": "000 000"}, on=f"{SECURITY}/aplikasi")
    assert wrong.status_code == 422
    assert not get_factors(user_id_of(session, "investor")).any
    _, shown = set_up(browser, session)
    assert len(CODE.findall(shown.text)) == 10
    assert get_factors(user_id_of(session, "investor")).app
    assert session.scalars(
        select(Delivery).where(Delivery.template == "account_second_factor_changed")
    ).first()
    assert "Aplikasi autentikator dipasang" in browser.get(SECURITY).text


def test_the_secret_is_not_in_the_database_as_it_is(client_as, session):
    browser = client_as("investor")
    set_up(browser, session)
    row = session.get(Authenticator, user_id_of(session, "investor"))
    secret = second_factor._totp().from_source(row.secret).base32_key
    assert secret not in row.secret
    other = TOTP.using(secrets={"1": "another key altogether"}).from_source(row.secret)
    assert other.base32_key != secret


def test_after_it_the_password_alone_lets_nobody_in(client_as, client, session):
    phone, _ = set_up(client_as("investor"), session)
    later(minutes=2)
    half = sign_in(client)
    assert half.location == STEP
    assert client.get("/dasbor").status_code == 302
    assert "Langkah kedua" in client.get(STEP).text
    assert client.submit(STEP, {"code": "123456"}).status_code == 422
    let_in = client.submit(STEP, {"code": phone(clock.now())})
    assert let_in.location == "/dasbor"
    assert client.get("/dasbor").status_code == 200


def test_a_code_works_once_and_in_its_minute(client_as, app, session):
    phone, _ = set_up(client_as("investor"), session)
    later(minutes=2)
    used, old = phone(clock.now()), phone(clock.now() - timedelta(minutes=3))
    first, second = PageClient(app), PageClient(app)
    for browser in (first, second):
        sign_in(browser)
    assert first.submit(STEP, {"code": used}).status_code == 302
    assert second.submit(STEP, {"code": used}).status_code == 422
    assert second.submit(STEP, {"code": old}).status_code == 422


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "abcd", "x" * 4000, "12 34 5a"])
def test_what_cannot_be_a_code_is_refused_with_a_sentence(client_as, client, session, typed):
    set_up(client_as("investor"), session)
    sign_in(client)
    assert client.submit(STEP, {"code": typed}).status_code == 422


def test_a_recovery_code_stands_in_once_and_its_owner_hears_of_it(client_as, app, session):
    _, shown = set_up(client_as("investor"), session)
    code = CODE.findall(shown.text)[3]
    first, second = PageClient(app), PageClient(app)
    for browser in (first, second):
        sign_in(browser)
    assert first.submit(STEP, {"code": code.upper().replace("-", " ")}).status_code == 302
    assert second.submit(STEP, {"code": code}).status_code == 422
    assert get_factors(user_id_of(session, "investor")).codes_left == 9
    told = session.scalars(select(Delivery).where(Delivery.template == "account_recovery_code_used")).one()
    assert told.params == {"left": 9}
    assert code not in str([row.code_hash for row in session.scalars(select(RecoveryCode))])


def test_new_recovery_codes_kill_the_old_ones(client_as, app, session):
    browser = client_as("investor")
    _, shown = set_up(browser, session)
    again = browser.submit(f"{SECURITY}/kode-pemulihan", on=SECURITY)
    old, new = CODE.findall(shown.text), CODE.findall(again.text)
    assert len(set(old + new)) == 20
    other = PageClient(app)
    sign_in(other)
    assert other.submit(STEP, {"code": old[0]}).status_code == 422
    assert other.submit(STEP, {"code": new[0]}).status_code == 302


def test_codes_of_one_person_do_not_open_another_account(client_as, session):
    _, shown = set_up(client_as("investor"), session)
    with pytest.raises(CodeWrong):
        second_factor.check_code(user_id_of(session, "startup"), CODE.findall(shown.text)[0], now=clock.now())


def test_removing_the_app_removes_its_codes(client_as, client, session):
    browser = client_as("investor")
    set_up(browser, session)
    browser.submit(f"{SECURITY}/aplikasi/lepas", on=SECURITY)
    browser.submit(f"{SECURITY}/aplikasi/lepas", on=SECURITY)
    factors = get_factors(user_id_of(session, "investor"))
    assert (factors.any, factors.codes_left) == (False, 0)
    assert sign_in(client).location == "/dasbor"


def test_the_half_signed_in_state_ends_after_ten_minutes_and_with_a_new_password(client_as, client, session):
    phone, _ = set_up(client_as("investor"), session)
    sign_in(client)
    later(minutes=11)
    late = client.post(STEP, {"code": phone(clock.now())})
    assert late.status_code == 400  # no token without a page
    assert client.get(STEP).location == "/masuk"


def test_five_wrong_codes_slow_down_strangers_but_not_the_owners_browser(client_as, app, session, limits_on):
    phone, _ = set_up(client_as("investor"), session)
    later(minutes=2)
    owner = PageClient(app)
    sign_in(owner)
    assert owner.submit(STEP, {"code": phone(clock.now())}).status_code == 302
    owner.submit("/keluar")
    thief = PageClient(app)
    sign_in(thief)
    answers = [thief.submit(STEP, {"code": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    later(minutes=2)
    sign_in(owner)
    assert owner.submit(STEP, {"code": phone(clock.now())}).status_code == 302


def test_staff_without_a_second_factor_may_set_one_up_and_nothing_else(app, client, session):
    assert sign_in(client, "moderator").location == "/dasbor"
    assert "langkah kedua" in client.get("/dasbor").text
    for path in ("/moderasi", "/moderasi/jejak"):
        assert client.get(path).location == SECURITY
    assert "Peran Anda menunggu langkah kedua" in client.get(SECURITY).text
    set_up(client, session, "moderator")
    assert client.get("/moderasi").status_code == 200
    other = PageClient(app)
    other.submit("/masuk", {"email": PEOPLE["moderator"].email, "password": PASSWORD})
    assert other.get("/moderasi").location.startswith("/masuk")


def test_staff_do_not_remove_their_last_second_factor(client_as, session):
    browser = client_as("moderator")
    set_up(browser, session, "moderator")
    answer = browser.submit(f"{SECURITY}/aplikasi/lepas", on=SECURITY)
    assert answer.location == SECURITY
    assert "Tambahkan cara lain dahulu" in browser.get(SECURITY).text
    assert get_factors(user_id_of(session, "moderator")).app
    with pytest.raises(SecondFactorDemanded):
        second_factor.remove_authenticator(actor=actor(session.connection(), "moderator"), now=clock.now())


def test_the_demonstration_demands_none(app, client, session):
    sign_in(client, "moderator")
    row = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    ask = partial(find_signed_in, row.sid_hash)
    assert ask(demands_second_factor=False).actor.is_moderator
    withheld = ask(demands_second_factor=True).actor
    assert (withheld.is_staff, bool(withheld.withheld_roles)) == (False, True)
