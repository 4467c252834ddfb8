"""A Pemda invites, a partner answers: works, refused, twice, too late."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.interests import deciding, inviting, queries, sending
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_queries import count_received, list_received
from marketplace.interests.invitation_rules import (
    ANSWER_WITHIN_DAYS,
    STORED,
    WAITING_AT_MOST,
    AlreadyInvited,
    InterestIsThere,
    InvitationOver,
    InvitationState,
    InvitationStatus,
    InviterPaused,
    ListingTakesNone,
    PartnerNotInvitable,
    SaidNo,
    TooManyWaiting,
    state_of,
)
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus, WordsNeeded
from marketplace.interests.work_queries import count_work
from marketplace.lifecycle.rules import AlreadyDecided, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.matching import answers
from marketplace.matching.choice_models import MatchOptOut
from marketplace.matching.queries import is_settled
from marketplace.matching.rules import AnswerKind
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, PrivateContactInWords, standing
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.signed_in import get_actor
from tests import personas
from tests.factories.interests import an_interest, some_content
from tests.factories.invitations import an_invitation
from tests.factories.opportunities import a_published_opportunity, an_organisation_id

S, State = InvitationStatus, InvitationState
People = Callable[[str], Actor]
PAST = timedelta(days=ANSWER_WITHIN_DAYS + 1)


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


def invite(opportunity: Opportunity, actor: Actor, partner: str = "investor", words: str = "") -> Invitation:
    return inviting.invite(
        opportunity_id=opportunity.id, partner_id=an_organisation_id(partner), words=words, actor=actor,
        now=clock.now(),
    )  # fmt: skip


def send(opportunity: Opportunity, actor: Actor) -> Interest:
    writing = sending.Writing(opportunity.id, opportunity.published_version_id or 0, some_content())
    return sending.send_interest(writing=writing, actor=actor, now=clock.now())


def told(session: Any, kind: str) -> set[int]:
    """Who got a line in the inbox and a letter; nobody gets two of one."""
    readers = list(session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))
    letters = list(session.scalars(select(Delivery.user_id).where(Delivery.template == kind)))
    assert sorted(readers) == sorted(set(letters))
    return set(readers)


def events(session: Any) -> list[str]:
    wanted = select(AuditEvent.kind).where(AuditEvent.object_kind == "interest_invitation")
    return list(session.scalars(wanted.order_by(AuditEvent.id)))


def test_an_invitation_becomes_the_partners_own_interest(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    invitation = invite(listing, person("pemda_editor"), words="Kami membaca profil Anda.")
    assert (invitation.status, invitation.number) == (S.SENT, 1)
    partners = {person(name).user_id for name in ("investor", "investor_editor")}
    assert told(session, "invitation_sent") == partners
    assert count_work([invitation.organisation_id]).invitations == 1
    interest = send(listing, person("investor"))
    session.refresh(invitation)
    assert (invitation.status, invitation.interest_id) == (S.ACCEPTED, interest.id)
    assert invitation.answered_at
    assert events(session) == ["invitation:sent", "invitation:accepted"]
    # One news to the Pemda, which says so.
    news = session.scalars(select(NoticeRow).where(NoticeRow.kind == "interest_sent")).all()
    assert [notice.params["invited"] for notice in news] == [True] * 3
    assert count_work([invitation.organisation_id]).invitations == 0
    line = queries.list_incoming(an_organisation_id("bitung"), limit=5)[0]
    assert (line.invited, queries.get_detail(interest.id).invited) == (True, True)
    deciding.accept(interest_id=interest.id, seen=None, actor=person("pemda_approver"), now=clock.now())
    assert interest.status is InterestStatus.ACCEPTED


def test_an_interest_that_nobody_invited_is_none_of_an_invitation(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    other, expired = an_invitation(listing, "startup"), an_invitation(listing, now=clock.now() - PAST)
    interest = send(listing, person("investor"))
    for each in (other, expired):
        session.refresh(each)
        assert (each.status, each.interest_id) == (S.SENT, None)
    assert queries.get_detail(interest.id).invited is False


@pytest.mark.parametrize(
    "name,refusal",
    [
        ("pemda_owner", None),
        ("pemda_approver", None),
        ("pemda_viewer", Forbidden),
        ("other_approver", NotFound),
        ("investor", NotFound),
        ("moderator", NotFound),
        ("province", NotFound),
    ],
)
def test_who_invites(session: Any, person: People, name: str, refusal: type[Refusal] | None) -> None:
    listing = a_published_opportunity()
    if refusal is None:
        assert invite(listing, person(name)).status is S.SENT
        return
    with pytest.raises(refusal):
        invite(listing, person(name))
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_suspended_pemda_invites_nobody(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    session.execute(
        update(Organisation)
        .where(Organisation.id == an_organisation_id("bitung"))
        .values(status=OrganisationStatus.SUSPENDED)
    )
    with pytest.raises(InviterPaused):
        invite(listing, get_actor(person("pemda_owner").user_id or 0))


def test_who_left_matching_is_not_invited(session: Any, person: People) -> None:
    left = MatchOptOut(organisation_id=an_organisation_id("investor"), made_at=clock.now())
    session.add(left)
    with pytest.raises(PartnerNotInvitable):
        invite(a_published_opportunity(), person("pemda_owner"))


@pytest.mark.parametrize(
    "partner,refusal", [("new_partner", PartnerNotInvitable), ("madiun", NotFound), ("tutor", NotFound)]
)
def test_only_a_verified_partner_is_invited(person: People, partner: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        invite(a_published_opportunity(), person("pemda_owner"), partner)


@pytest.mark.parametrize("life", [LifeStatus.UNPUBLISHED, LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND])
def test_only_an_open_listing_invites(person: People, life: LifeStatus) -> None:
    with pytest.raises(ListingTakesNone):
        invite(a_published_opportunity(life=life), person("pemda_owner"))


def test_contacts_wait_for_the_introduction(person: People) -> None:
    with pytest.raises(PrivateContactInWords):
        invite(a_published_opportunity(), person("pemda_owner"), words="Telepon 0812 3456 7890 saja.")


def test_one_that_waits_and_an_open_interest_stand_in_the_way(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    invite(listing, person("pemda_owner"))
    with pytest.raises(AlreadyInvited):
        invite(listing, person("pemda_editor"))
    an_interest(listing, "startup")
    with pytest.raises(InterestIsThere):
        invite(listing, person("pemda_editor"), "startup")
    assert session.scalar(select(func.count()).select_from(Invitation)) == 1
    # A draft is the partner's secret: the Pemda does not learn of it by a refusal.
    other = a_published_opportunity()
    an_interest(other, status=InterestStatus.DRAFT)
    assert invite(other, person("pemda_editor")).status is S.SENT


def test_after_a_no_never_again_after_silence_once_more(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    # What nobody answered keeps the two out of each other's suggestions no longer.
    pair = {"opportunity_id": listing.id, "organisation_id": an_organisation_id("investor")}
    for sent, settled in ((clock.now() - PAST, False), (clock.now(), True)):
        answers.note(AnswerKind.INVITED, now=sent, **pair)
        assert is_settled(**pair) is settled
    an_invitation(listing, "startup", S.DECLINED)
    with pytest.raises(SaidNo):
        invite(listing, person("pemda_owner"), "startup")
    an_invitation(listing, now=clock.now() - PAST)
    assert invite(listing, person("pemda_owner")).number == 2


def test_a_listing_has_so_many_that_wait(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    for number in range(WAITING_AT_MOST):
        partner = Organisation(
            kind="partner", name=f"PT {number}", slug=f"pt-{number}", name_key=f"pt {number}",
            status=OrganisationStatus.VERIFIED, created_at=clock.now(),
        )  # fmt: skip
        session.add(partner)
        session.flush()
        an_invitation(listing, organisation_id=partner.id)
    with pytest.raises(TooManyWaiting):
        invite(listing, person("pemda_owner"))
    assert invite(a_published_opportunity(), person("pemda_owner")).status is S.SENT


def end(action: Any, invitation: Invitation, actor: Actor, **changes: Any) -> None:
    values: dict[str, Any] = {"reason": "other", "words": "Tahun depan.", "seen": invitation.revision}
    action(invitation_id=invitation.id, actor=actor, now=clock.now(), **{**values, **changes})


@pytest.mark.parametrize(
    "action,name,status,other",
    [
        (inviting.decline_invitation, "investor_editor", S.DECLINED, ("pemda_owner", "pemda_approver", "pemda_editor")),
        (inviting.withdraw_invitation, "pemda_editor", S.WITHDRAWN, ("investor", "investor_editor")),
    ],
)  # fmt: skip
def test_each_side_ends_it_with_a_reason(
    session: Any, person: People, action: Any, name: str, status: S, other: tuple[str, ...]
) -> None:
    invitation = an_invitation()
    with pytest.raises(ReasonNeeded):
        end(action, invitation, person(name), reason="invented")
    with pytest.raises(WordsNeeded):
        end(action, invitation, person(name), words="")
    with pytest.raises(PrivateContactInWords):
        end(action, invitation, person(name), words="surel saya@example.com")
    wrong = "pemda_owner" if name.startswith("investor") else "investor"
    with pytest.raises(Forbidden):
        end(action, invitation, person(wrong))
    for stranger in ("startup", "other_approver", "moderator"):
        with pytest.raises(NotFound):
            end(action, invitation, person(stranger))
    end(action, invitation, person(name))
    assert (invitation.status, invitation.decision_words) == (status, "Tahun depan.")
    assert told(session, f"invitation_{status}") == {person(each).user_id for each in other}
    with pytest.raises(AlreadyDecided):
        end(action, invitation, person(name), seen=1)
    assert events(session) == [f"invitation:{status}"]


def test_what_is_over_is_not_answered(person: People) -> None:
    for invitation in (
        an_invitation(now=clock.now() - PAST),
        an_invitation(a_published_opportunity(life=LifeStatus.WITHDRAWN)),
    ):
        with pytest.raises(InvitationOver):
            end(inviting.decline_invitation, invitation, person("investor"))


def test_rule_and_twin_agree(session: Any) -> None:
    """Every status, young and old, at listings that are open, over by their date, and ended."""
    now, wanted = clock.now(), {}
    for life, closed in product((LifeStatus.PUBLISHED, LifeStatus.WITHDRAWN), (False, True)):
        for status, sent in product(STORED, (now, now - PAST)):
            listing = a_published_opportunity(life=life)
            listing.closes_at = now + timedelta(hours=-1 if closed else 1)
            became = {"interest_id": an_interest(listing).id} if status is S.ACCEPTED else {}
            each = an_invitation(listing, status=status, now=sent, **became)
            stands = standing(life, origin=listing.origin, closes_at=listing.closes_at, now=now)
            wanted[each.id] = state_of(status, invited_at=sent, standing=stands, now=now)
    lines = list_received(an_organisation_id("investor"), limit=100)
    assert {line.id: line.state for line in lines} == wanted
    assert set(wanted.values()) == set(State)
    waiting = State.SENT
    assert [line.state is waiting for line in lines] == sorted(
        (line.state is waiting for line in lines), reverse=True
    )
    counted = count_received(an_organisation_id("investor"))
    assert counted == {state: sum(line.state is state for line in lines) for state in State}
