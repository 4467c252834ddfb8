"""Who may do what with an organisation: every person, every status."""

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import policy
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import STEPS, OrganisationStatus
from tests.support.actors import APPROVERS, EDITORS, MEMBERS, OURS, PEOPLE, THEIRS, member
from tests.support.refusals import refuses

K, R, S = OrganisationKind, MemberRole, OrganisationStatus


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


class Unregistered(Forbidden):
    """What somebody without an organisation is told."""


class OfAnotherKind(Forbidden):
    """What somebody is told who acts for others than a partner."""


def writing_partner(actor: Actor) -> Membership:
    return policy.get_writing_partner(actor, unregistered=Unregistered, of_another_kind=OfAnotherKind)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_belongs_to_no_partner_is_told_why_no_partner_writes(name: str) -> None:
    with refuses(Unregistered if name == "visitor" else OfAnotherKind):
        writing_partner(PEOPLE[name])


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("role", R)
def test_those_who_write_for_a_partner_do_so_verified_or_not(role: R, verified: bool) -> None:
    actor = member(role, kind=K.PARTNER, verified=verified)
    if str(role) in EDITORS:
        assert writing_partner(actor) is actor.memberships[0]
    else:
        with refuses(Forbidden):
            writing_partner(actor)


def test_of_several_organisations_the_one_acted_for_else_the_first_of_the_kind() -> None:
    read = Membership(OURS, K.PARTNER, R.VIEWER, True, "A")
    write = Membership(THEIRS, K.PARTNER, R.EDITOR, False, "B")
    pemda = Membership(THEIRS + 1, K.PEMDA, R.OWNER, True, "C")
    both = Actor(user_id=9, memberships=(pemda, write, read))
    assert writing_partner(both) is write
    with refuses(Forbidden):
        writing_partner(Actor(user_id=9, memberships=(read, write)))
    assert policy.find_place(both, K.PEMDA) is policy.get_place(both, K.PEMDA) is pemda
    assert policy.find_place(both, K.TUTOR) is None
    with refuses(NotFound):
        policy.get_place(both, K.TUTOR)
    assert policy.list_verified_places(both, K.PARTNER) == [OURS]


@pytest.mark.parametrize("name", PEOPLE)
def test_laip_decides_on_nothing_that_concerns_an_own_organisation(name: str) -> None:
    laip = name in ("moderator", "own_moderator")
    assert policy.moderates(PEOPLE[name], THEIRS + 1, None) is laip
    assert policy.moderates(PEOPLE[name], THEIRS + 1, OURS) is (name == "moderator")
