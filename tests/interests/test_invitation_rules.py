"""Invitations: rules need no database."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from marketplace.core.refusal import Refusal
from marketplace.interests.invitation_rules import (
    ANSWER_WITHIN_DAYS,
    INVITATION_STEPS,
    TO_ONE_AT_MOST,
    WAITING_AT_MOST,
    AlreadyInvited,
    InvitationState,
    InvitationStatus,
    InvitedOften,
    SaidNo,
    TooManyWaiting,
    answer_day,
    check_number,
    check_pair,
    newest_expired,
    state_of,
)
from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from marketplace.opportunities.rules import Standing
from tests.support.refusals import refuses

S, State = InvitationStatus, InvitationState
# Written out a second time on purpose: who may take which step.
ALLOWED = {
    "none sent": "pemda",
    "sent accepted": "verified_partner",
    "sent declined": "partner",
    "sent withdrawn": "inviter",
}
# Monday 8 June 2026, 23.30 in Jakarta.
SENT = datetime(2026, 6, 8, 16, 30, tzinfo=UTC)
LAST = datetime(2026, 6, 22, 16, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("old,new", list(product(S, S)))
def test_every_pair_of_statuses(old: InvitationStatus, new: InvitationStatus) -> None:
    wanted = ALLOWED.get(f"{old} {new}")
    if wanted is None:
        with pytest.raises(MoveImpossible):
            get_step(INVITATION_STEPS, old, new)
    else:
        assert get_step(INVITATION_STEPS, old, new).by == wanted


@pytest.mark.parametrize("new", [S.ACCEPTED, S.DECLINED, S.WITHDRAWN])
def test_a_negative_step_needs_one_of_its_reasons(new: InvitationStatus) -> None:
    step = INVITATION_STEPS[(S.SENT, new)]
    if new is S.ACCEPTED:
        check_reason(step, None)
        return
    for wrong in (None, "", "invented"):
        with pytest.raises(ReasonNeeded):
            check_reason(step, wrong)
    check_reason(step, "other")


def test_who_hears_of_it() -> None:
    told = {str(new): step.tells for (_old, new), step in INVITATION_STEPS.items()}
    # That it became an interest is told by the interest.
    assert told == {"sent": ("partner",), "accepted": (), "declined": ("pemda",), "withdrawn": ("partner",)}


def test_the_last_day_is_a_day_of_jakarta() -> None:
    assert answer_day(SENT) == date(2026, 6, 8) + timedelta(days=ANSWER_WITHIN_DAYS)
    assert answer_day(SENT + timedelta(hours=1)) == answer_day(SENT) + timedelta(days=1)


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("now", [SENT, LAST, LAST + timedelta(microseconds=1)])
def test_expired_and_lapsed_are_derived(status: S, standing: Standing, now: datetime) -> None:
    if status is S.NONE:
        return
    state = state_of(status, invited_at=SENT, standing=standing, now=now)
    if status is not S.SENT:
        assert state == status
    elif standing is not Standing.OPEN:
        assert state is State.LAPSED
    else:
        assert state is (State.EXPIRED if now > LAST else State.SENT)
        assert (newest_expired(now) >= SENT) == (state is State.EXPIRED)


@pytest.mark.parametrize(
    "earlier,refusal",
    [
        ((), None),
        ((State.EXPIRED,), None),
        ((State.WITHDRAWN,), None),
        ((State.LAPSED,), None),
        # The Pemda answered that interest with no and thinks better of it.
        ((State.ACCEPTED,), None),
        ((State.SENT,), AlreadyInvited),
        ((State.EXPIRED, State.SENT), AlreadyInvited),
        ((State.DECLINED,), SaidNo),
        ((State.WITHDRAWN, State.EXPIRED), InvitedOften),
    ],
)
def test_inviting_anew(earlier: tuple[State, ...], refusal: type[Refusal] | None) -> None:
    if refusal is None:
        check_pair(earlier)
        return
    named = {"most": TO_ONE_AT_MOST} if refusal is InvitedOften else {}
    with refuses(refusal, **named):
        check_pair(earlier)


def test_so_many_may_wait_at_a_listing() -> None:
    check_number(WAITING_AT_MOST - 1)
    with refuses(TooManyWaiting, most=WAITING_AT_MOST):
        check_number(WAITING_AT_MOST)
