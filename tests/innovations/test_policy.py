"""Who may say "kami juga butuh ini", and for whom."""

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.innovations.policy import find_speaker
from tests.support.actors import OURS, THEIRS, member

R, K = MemberRole, OrganisationKind


@pytest.mark.parametrize("role", R)
@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("verified", [True, False])
def test_those_who_write_for_a_verified_pemda(role: R, kind: K, verified: bool) -> None:
    person = member(role, kind=kind, verified=verified)
    speaks = role is not R.VIEWER and kind is K.PEMDA and verified
    assert find_speaker(person) == (person.memberships[0] if speaks else None)


def test_of_several_places_the_first_that_may() -> None:
    watching = Membership(THEIRS, K.PEMDA, R.VIEWER, True, "A")
    writing = Membership(OURS, K.PEMDA, R.EDITOR, True, "B")
    assert find_speaker(Actor(user_id=1, memberships=(watching, writing))) == writing
    assert find_speaker(Actor()) is None
