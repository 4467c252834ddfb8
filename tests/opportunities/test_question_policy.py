"""Who asks, answers and hides: every party against every person."""

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.questions import policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.policy import Side
from marketplace.opportunities.questions.rules import AskerNeeded, OnlyPartnersAsk, QuestionStatus
from marketplace.opportunities.rules import LifeStatus

K, R, S = OrganisationKind, MemberRole, QuestionStatus
PEMDA, ASKER, ELSE = 1, 2, 3


def member(number, kind, role=R.EDITOR, *, verified=True, staff=()):
    return Actor(
        7,
        "Nama",
        staff_roles=frozenset(staff),
        memberships=(Membership(number, kind, role, verified, "Organisasi"),),
    )


def question(status=S.ASKED, life=LifeStatus.PUBLISHED, **values):
    listing = Opportunity(id=5, organisation_id=PEMDA, status=life)
    row = Question(id=9, opportunity_id=5, organisation_id=ASKER, status=status, **values)
    row.__dict__["opportunity"] = listing
    return row


MODERATOR = Actor(8, "Maya", staff_roles=frozenset({StaffRole.MODERATOR}))
PEOPLE = {
    "asker": (member(ASKER, K.PARTNER), {"asker", "verified_asker"}),
    "unverified asker": (member(ASKER, K.PARTNER, verified=False), {"asker"}),
    "viewer of asker": (member(ASKER, K.PARTNER, R.VIEWER), set()),
    "pemda": (member(PEMDA, K.PEMDA), {"pemda"}),
    "suspended pemda": (member(PEMDA, K.PEMDA, verified=False), set()),
    "viewer of pemda": (member(PEMDA, K.PEMDA, R.VIEWER), set()),
    "other pemda": (member(ELSE, K.PEMDA), set()),
    "other partner": (member(ELSE, K.PARTNER), set()),
    "moderator": (MODERATOR, {"moderator"}),
    "moderator of the asker": (member(ASKER, K.PARTNER, R.VIEWER, staff=[StaffRole.MODERATOR]), set()),
    "moderator of the pemda": (member(PEMDA, K.PEMDA, R.VIEWER, staff=[StaffRole.MODERATOR]), set()),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_the_parties_that_they_are(who):
    actor, parties = PEOPLE[who]
    every = ("asker", "verified_asker", "pemda", "moderator")
    assert {party for party in every if policy.may(actor, party, question())} == parties


def test_on_which_side_a_reader_stands():
    sides = {who: policy.side_of(actor, question()) for who, (actor, _parties) in PEOPLE.items()}
    assert {who for who, side in sides.items() if side is Side.ASKER} == {
        "asker", "unverified asker", "viewer of asker", "moderator of the asker",
    }  # fmt: skip
    assert {who for who, side in sides.items() if side is Side.PEMDA} == {
        "pemda", "suspended pemda", "viewer of pemda", "moderator of the pemda",
    }  # fmt: skip


@pytest.mark.parametrize("status", [status for status in S if status is not S.NONE])
@pytest.mark.parametrize("life", [LifeStatus.PUBLISHED, LifeStatus.WITHDRAWN])
def test_what_may_be_done_in_each_status(status, life):
    row, lives = question(status, life), life is LifeStatus.PUBLISHED
    asker, pemda = PEOPLE["asker"][0], PEOPLE["pemda"][0]
    public = status in (S.ANSWERED, S.HIDDEN)
    assert policy.can_answer(pemda, row) is (lives and status is S.ASKED)
    assert policy.can_withdraw(asker, row) is (lives and status is S.ASKED)
    assert policy.can_reword(pemda, row) is (lives and public)
    assert policy.can_moderate(MODERATOR, row) is public
    assert not any(
        check(MODERATOR, row) for check in (policy.can_answer, policy.can_withdraw, policy.can_reword)
    )
    assert not any(check(asker, row) for check in (policy.can_answer, policy.can_reword, policy.can_moderate))


def test_a_double_is_not_put_right_by_itself():
    assert not policy.can_reword(PEOPLE["pemda"][0], question(S.ANSWERED, same_as_id=4))


def test_who_may_not_ask_is_told_so_in_the_words_of_questions():
    assert policy.get_asking_place(PEOPLE["unverified asker"][0]).organisation_id == ASKER
    for actor, refusal in ((Actor(7, "Nama"), AskerNeeded), (MODERATOR, OnlyPartnersAsk)):
        with pytest.raises(refusal):
            policy.get_asking_place(actor)
