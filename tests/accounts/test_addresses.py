"""A new e-mail address: both mailboxes agree, nobody learns who is registered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.accounts import actions, addresses
from marketplace.accounts.models import AddressChange, User
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.rules import LinkDead
from marketplace.core import clock
from marketplace.mail.models import Delivery
from tests.personas import PASSWORD, PEOPLE, actor
from tests.support.times import go_on

PAGE = "/dasbor/akun/surel"
NEW = "rani.baru@example.com"
OLD = PEOPLE["investor"].email


@pytest.fixture
def links(client_as, session):
    """The paths that the two mails carry, after the person asked."""
    browser = client_as("investor")
    browser.submit(PAGE, {"email": NEW})
    mails = {mail.template: mail for mail in session.scalars(select(Delivery))}
    assert mails["account_address_new"].address == NEW
    assert mails["account_address_old"].address is None
    return mails["account_address_old"].path, mails["account_address_new"].path


def press(browser, path, answer="yes"):
    return browser.submit(path, {"answer": answer})


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_it_changes_when_both_have_agreed(client, client_as, links, session, order):
    first, second = (links[place] for place in order)
    assert press(client, first).location == first
    assert "Satu alamat lagi" in client.get(first).text
    press(client, first)
    assert find_by_email(NEW) is None
    assert press(client, second).location == "/masuk"
    assert find_by_email(OLD) is None
    assert client.submit("/masuk", {"email": NEW, "password": PASSWORD}).location == "/dasbor"
    told = [mail for mail in session.scalars(select(Delivery)) if mail.template == "account_address_changed"]
    assert {mail.address for mail in told} == {None, OLD}
    assert client.get(first).status_code == client.get(second).status_code == 410


def test_every_browser_is_signed_out_by_the_change(client, client_as, links):
    signed_in = client_as("investor")
    for link in links:
        press(client, link)
    assert signed_in.get("/dasbor").status_code == 302


def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, links):
    for link in links:
        assert client.get(link).status_code == 200
        client.raw.head(link)
    assert find_by_email(NEW) is None


def test_the_new_mailbox_does_not_read_the_old_address(client, links):
    old, new = links
    assert OLD in client.get(old).text
    assert OLD not in client.get(new).text


def test_the_old_mailbox_may_refuse_and_the_new_one_may_not_decide_for_it(client, links, session):
    old, new = links
    assert press(client, new, "no").status_code == 410
    assert press(client, old, "no").location == "/masuk"
    assert client.get(new).status_code == client.get(old).status_code == 410
    assert find_by_email(OLD) is not None


def test_links_die_after_a_day_with_a_new_request_and_with_a_new_password(client, client_as, links, session):
    person = actor(session.connection(), "investor")
    go_on(timedelta(hours=25))
    assert client.get(links[0]).status_code == 410
    clock.use(None)
    assert client.get(links[0]).status_code == 200
    actions.change_password(
        current=PASSWORD, password="kuda besi naik bukit", actor=person, now=clock.now(), but_sid_hash=None
    )
    assert client.get(links[0]).status_code == client.get(links[1]).status_code == 410


def test_a_second_request_replaces_the_first(client, client_as, links, session):
    client_as("investor").submit(PAGE, {"email": "lain@example.com"})
    assert client.get(links[1]).status_code == 410
    still_open = session.scalars(select(AddressChange).where(AddressChange.ended_at.is_(None))).one()
    assert still_open.new_email == "lain@example.com"


def test_the_person_sees_it_under_way_and_may_give_it_up(client, client_as, links):
    browser = client_as("investor")
    assert NEW in browser.get(PAGE).text
    browser.submit(f"{PAGE}/batal", on=PAGE)
    browser.submit(f"{PAGE}/batal", on=PAGE)
    assert NEW not in browser.get(PAGE).text
    assert client.get(links[0]).status_code == 410


def test_an_address_with_an_account_is_answered_alike_and_only_its_owner_is_told(client_as, session):
    browser = client_as("investor")
    taken = PEOPLE["startup"].email
    answer = browser.submit(PAGE, {"email": taken.upper()})
    assert (answer.status_code, answer.location) == (302, PAGE)
    mails = {mail.template: mail for mail in session.scalars(select(Delivery))}
    owner = session.scalars(select(User).where(User.email == taken)).one()
    assert mails["account_address_taken"].user_id == owner.id
    assert "account_address_new" not in mails


def test_an_address_taken_meanwhile_ends_it_kindly(client, links, session):
    other = session.scalars(select(User).where(User.email == PEOPLE["startup"].email)).one()
    press(client, links[0])
    other.email = NEW.upper()
    session.commit()
    assert press(client, links[1]).status_code == 410
    with pytest.raises(LinkDead):
        addresses.agree(links[1].rsplit("/", 1)[1], now=clock.now())
    assert find_by_email(OLD) is not None


@pytest.mark.parametrize("typed", ["", "bukan surel", OLD, "a" * 300 + "@example.com"])
def test_bad_addresses_are_refused_and_stay_in_the_field(client_as, typed):
    answer = client_as("investor").submit(PAGE, {"email": typed})
    assert answer.status_code == 422
    assert not typed or typed[:40] in answer.text
