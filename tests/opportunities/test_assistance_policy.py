"""Who may do what where another side writes with a Pemda: no database."""

from dataclasses import replace
from itertools import product

import pytest

from marketplace.core.actor import Actor, MemberRole, StaffRole
from marketplace.opportunities import policy
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.opportunities.support.assistance_models import Assistance, AssistanceWriter
from marketplace.opportunities.support.assistance_rules import (
    AssistanceStatus,
    RefusalNeedsWords,
    check_words,
)
from marketplace.opportunities.support.rules import SENT
from tests.support.actors import APPROVERS, EDITORS, MEMBERS, OURS, PEOPLE, THEIRS, member, staff

A, L, R, V = AssistanceStatus, LifeStatus, MemberRole, VersionStatus
PROVINCE = 9
LAIPS = None
PROVINCIALS = frozenset(f"province_{role}" for role in R)


def provincial(role: MemberRole = R.EDITOR, *, verified: bool = True) -> Actor:
    actor = member(role, PROVINCE, verified=verified)
    return replace(actor, user_id=5, memberships=(replace(actor.memberships[0], region_code="71"),))


READERS = {
    **PEOPLE,
    **{f"province_{role}": provincial(role) for role in R},
    "unverified_province": provincial(R.OWNER, verified=False),
}
# Who writes along, by the side that assists.
WRITERS = {
    LAIPS: frozenset({"moderator", "own_moderator"}),
    PROVINCE: frozenset({"province_owner", "province_approver", "province_editor"}),
}


def a_version(
    review: V = V.DRAFT, *, side: int | None = LAIPS, status: A = A.STANDING, assisted: bool = True,
    writers: tuple[int, ...] = (), life: L = L.UNPUBLISHED,
) -> OpportunityVersion:  # fmt: skip
    listing = Opportunity(id=1, organisation_id=OURS, status=life, region_code="71.72")
    wrote = [AssistanceWriter(assistance_id=1, user_id=number) for number in writers]
    listing.assistance = Assistance(
        id=1, organisation_id=side, status=status, opportunity=listing, writers=wrote
    )
    return OpportunityVersion(id=5, opportunity=listing, status=review, assisted=assisted)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("side", WRITERS, ids=["laip", "province"])
def test_who_writes_and_reads_in_every_state(side: int | None, name: str) -> None:
    """Every person x review x state of the assistance x whose version it is."""
    actor = READERS[name]
    for review, status, assisted in product(V, (A.STANDING, A.TAKEN_OVER, A.REFUSED), (True, False)):
        version = a_version(review, side=side, status=status, assisted=assisted)
        helps = name in WRITERS[side] and status is A.STANDING and (assisted or review is V.PUBLISHED)
        works = helps or name in MEMBERS
        moderates = name in ("moderator", "own_moderator") and review not in (V.DRAFT, V.IN_APPROVAL)
        state = (review, status, assisted)
        assert policy.works_on(actor, version) is works, state
        # Its own province reads what was sent to LAIP, whoever wrote it.
        supports = name in PROVINCIALS and review in SENT
        assert policy.can_read_version(actor, version) is (works or moderates or supports), state
        editable = review in (V.DRAFT, V.RETURNED)
        assert policy.can_edit(actor, version) is (editable and (helps or name in EDITORS)), state
        assert policy.can_approve(actor, version) is (review is V.IN_APPROVAL and name in APPROVERS), state
        opens = policy.can_read_document(actor, OpportunityDocument(), version, None, granted=False)
        holds = name in MEMBERS or (helps and assisted)
        assert opens is (holds or moderates), state


@pytest.mark.parametrize("status", [A.STANDING, A.TAKEN_OVER, A.REFUSED])
def test_nobody_decides_on_what_they_wrote(status: A) -> None:
    moderator = PEOPLE["moderator"]
    wrote = a_version(V.SUBMITTED, status=status, writers=(moderator.user_id or 0,))
    other = a_version(V.SUBMITTED, status=status, writers=(77,))
    for row in (wrote, wrote.opportunity):
        assert policy.may_act_as(moderator, "moderator", row) is False
    assert policy.can_decide(moderator, wrote) is False
    assert policy.can_decide(moderator, other) is True


@pytest.mark.parametrize("name", READERS)
def test_only_the_pemdas_approvers_end_it(name: str) -> None:
    standing = a_version().opportunity
    assert policy.can_end_assistance(READERS[name], standing) is (name in APPROVERS)
    assert policy.can_end_assistance(READERS[name], a_version(status=A.REFUSED).opportunity) is False
    assert standing.assistance is not None
    assert policy.may_in_assistance(READERS[name], "approver", standing.assistance) is (name in APPROVERS)
    assert policy.may_in_assistance(READERS[name], "helper", standing.assistance) is (name in WRITERS[LAIPS])


@pytest.mark.parametrize(
    "actor, knows, may",
    [
        (PEOPLE["moderator"], True, True),
        (provincial(R.EDITOR), True, True),
        (provincial(R.VIEWER), True, False),
        (provincial(R.OWNER, verified=False), False, False),
        (PEOPLE["owner"], False, False),
        (staff(StaffRole.PROGRAMME_OWNER), False, False),
        (member(R.OWNER, THEIRS), False, False),
        (Actor(), False, False),
    ],
)
def test_who_may_write_for_others(actor: Actor, knows: bool, may: bool) -> None:
    assert (policy.knows_assistance(actor), policy.can_assist(actor)) == (knows, may)


def test_another_reason_needs_words() -> None:
    with pytest.raises(RefusalNeedsWords):
        check_words("other", "")
    check_words("other", "Sudah ada naskah lain.")
    check_words("not_asked", "")
