"""Every step, every person."""

from itertools import product

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import INVITATION_STEPS, InvitationStatus
from marketplace.interests.models import Interest
from marketplace.interests.policy import (
    Side,
    can_invite,
    get_sending_place,
    may,
    side_of,
    side_of_invitation,
)
from marketplace.interests.rules import STEPS, InterestStatus, OnlyPartners, PartnerNeeded
from marketplace.opportunities.models import Opportunity
from tests.personas import JOINED

PEMDA, PARTNER, OTHER_PEMDA, OTHER_PARTNER = 1, 2, 3, 4
R, K = MemberRole, OrganisationKind


def member(organisation_id: int, role: MemberRole, *, verified: bool = True) -> Actor:
    kind = K.PEMDA if organisation_id in (PEMDA, OTHER_PEMDA) else K.PARTNER
    return Actor(user_id=9, memberships=(Membership(organisation_id, kind, role, verified, "X"),))


PEOPLE = {
    "visitor": Actor(),
    "moderator": Actor(user_id=8, staff_roles=frozenset({StaffRole.MODERATOR})),
    "programme_owner": Actor(user_id=8, staff_roles=frozenset({StaffRole.PROGRAMME_OWNER})),
    **{f"pemda_{role}": member(PEMDA, role) for role in R},
    **{f"partner_{role}": member(PARTNER, role) for role in R},
    **{f"other_pemda_{role}": member(OTHER_PEMDA, role) for role in R},
    **{f"other_partner_{role}": member(OTHER_PARTNER, role) for role in R},
    "suspended_pemda": member(PEMDA, R.OWNER, verified=False),
    "suspended_partner": member(PARTNER, R.OWNER, verified=False),
}
ACTING = ("owner", "approver", "editor")
MAY = {
    "partner": {*(f"partner_{role}" for role in ACTING), "suspended_partner"},
    "verified_partner": {f"partner_{role}" for role in ACTING},
    "pemda": {f"pemda_{role}" for role in ACTING},
    "pemda_approver": {"pemda_owner", "pemda_approver"},
    "inviter": {*(f"pemda_{role}" for role in ACTING), "suspended_pemda"},
    "moderator": {"moderator"},
}


def an_interest(status: InterestStatus = InterestStatus.SENT) -> Interest:
    sent = None if status is InterestStatus.DRAFT else JOINED
    interest = Interest(organisation_id=PARTNER, status=status, sent_at=sent)
    interest.opportunity = Opportunity(organisation_id=PEMDA)
    return interest


@pytest.mark.parametrize("pair,name", list(product(STEPS, PEOPLE)))
def test_who_may_take_each_step(pair: tuple[InterestStatus, InterestStatus], name: str) -> None:
    party = STEPS[pair].by
    assert may(PEOPLE[name], party, an_interest(pair[0])) == (name in MAY[party])


def an_invitation() -> Invitation:
    invitation = Invitation(organisation_id=PARTNER)
    invitation.opportunity = Opportunity(organisation_id=PEMDA)
    return invitation


@pytest.mark.parametrize("pair,name", list(product(INVITATION_STEPS, PEOPLE)))
def test_who_may_take_each_step_of_an_invitation(
    pair: tuple[InvitationStatus, InvitationStatus], name: str
) -> None:
    party = INVITATION_STEPS[pair].by
    assert may(PEOPLE[name], party, an_invitation()) == (name in MAY[party])


@pytest.mark.parametrize("name", PEOPLE)
def test_an_invitation_is_known_to_both_sides_only(name: str) -> None:
    ours = name.startswith("pemda_") or name == "suspended_pemda"
    theirs = name.startswith("partner_") or name == "suspended_partner"
    wanted = Side.PEMDA if ours else Side.PARTNER if theirs else None
    assert side_of_invitation(PEOPLE[name], an_invitation()) is wanted
    assert can_invite(PEOPLE[name], PEMDA) == (name in MAY["pemda"])


@pytest.mark.parametrize("status,name", list(product(InterestStatus, PEOPLE)))
def test_who_may_see(status: InterestStatus, name: str) -> None:
    side = side_of(PEOPLE[name], an_interest(status))
    if name.startswith("partner_") or name == "suspended_partner":
        assert side is Side.PARTNER
    elif name.startswith("pemda_") or name == "suspended_pemda":
        assert side is (None if status is InterestStatus.DRAFT else Side.PEMDA)
    elif name == "moderator":
        assert side is (
            Side.LAIP if status in (InterestStatus.ACCEPTED, InterestStatus.NOT_INTRODUCED) else None
        )
    else:
        assert side is None


def test_who_may_not_write_an_interest_is_told_so_in_the_words_of_interests() -> None:
    assert get_sending_place(PEOPLE["suspended_partner"]).organisation_id == PARTNER
    for name, refusal in (("visitor", PartnerNeeded), ("moderator", OnlyPartners)):
        with pytest.raises(refusal):
            get_sending_place(PEOPLE[name])


@pytest.mark.parametrize("organisation", [PEMDA, PARTNER])
def test_a_moderator_of_either_side_ends_no_match(organisation: int) -> None:
    ours = member(organisation, R.VIEWER).memberships
    partial = Actor(user_id=8, staff_roles=frozenset({StaffRole.MODERATOR}), memberships=ours)
    assert not may(partial, "moderator", an_interest(InterestStatus.ACCEPTED))
