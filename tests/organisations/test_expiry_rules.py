from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from marketplace.core import clock
from marketplace.organisations import expiry_rules as rules
from marketplace.organisations.expiry_rules import Dated, OrganisationState
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.trust_queries import today, trusted
from tests.factories.opportunities import an_organisation_id
from tests.factories.organisations import NOW

TODAY = date(2026, 3, 2)
S = OrganisationStatus


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    "left, due", [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)]
)
def test_which_warning_is_due(left, due):
    assert rules.due_warning(day(left), TODAY) == due


def test_what_has_no_end_is_not_warned_of_and_never_lapses():
    assert rules.due_warning(None, TODAY) is None
    assert not rules.has_lapsed(None, TODAY)


def test_the_last_day_still_counts():
    assert not rules.has_lapsed(TODAY, TODAY)
    assert rules.has_lapsed(day(-1), TODAY)


def test_a_verification_lasts_as_long_as_its_first_document():
    documents = [Dated("Akta", None), Dated("Surat tugas", day(90)), Dated("NIB", day(300))]
    assert rules.end_of_verification(documents, TODAY) == day(90)
    assert rules.end_of_verification([Dated("Akta", None)], TODAY) is None


def test_a_document_that_is_over_carries_nothing():
    with pytest.raises(rules.DocumentLapsed) as told:
        rules.end_of_verification([Dated("Surat tugas", day(-1))], TODAY)
    assert told.value.params == {"title": "Surat tugas", "day": day(-1)}
    with pytest.raises(rules.ExpiryPassed):
        rules.check_expiry(day(-1), TODAY)
    rules.check_expiry(TODAY, TODAY)
    rules.check_expiry(None, TODAY)


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("offset", [None, -1, 0, 1])
def test_only_what_is_verified_expires(status, offset):
    until = None if offset is None else day(offset)
    expired = status is S.VERIFIED and offset == -1
    assert (rules.state_of(status, until, TODAY) is OrganisationState.EXPIRED) is expired
    assert rules.is_trusted(status, until, TODAY) is (status is S.VERIFIED and not expired)
    if not expired:
        assert str(rules.state_of(status, until, TODAY)) == str(status)


@pytest.mark.parametrize("status, asked, newer", list(product(S, [True, False], [0, 1])))
def test_when_a_fresh_look_may_be_asked_for(status, asked, newer):
    wanted = status is S.VERIFIED and not asked and newer == 1
    assert rules.may_check_again(status, asked=asked, newer_proofs=newer) is wanted


def test_the_rule_and_its_sql_twin_agree(session):
    clock.use(lambda: NOW)
    assert today() == TODAY
    row = session.get(Organisation, an_organisation_id("ministry"))
    asked = select(trusted()).where(Organisation.id == row.id)
    for status, offset in product(S, [None, -400, -1, 0, 1, 400]):
        row.status, row.valid_until = status, None if offset is None else day(offset)
        session.flush()
        assert session.scalar(asked) is rules.is_trusted(status, row.valid_until, TODAY), (status, offset)


def test_the_day_is_read_anew_each_time(session):
    row = session.get(Organisation, an_organisation_id("ministry"))
    row.valid_until = TODAY
    session.flush()
    asked = select(trusted()).where(Organisation.id == row.id)
    answers = []
    for hours in (0, 24):
        clock.use(lambda hours=hours: NOW + timedelta(hours=hours))
        answers.append(session.scalar(asked))
    assert answers == [True, False]
