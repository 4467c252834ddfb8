"""Who may put aside and who may suggest, over every kind of person."""

import pytest

from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.matching.policy import find_partner, may_complete, may_put_aside, may_see_list, may_suggest
from tests.support.actors import APPROVERS, EDITORS, MEMBERS, OURS, PEOPLE, THEIRS, member

LAIP = {"moderator", "own_moderator"}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_each_person(name: str) -> None:
    actor = PEOPLE[name]
    assert may_see_list(actor, OURS) is (name in MEMBERS)
    assert may_put_aside(actor, OURS) is (name in EDITORS)
    assert may_complete(actor, OURS) is (name in APPROVERS)
    assert may_suggest(actor, THEIRS + 1, None) is (name in LAIP)
    assert may_suggest(actor, THEIRS + 1, OURS) is (name == "moderator")
    assert may_suggest(actor, OURS, THEIRS + 1) is (name == "moderator")
    assert not may_see_list(actor, None)
    assert not may_put_aside(actor, None)


def test_only_who_stands_for_a_partner_has_suggestions_of_its_own() -> None:
    partner = member(MemberRole.VIEWER, kind=OrganisationKind.PARTNER)
    assert find_partner(partner) is partner.memberships[0]
    assert find_partner(PEOPLE["owner"]) is None
    assert find_partner(PEOPLE["visitor"]) is None
