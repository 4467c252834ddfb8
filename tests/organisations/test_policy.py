"""Who may do what with an organisation: every person, every status."""

import pytest

from marketplace.organisations import policy
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import STEPS, OrganisationStatus
from tests.support.actors import APPROVERS, MEMBERS, OURS, PEOPLE

S = OrganisationStatus


def ours(status: OrganisationStatus = S.VERIFIED) -> Organisation:
    return Organisation(id=OURS, status=status)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_edits_and_decides(name: str) -> None:
    person = PEOPLE[name]
    assert policy.can_see(person, ours()) is (name in MEMBERS or name == "moderator")
    assert policy.can_edit(person, ours()) is (name in APPROVERS)
    assert policy.can_decide(person, ours()) is (name == "moderator")


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("name", PEOPLE)
def test_its_owner_submits_what_may_be_submitted(name: str, status: OrganisationStatus) -> None:
    open_now = status in (S.REGISTERED, S.NEEDS_INFO, S.REJECTED)
    assert policy.can_submit(PEOPLE[name], ours(status)) is (name == "owner" and open_now)


@pytest.mark.parametrize("name", PEOPLE)
def test_each_party_of_the_table_is_somebody(name: str) -> None:
    assert {step.by for step in STEPS.values()} == {"owner", "moderator"}
    assert policy.may(PEOPLE[name], "owner", ours()) is (name == "owner")
    assert policy.may(PEOPLE[name], "moderator", ours()) is (name == "moderator")
    assert policy.may(PEOPLE[name], "somebody", ours()) is False
