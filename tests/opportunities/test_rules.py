"""Every state, every step, every party, from the tables; and the plain rules around them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole
from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from marketplace.opportunities import labels
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.policy import may_act_as
from marketplace.opportunities.rules import (
    LIFE_STEPS,
    VERSION_STEPS,
    LifeStatus,
    ListingEnded,
    MarksLeft,
    MarkWithoutWords,
    NotEditable,
    NotYetClosed,
    Origin,
    RemarkSaysNothing,
    Standing,
    VersionStatus,
    check_editable,
    check_outcome_time,
    check_remarks,
    check_unmarked,
    passes_approval_alone,
    standing,
)
from tests.support.refusals import refuses

NOW = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
OWNER, OTHER = 7, 8


def member(role: MemberRole, organisation: int = OWNER) -> Actor:
    place = Membership(organisation, OrganisationKind.PEMDA, role, True, "Pemda", "71.72")
    return Actor(user_id=1, name="A", memberships=(place,))


@dataclass(frozen=True)
class Cast:
    """Who plays in the generated table."""

    owner = member(MemberRole.OWNER)
    approver = member(MemberRole.APPROVER)
    editor = member(MemberRole.EDITOR)
    viewer = member(MemberRole.VIEWER)
    rival = member(MemberRole.OWNER, OTHER)
    moderator = Actor(user_id=2, staff_roles=frozenset({StaffRole.MODERATOR}))
    programme_owner = Actor(user_id=3, staff_roles=frozenset({StaffRole.PROGRAMME_OWNER}))
    visitor = Actor()


ACTORS = ("owner", "approver", "editor", "viewer", "rival", "moderator", "programme_owner", "visitor")
MAY = {
    "editor": {"owner", "approver", "editor"},
    "approver": {"owner", "approver"},
    "releaser": {"owner", "approver"},
    "moderator": {"moderator"},
}
L, V = LifeStatus, VersionStatus
# Written out once more, so that a slip in the table is seen: (from, to) -> (party, needs a reason).
VERSION_EXPECTED = {
    (V.DRAFT, V.IN_APPROVAL): ("editor", False),
    (V.IN_APPROVAL, V.DRAFT): ("releaser", True),
    (V.IN_APPROVAL, V.SUBMITTED): ("releaser", False),
    (V.SUBMITTED, V.PUBLISHED): ("moderator", False),
    (V.SUBMITTED, V.RETURNED): ("moderator", True),
    (V.SUBMITTED, V.REJECTED): ("moderator", True),
    (V.RETURNED, V.DRAFT): ("editor", False),
}
LIFE_EXPECTED = {
    (L.UNPUBLISHED, L.PUBLISHED): ("moderator", False),
    (L.PUBLISHED, L.WITHDRAWN): ("approver", True),
    (L.PUBLISHED, L.PARTNER_FOUND): ("approver", False),
    (L.PUBLISHED, L.NO_PARTNER): ("approver", True),
}


@pytest.mark.parametrize("old", VersionStatus)
@pytest.mark.parametrize("new", VersionStatus)
def test_versions_take_just_these_steps(old: VersionStatus, new: VersionStatus) -> None:
    _check_step(VERSION_STEPS, VERSION_EXPECTED, old, new)


@pytest.mark.parametrize("old", LifeStatus)
@pytest.mark.parametrize("new", LifeStatus)
def test_listings_take_just_these_steps(old: LifeStatus, new: LifeStatus) -> None:
    _check_step(LIFE_STEPS, LIFE_EXPECTED, old, new)


def _check_step(steps: Any, expected: Any, old: Any, new: Any) -> None:
    if (old, new) not in expected:
        with pytest.raises(MoveImpossible):
            get_step(steps, old, new)
        return
    step = get_step(steps, old, new)
    party, needs_reason = expected[(old, new)]
    assert step.by == party
    assert bool(step.reasons) == needs_reason
    if needs_reason:
        with pytest.raises(ReasonNeeded):
            check_reason(step, None)
        with pytest.raises(ReasonNeeded):
            check_reason(step, "no_such_reason")
        check_reason(step, "other")


@pytest.mark.parametrize("party", MAY)
@pytest.mark.parametrize("name", ACTORS)
def test_who_acts_as_which_party(party: str, name: str) -> None:
    opportunity = Opportunity(id=1, organisation_id=OWNER)
    actor = getattr(Cast, name)
    assert may_act_as(actor, party, opportunity) is (name in MAY[party])


def test_a_version_has_the_parties_of_its_listing() -> None:
    version = OpportunityVersion(id=1, opportunity=Opportunity(id=1, organisation_id=OWNER))
    assert may_act_as(Cast.editor, "editor", version)
    assert not may_act_as(Cast.rival, "editor", version)


def test_nobody_decides_on_a_listing_of_their_own_organisation() -> None:
    place = Membership(OWNER, OrganisationKind.PEMDA, MemberRole.VIEWER, True, "Pemda")
    both = Actor(user_id=9, staff_roles=frozenset({StaffRole.MODERATOR}), memberships=(place,))
    assert not may_act_as(both, "moderator", Opportunity(id=1, organisation_id=OWNER))
    assert may_act_as(both, "moderator", Opportunity(id=1, organisation_id=OTHER))


def test_an_example_belongs_to_nobody_and_an_unknown_party_may_nothing() -> None:
    assert not may_act_as(Cast.owner, "editor", Opportunity(id=1, organisation_id=None))
    assert not may_act_as(Cast.owner, "somebody", Opportunity(id=1, organisation_id=OWNER))


@pytest.mark.parametrize(
    "status, closes_in, expected",
    [
        (L.UNPUBLISHED, None, Standing.UNPUBLISHED),
        (L.PUBLISHED, timedelta(seconds=1), Standing.OPEN),
        (L.PUBLISHED, timedelta(0), Standing.CLOSED),
        (L.PUBLISHED, timedelta(days=-60, seconds=1), Standing.CLOSED),
        (L.PUBLISHED, timedelta(days=-60), Standing.NO_REPORT),
        (L.PUBLISHED, None, Standing.OPEN),
        (L.WITHDRAWN, timedelta(days=-90), Standing.WITHDRAWN),
        (L.PARTNER_FOUND, timedelta(days=-90), Standing.PARTNER_FOUND),
        (L.NO_PARTNER, timedelta(days=-90), Standing.NO_PARTNER),
    ],
)
def test_standing_tells_the_clock_in(
    status: LifeStatus, closes_in: timedelta | None, expected: Standing
) -> None:
    closes_at = NOW + closes_in if closes_in is not None else None
    assert standing(status, origin=Origin.POSTED, closes_at=closes_at, now=NOW) is expected


def test_an_example_is_an_example_whatever_its_dates() -> None:
    assert standing(L.PUBLISHED, origin=Origin.PUBLIC_EXAMPLE, closes_at=NOW, now=NOW) is Standing.EXAMPLE


def test_one_working_member_passes_alone_two_do_not() -> None:
    assert passes_approval_alone(1)
    assert not passes_approval_alone(2)
    assert not passes_approval_alone(0)


def test_remarks_must_say_something() -> None:
    check_remarks({"problem": "Sebut angkanya."}, "")
    check_remarks({}, "Lihat catatan.")
    with pytest.raises(MarkWithoutWords):
        check_remarks({"problem": ""}, "Lihat catatan.")
    with refuses(RemarkSaysNothing, field="words"):
        check_remarks({}, "")


def test_nobody_passes_on_what_they_marked() -> None:
    check_unmarked({})
    with refuses(MarksLeft):
        check_unmarked({"problem": "Sebut angkanya."})


@pytest.mark.parametrize("life", LifeStatus)
@pytest.mark.parametrize("review", VersionStatus)
def test_what_is_still_written_and_what_is_not(review: VersionStatus, life: LifeStatus) -> None:
    if life not in (L.UNPUBLISHED, L.PUBLISHED):
        with refuses(ListingEnded):
            check_editable(review, life)
    elif review not in (V.DRAFT, V.RETURNED):
        with refuses(NotEditable):
            check_editable(review, life)
    else:
        check_editable(review, life)


def test_an_outcome_is_stated_after_the_deadline_only() -> None:
    check_outcome_time(NOW - timedelta(seconds=1), NOW)
    for closes_at in (None, NOW, NOW + timedelta(days=1)):
        with pytest.raises(NotYetClosed):
            check_outcome_time(closes_at, NOW)


def test_every_state_step_and_reason_has_its_words() -> None:
    assert set(labels.REVIEW) == set(VersionStatus) == set(labels.NEXT)
    assert set(labels.STANDING) == set(Standing)
    for step in (*VERSION_STEPS.values(), *LIFE_STEPS.values()):
        assert step.event in labels.EVENT
        for reason in step.reasons:
            assert str(labels.reason_text(step.event, reason))
