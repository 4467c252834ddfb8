"""What happens when two things are done to one account at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from marketplace.accounts import actions, passwords, rules
from marketplace.accounts.models import SignIn
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.tokens import Purpose, make_token
from marketplace.core import clock
from marketplace.extensions import db
from tests.personas import PASSWORD, PEOPLE
from tests.security.conftest import send
from tests.support.clients import TOKEN, PageClient
from tests.support.committed import committed

__all__ = ["committed"]

EMAIL = PEOPLE["investor"].email
NEW = "kuda besi naik bukit"


@pytest.fixture
def token(committed):
    """The token of a mailed link for a new password."""
    with committed.app_context():
        made = make_token(find_by_email(EMAIL), Purpose.RESET, now=clock.now(), lasts=rules.RESET_WITHIN)
        db.session.remove()
    return made


def elsewhere(app, job):
    """Runs it to its end in another thread, hence on another connection."""

    def run():
        with app.app_context():
            job()
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(run).result()


def test_of_two_uses_of_one_link_the_second_is_told(committed, token, monkeypatch):
    both, check = threading.Barrier(2), rules.check_password

    def check_together(*args, **kwargs):
        with suppress(threading.BrokenBarrierError):
            both.wait(1)
        check(*args, **kwargs)

    monkeypatch.setattr(rules, "check_password", check_together)
    path = f"/kata-sandi-baru/{token}"

    def press(password):
        browser = PageClient(committed)
        field = TOKEN.search(send(browser, "GET", path).text)[1]
        return send(browser, "POST", path, data={"csrf_token": field, "password": password}).status_code

    with ThreadPoolExecutor(max_workers=2) as threads:
        assert sorted(threads.map(press, (NEW, f"{NEW} lagi"))) == [302, 410]


def test_an_old_password_does_not_slip_in_behind_a_new_one(committed, token, monkeypatch):
    browser = PageClient(committed)
    field = TOKEN.search(send(browser, "GET", "/masuk").text)[1]
    verify = passwords.verify_and_update_password

    def verify_slowly(plain, user):
        answer = verify(plain, user)
        elsewhere(committed, lambda: actions.reset_password(token, NEW, now=clock.now()))
        return answer

    monkeypatch.setattr(passwords, "verify_and_update_password", verify_slowly)
    form = {"csrf_token": field, "email": EMAIL, "password": PASSWORD}
    assert send(browser, "POST", "/masuk", data=form).status_code == 422
    with committed.app_context():
        assert db.session.scalar(select(func.count()).where(SignIn.ended_at.is_(None))) == 0
        db.session.remove()
