"""Rules need no database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from marketplace.interests.rules import (
    ENDED_LIFE,
    OPEN,
    STEPS,
    CapacityNeeded,
    Content,
    InterestState,
    InterestStatus,
    OfferTooShort,
    OpportunityNotOpen,
    RoleNeeded,
    WordsNeeded,
    check_receptive,
    check_sendable,
    check_words,
    days_unanswered,
    dots_of,
    find_gaps,
    may_try_again,
    state_of,
)
from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from marketplace.opportunities.rules import LifeStatus, Standing
from tests.support.refusals import refuses

S = InterestStatus
READ = datetime(2026, 6, 1, tzinfo=UTC)
# PRODUCT section 3, written out a second time on purpose: who may take which step.
ALLOWED = {
    "draft sent": "verified_partner",
    "sent shortlisted": "pemda",
    "sent more_info": "pemda",
    "shortlisted more_info": "pemda",
    "more_info sent": "verified_partner",
    "sent accepted": "pemda_approver",
    "shortlisted accepted": "pemda_approver",
    "sent declined": "pemda",
    "shortlisted declined": "pemda",
    "more_info declined": "pemda",
    "sent withdrawn": "partner",
    "shortlisted withdrawn": "partner",
    "more_info withdrawn": "partner",
    "accepted not_introduced": "moderator",
}
FULL = Content(("fund",), "x" * 40, "Dua instalasi", None, "IDR", "")


@pytest.mark.parametrize("old,new", list(product(S, S)))
def test_every_pair_of_states(old: InterestStatus, new: InterestStatus) -> None:
    wanted = ALLOWED.get(f"{old} {new}")
    if wanted is None:
        with pytest.raises(MoveImpossible):
            get_step(STEPS, old, new)
    else:
        assert get_step(STEPS, old, new).by == wanted


@pytest.mark.parametrize("old,new", list(STEPS))
def test_a_negative_step_needs_one_of_its_reasons(old: InterestStatus, new: InterestStatus) -> None:
    step = STEPS[(old, new)]
    if new in (S.DECLINED, S.WITHDRAWN):
        for wrong in (None, "", "invented"):
            with pytest.raises(ReasonNeeded):
                check_reason(step, wrong)
        check_reason(step, "other")
    else:
        check_reason(step, None)


def test_open_interests_are_those_that_stand_in_the_way_of_another() -> None:
    assert {S.DRAFT, S.SENT, S.SHORTLISTED, S.MORE_INFO, S.ACCEPTED} == OPEN


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("read_at", [None, READ])
@pytest.mark.parametrize("life", list(LifeStatus))
def test_read_and_lapsed_are_derived(
    status: InterestStatus, read_at: datetime | None, life: LifeStatus
) -> None:
    state = state_of(status, read_at=read_at, life=life)
    if status in (S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.NOT_INTRODUCED):
        assert state == status
    elif life in ENDED_LIFE:
        assert state is InterestState.LAPSED
    elif status is S.SENT and read_at:
        assert state is InterestState.READ
    else:
        assert state == status


@pytest.mark.parametrize(
    "state,read_at,dots",
    [
        (InterestState.DRAFT, None, 0),
        (InterestState.SENT, None, 1),
        (InterestState.READ, READ, 2),
        (InterestState.SHORTLISTED, READ, 3),
        (InterestState.MORE_INFO, READ, 3),
        (InterestState.ACCEPTED, READ, 4),
        (InterestState.DECLINED, READ, 4),
        (InterestState.NOT_INTRODUCED, READ, 4),
        (InterestState.WITHDRAWN, None, 1),
        (InterestState.WITHDRAWN, READ, 2),
        (InterestState.LAPSED, READ, 2),
    ],
)
def test_dots(state: InterestState, read_at: datetime | None, dots: int) -> None:
    assert dots_of(state, read_at=read_at) == dots


@pytest.mark.parametrize("standing", list(Standing))
def test_only_an_open_opportunity_takes_interests(standing: Standing) -> None:
    if standing is Standing.OPEN:
        check_receptive(standing)
    else:
        with pytest.raises(OpportunityNotOpen):
            check_receptive(standing)


def test_gaps_are_named_all_at_once() -> None:
    empty = Content((), "pendek", "", None, "IDR", "")
    assert [type(gap) for gap in find_gaps(empty)] == [RoleNeeded, OfferTooShort, CapacityNeeded]
    assert [gap.field for gap in find_gaps(empty)] == ["roles", "offer", "capacity"]
    assert list(find_gaps(FULL)) == []


def test_the_first_gap_keeps_it_from_being_sent() -> None:
    check_sendable(FULL)
    with refuses(CapacityNeeded, field="capacity"):
        check_sendable(Content(("fund",), "x" * 40, "", None, "IDR", ""))


@pytest.mark.parametrize("state", InterestState)
def test_the_pemda_is_waited_for_while_the_answer_is_its_own(state: InterestState) -> None:
    """Working days by the calendar of the ministry: Monday 22.00 in Jakarta is Monday, Saturday none."""
    monday = datetime(2026, 6, 8, 15, tzinfo=UTC)
    waits = state in ("sent", "read", "shortlisted")
    for later, days in ((timedelta(hours=1), 0), (timedelta(hours=3), 1), (timedelta(days=5), 4)):
        assert days_unanswered(state, monday, monday + later) == (days if waits else None)
    assert days_unanswered(state, None, monday) is None


def test_a_ticket_stands_for_capacity() -> None:
    assert list(find_gaps(Content(("fund",), "x" * 40, "", Decimal(1), "IDR", ""))) == []


def test_thirty_nine_letters_are_too_few() -> None:
    short = Content(("fund",), "x" * 39, "Dua", None, "IDR", "")
    assert [gap.params for gap in find_gaps(short)] == [{"least": 40, "now": 39}]


def test_other_needs_words() -> None:
    with refuses(WordsNeeded, field="words"):
        check_words("other", "")
    check_words("other", "Anggaran dialihkan.")
    check_words("capacity", "")


@pytest.mark.parametrize(
    "status,standing,another",
    list(product(S, (Standing.OPEN, Standing.CLOSED, Standing.WITHDRAWN), (False, True))),
)
def test_who_is_invited_to_try_again(status: InterestStatus, standing: Standing, another: bool) -> None:
    wanted = (status, standing, another) == (S.NOT_INTRODUCED, Standing.OPEN, False)
    assert may_try_again(status, standing=standing, another_open=another) is wanted
