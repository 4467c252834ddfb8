"""Rules need no database."""

from itertools import product

import pytest

from marketplace.collaborations.rules import (
    CONTACTS_OPEN,
    STEPS,
    CollaborationStatus,
    RefusalNeedsWords,
    check_words,
    state_of,
)
from marketplace.interests.rules import InterestStatus
from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from tests.support.refusals import refuses

S = CollaborationStatus
ALLOWED = {"proposed introduced", "proposed refused"}


@pytest.mark.parametrize("old,new", list(product(S, S)))
def test_every_pair_of_states(old: S, new: S) -> None:
    if f"{old} {new}" in ALLOWED:
        assert get_step(STEPS, old, new).by == "moderator"
    else:
        with pytest.raises(MoveImpossible):
            get_step(STEPS, old, new)


def test_a_refusal_needs_a_reason() -> None:
    step = get_step(STEPS, S.PROPOSED, S.REFUSED)
    for wrong in (None, "", "capacity"):
        with pytest.raises(ReasonNeeded):
            check_reason(step, wrong)
    check_reason(step, "conflict_of_interest")
    with refuses(RefusalNeedsWords, field="words"):
        check_words("other", "")
    check_words("other", "Sebab lain.")
    check_words("partner_doubtful", "")


@pytest.mark.parametrize("interest", list(InterestStatus))
def test_proposed_is_derived(interest: InterestStatus) -> None:
    wanted = S.PROPOSED if interest is InterestStatus.ACCEPTED else None
    assert state_of(interest, None) is wanted
    assert state_of(interest, S.INTRODUCED) is S.INTRODUCED


def test_contacts_open_with_the_introduction() -> None:
    assert set(S) - CONTACTS_OPEN == {S.PROPOSED, S.REFUSED}
