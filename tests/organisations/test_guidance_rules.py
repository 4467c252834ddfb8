"""Each step of a guidance, by whom: every status, every side, owned or not, verified or not."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.lifecycle.rules import ReasonNeeded, check_reason
from marketplace.organisations import guidance_rules, policy
from marketplace.organisations.guidance_rules import STEPS, GuidanceStatus
from marketplace.organisations.models import Guidance
from tests.support.refusals import refuses

S, R, K = GuidanceStatus, MemberRole, OrganisationKind
PEMDA, TUTOR, OTHER = 7, 8, 9
GUIDANCE = Guidance(pemda_id=PEMDA, tutor_id=TUTOR)
NOW = datetime(2026, 3, 2, tzinfo=UTC)

# What each side does; in brackets: only while it is verified.
BY_PEMDA = {(S.NONE, S.INVITED), (S.REQUESTED, S.ACTIVE)}
BY_TUTOR = {(S.NONE, S.REQUESTED), (S.INVITED, S.ACTIVE)}
ALSO_UNVERIFIED = {
    PEMDA: {(S.REQUESTED, S.DECLINED), (S.INVITED, S.WITHDRAWN), (S.ACTIVE, S.ENDED)},
    TUTOR: {(S.INVITED, S.DECLINED), (S.REQUESTED, S.WITHDRAWN), (S.ACTIVE, S.ENDED)},
}
WHILE_VERIFIED = {PEMDA: BY_PEMDA, TUTOR: BY_TUTOR}


def somebody(organisation: int, role: MemberRole, *, verified: bool) -> Actor:
    kind = K.TUTOR if organisation == TUTOR else K.PEMDA
    return Actor(user_id=1, memberships=(Membership(organisation, kind, role, verified, "X"),))


@pytest.mark.parametrize("organisation", [PEMDA, TUTOR, OTHER])
@pytest.mark.parametrize("role", R)
@pytest.mark.parametrize("verified", [True, False])
def test_whose_step_it_is(organisation: int, role: MemberRole, verified: bool) -> None:
    actor = somebody(organisation, role, verified=verified)
    wanted = set(ALSO_UNVERIFIED.get(organisation, set()))
    wanted |= WHILE_VERIFIED.get(organisation, set()) if verified else set()
    taken = {move for move, step in STEPS.items() if policy.may_guide(actor, step.by, GUIDANCE)}
    assert taken == (wanted if role is R.OWNER else set())
    assert policy.can_see_guidance(actor, GUIDANCE) is (organisation != OTHER)
    assert not policy.may_guide(actor, "moderator", GUIDANCE)


def test_what_is_over_stays_over() -> None:
    assert {old for old, _new in STEPS} == {S.NONE, S.INVITED, S.REQUESTED, S.ACTIVE}


@pytest.mark.parametrize("move", STEPS)
def test_a_no_has_a_reason_of_its_own(move: tuple[S, S]) -> None:
    step = STEPS[move]
    assert bool(step.reasons) is (move[1] in (S.DECLINED, S.ENDED))
    for reason in (None, "finished" if move[1] is S.DECLINED else "not_known") if step.reasons else ():
        with pytest.raises(ReasonNeeded):
            check_reason(step, reason)


def test_open_ones_are_what_two_have_at_most_one_of() -> None:
    assert set(S) - {S.NONE} == set(guidance_rules.STORED)
    assert {old for old, _new in STEPS} - {S.NONE} == guidance_rules.OPEN


def test_so_many_asks_and_no_more() -> None:
    guidance_rules.check_asks(guidance_rules.ASKS_AT_MOST - 1)
    with refuses(guidance_rules.TooManyAsks, most=40):
        guidance_rules.check_asks(guidance_rules.ASKS_AT_MOST)


@pytest.mark.parametrize("days", [0, 29])
def test_who_said_no_is_left_alone_for_a_month(days: int) -> None:
    declined = NOW - timedelta(days=days)
    opens = local_day(declined + timedelta(days=30), HOME_ZONE)
    with refuses(guidance_rules.AskedTooSoon, field="other", name="Kota Bitung", date=opens):
        guidance_rules.check_asked_again(declined, name="Kota Bitung", now=NOW)
    guidance_rules.check_asked_again(NOW - timedelta(days=30), name="X", now=NOW)
    guidance_rules.check_asked_again(None, name="X", now=NOW)
