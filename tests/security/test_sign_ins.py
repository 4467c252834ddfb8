"""Row 8: the server decides who a cookie is; what the library would take besides signs nobody in."""

import contextvars

import pytest
from flask_login import current_user
from sqlalchemy import select

from marketplace.accounts.models import SignIn, User
from tests.personas import PASSWORD, PEOPLE
from tests.security.conftest import send
from tests.support.clients import PageClient

EMAIL = PEOPLE["investor"].email
PRIVATE = "/dasbor/akun"


def cookie_of(browser):
    with browser.raw.session_transaction() as cookie:
        return dict(cookie)


def with_cookie(app, values):
    thief = PageClient(app)
    with thief.raw.session_transaction() as cookie:
        cookie.update(values)
    return thief


@pytest.fixture
def investor(client):
    client.submit("/masuk", {"email": EMAIL, "password": PASSWORD})
    return client


def test_a_copied_cookie_works_until_the_sign_in_ends(app, investor):
    kept = cookie_of(investor)
    assert with_cookie(app, kept).get(PRIVATE).status_code == 200
    investor.submit("/keluar")
    assert with_cookie(app, kept).get(PRIVATE).status_code == 302


def test_a_copied_cookie_dies_with_the_password(app, investor):
    kept = cookie_of(investor)
    thief = with_cookie(app, kept)
    other = PageClient(app)
    other.submit("/masuk", {"email": EMAIL, "password": PASSWORD})
    other.submit("/dasbor/akun/kata-sandi", {"current": PASSWORD, "password": "kuda besi naik bukit"})
    assert thief.get(PRIVATE).status_code == 302


def test_a_copied_cookie_dies_with_the_account(app, investor, session):
    kept = cookie_of(investor)
    session.scalars(select(User).where(User.email == EMAIL)).one().active = False
    assert with_cookie(app, kept).get(PRIVATE).status_code == 302


def test_the_sid_of_one_person_is_not_another_person(app, investor, session):
    other = session.scalars(select(User).where(User.email == PEOPLE["moderator"].email)).one()
    mixed = {**cookie_of(investor), "_user_id": other.fs_uniquifier}
    assert with_cookie(app, mixed).get(PRIVATE).status_code == 302


@pytest.mark.parametrize("sid", [None, "", 7, [1], {"a": 1}, "x" * 5000, "\0"])
def test_a_cookie_without_a_sid_of_ours_is_nobody(app, investor, sid):
    assert with_cookie(app, {**cookie_of(investor), "sid": sid}).get(PRIVATE).status_code == 302


def test_a_cookie_signed_with_another_key_is_nobody(app, investor):
    kept = cookie_of(investor)
    forger = app.session_interface.get_signing_serializer(app)
    forged = type(forger)(
        "another-key-another-key-another-key", salt="cookie-session", serializer=forger.serializer,
        signer_kwargs=forger.signer_kwargs,
    ).dumps(kept)  # fmt: skip
    thief = PageClient(app)
    thief.raw.set_cookie("sesi", forged)
    assert thief.get(PRIVATE).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "é", '"', "=;", "x" * 4000])
def test_a_broken_cookie_is_nobody(client, cookie):
    answer = send(client, "GET", PRIVATE, headers={"Cookie": f"sesi={cookie}; perangkat={cookie}"})
    assert answer.status_code == 302
    assert send(client, "GET", "/", headers={"Cookie": f"sesi={cookie}"}).status_code == 200


def is_somebody(app, options):
    with app.test_request_context(PRIVATE, **options):
        return current_user.is_authenticated


def test_the_librarys_tokens_sign_nobody_in(app, client, session):
    user = session.scalars(select(User).where(User.email == EMAIL)).one()
    with app.test_request_context():
        token = user.get_auth_token()
    session.commit()
    for options in (
        {"query_string": {"auth_token": token}},
        {"headers": {"Authentication-Token": token}},
        {"headers": {"Authorization": f"Bearer {token}"}},
        {"headers": {"Authorization": "Basic aW52ZXN0b3JAZXhhbXBsZS5jb206eA=="}},
    ):
        assert send(client, "GET", PRIVATE, **options).status_code == 302
        assert not contextvars.Context().run(is_somebody, app, options)


def test_there_is_no_remember_me_cookie(app, investor):
    names = {cookie.key for cookie in investor.raw._cookies.values()}
    assert names == {"sesi", "perangkat"}


def test_the_database_keeps_no_cookie(investor, session):
    sid = cookie_of(investor)["sid"]
    row = session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).one()
    assert sid.encode() not in bytes(row.sid_hash)
    assert len(row.sid_hash) == 32
