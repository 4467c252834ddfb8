"""For which days an approver may be stood in for, and by whom."""

from datetime import date, timedelta

import pytest

from marketplace.core.actor import MemberRole
from marketplace.organisations.stand_in_rules import (
    DAYS_AT_MOST,
    StandInDaysReversed,
    StandInDaysTaken,
    StandInInThePast,
    StandInNotAMember,
    StandInNotNeeded,
    StandInTooFarAhead,
    StandInTooLong,
    check_days,
    check_free,
    check_needed,
)
from tests.support.refusals import refuses

TODAY = date(2026, 3, 2)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize("first, last", [(0, 0), (0, 59), (366, 400)])
def test_days_that_may_be_stood_in_for(first, last):
    check_days(day(first), day(last), TODAY)


@pytest.mark.parametrize(
    "first, last, kind, field, params",
    [
        (1, 0, StandInDaysReversed, "until", {}),
        (-1, 3, StandInInThePast, "begins", {}),
        (367, 367, StandInTooFarAhead, "begins", {}),
        (0, 60, StandInTooLong, "until", {"most": DAYS_AT_MOST}),
    ],
)
def test_days_that_may_not(first, last, kind, field, params):
    with refuses(kind, field=field, **params):
        check_days(day(first), day(last), TODAY)


def test_who_may_stand_in():
    for role in (MemberRole.EDITOR, MemberRole.VIEWER):
        check_needed(role)
    for role in (MemberRole.OWNER, MemberRole.APPROVER):
        with refuses(StandInNotNeeded, field="user_id"):
            check_needed(role)
    with refuses(StandInNotAMember, field="user_id"):
        check_needed(None)


@pytest.mark.parametrize(
    "first, last, free",
    [(0, 4, True), (0, 5, False), (7, 8, False), (10, 12, False), (11, 12, True), (0, 20, False)],
)
def test_one_stand_in_a_day(first, last, free):
    taken = [(day(5), day(10))]
    if free:
        check_free(day(first), day(last), taken)
    else:
        with refuses(StandInDaysTaken, field="begins"):
            check_free(day(first), day(last), taken)
