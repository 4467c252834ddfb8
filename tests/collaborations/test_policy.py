"""Who may see a match and who decides on it."""

import pytest

from marketplace.collaborations import policy
from marketplace.collaborations.rules import STEPS
from marketplace.core.actor import MemberRole, OrganisationKind, StaffRole
from marketplace.interests.models import Interest
from marketplace.interests.policy import Side
from marketplace.opportunities.models import Opportunity
from tests.support.actors import MEMBERS, OURS, PEOPLE, THEIRS, member

PARTNER = 9
R = MemberRole
READERS = {
    **PEOPLE,
    **{f"partner_{role}": member(role, PARTNER, kind=OrganisationKind.PARTNER) for role in R},
    "partner_moderator": member(R.VIEWER, PARTNER, staff=frozenset({StaffRole.MODERATOR})),
}


def a_match() -> Interest:
    return Interest(organisation_id=PARTNER, opportunity=Opportunity(organisation_id=OURS))


@pytest.mark.parametrize("name", READERS)
def test_on_which_side_one_stands(name: str) -> None:
    wanted = (
        Side.PEMDA
        if name in MEMBERS
        else Side.PARTNER
        if name.startswith("partner_")
        else Side.LAIP
        if name == "moderator"
        else None
    )
    assert policy.side_of(READERS[name], a_match()) is wanted


@pytest.mark.parametrize("name", READERS)
def test_moderators_decide_but_never_for_their_own_side(name: str) -> None:
    assert policy.can_decide(READERS[name], a_match()) is (name == "moderator")


@pytest.mark.parametrize("name", READERS)
def test_the_only_party_of_the_table_is_laip(name: str) -> None:
    assert {step.by for step in STEPS.values()} == {"moderator"}
    assert policy.may(READERS[name], "moderator", None) is (name.endswith("moderator"))
    assert policy.may(READERS[name], "somebody", None) is False


def test_two_organisations_elsewhere_change_nothing() -> None:
    elsewhere = member(R.VIEWER, THEIRS, staff=frozenset({StaffRole.MODERATOR}))
    assert policy.can_decide(elsewhere, a_match()) is True
    assert policy.side_of(elsewhere, a_match()) is Side.LAIP
