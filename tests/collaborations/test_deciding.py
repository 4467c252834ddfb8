"""LAIP's decision: works, refused, twice, in the same moment."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace.audit.models import AuditEvent
from marketplace.collaborations import actions, queries
from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus, NotProposed, SideNotVerified, state_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.rules import MATCHED, AlreadyInterested, InterestStatus
from marketplace.interests.sending import Writing, send_interest
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import DocumentGrant
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests import personas
from tests.factories.interests import an_interest, some_content
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.support.times import PATIENCE

S, C = InterestStatus, CollaborationStatus
People = Callable[[str], Actor]


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


def introduce(interest: Interest, actor: Actor, seen: int | None = None) -> Collaboration:
    return actions.introduce(interest_id=interest.id, seen=seen, actor=actor, now=clock.now())


def refuse(interest: Interest, actor: Actor, reason: str | None = "partner_doubtful", words: str = "") -> Any:
    return actions.refuse(interest_id=interest.id, reason=reason, words=words, actor=actor, now=clock.now())


def test_introduces_with_the_other_sides_office(session: Any, person: People) -> None:
    interest = an_interest(status=S.ACCEPTED)
    row = introduce(interest, person("moderator"))
    assert row.status is C.INTRODUCED
    notices = session.scalars(select(NoticeRow).where(NoticeRow.kind == "collaboration_introduced")).all()
    by_user = {notice.user_id: notice for notice in notices}
    pemda = by_user[person("pemda_viewer").user_id]
    partner = by_user[person("investor_editor").user_id]
    assert pemda.params["other"] == "PT Tirta Uji"
    assert pemda.params["contact"]["email"] == "pt-tirta-uji@example.com"
    assert partner.params["other"] == "Pemerintah Kota Bitung"
    assert partner.params["contact"]["phone"] == "+62 21 555 0100"
    assert partner.path == f"/dasbor/kerja-sama/{row.id}"
    assert len(notices) == 6
    assert session.scalar(select(func.count()).select_from(Delivery)) == 6
    assert session.scalars(select(AuditEvent.kind)).all() == ["collaboration:introduced"]


def test_refuses_with_a_reason_and_takes_the_documents_back(session: Any, person: People) -> None:
    interest = an_interest(status=S.ACCEPTED)
    session.add(
        DocumentGrant(
            opportunity_id=interest.opportunity_id,
            organisation_id=interest.organisation_id,
            granted_at=clock.now(),
        )
    )
    with pytest.raises(ReasonNeeded):
        refuse(interest, person("moderator"), reason=None)
    row = refuse(interest, person("moderator"), words="Akta kedaluwarsa.")
    assert (row.status, row.decision_reason, row.decision_words) == (
        C.REFUSED,
        "partner_doubtful",
        "Akta kedaluwarsa.",
    )
    assert session.scalar(select(func.count()).select_from(DocumentGrant)) == 0
    assert session.scalar(select(func.count()).where(NoticeRow.kind == "collaboration_refused")) == 6


def test_only_moderators_decide(person: People) -> None:
    interest = an_interest(status=S.ACCEPTED)
    with pytest.raises(Forbidden):
        introduce(interest, person("programme_owner"))
    for name in ("pemda_owner", "investor", "startup", "companion", "alone"):
        with pytest.raises(NotFound):
            introduce(interest, person(name))


@pytest.mark.parametrize("status", [status for status in S if status not in MATCHED])
def test_only_accepted_interests_are_matches(person: People, status: InterestStatus) -> None:
    with pytest.raises(NotProposed):
        introduce(an_interest(status=status), person("moderator"))


@pytest.mark.parametrize("side", ["investor", "bitung"])
def test_a_side_suspended_since_is_not_introduced(session: Any, person: People, side: str) -> None:
    interest = an_interest(status=S.ACCEPTED)
    suspended = session.get(Organisation, an_organisation_id(side))
    suspended.status = OrganisationStatus.SUSPENDED
    session.flush()
    with pytest.raises(SideNotVerified) as told:
        introduce(interest, person("moderator"))
    assert told.value.params["name"] == suspended.name
    assert session.scalar(select(func.count()).select_from(Collaboration)) == 0
    assert refuse(interest, person("moderator")).status is C.REFUSED


def test_nobody_decides_on_a_match_of_their_own_organisation(person: People) -> None:
    for name in ("investor", "pemda_viewer"):
        partial = replace(person("moderator"), memberships=person(name).memberships)
        interest = an_interest(a_published_opportunity(), status=S.ACCEPTED)
        with pytest.raises(Forbidden):
            introduce(interest, partial)


def test_what_changed_is_told(person: People) -> None:
    with pytest.raises(ChangedSinceRead):
        introduce(an_interest(status=S.ACCEPTED), person("moderator"), seen=7)


def test_the_second_moderator_is_told_who_was_first(session: Any, person: People) -> None:
    interest = an_interest(status=S.ACCEPTED)
    introduce(interest, person("moderator"))
    with pytest.raises(AlreadyDecided) as told:
        refuse(interest, person("moderator_b"))
    assert told.value.params["who"] == "Maya Lestari"
    assert session.scalar(select(func.count()).select_from(Collaboration)) == 1


def test_rule_and_twin_agree(session: Any, person: People) -> None:
    wanted = {}
    for status in (None, *C):
        if status is C.PROPOSED:
            continue
        interest = an_interest(a_published_opportunity(), status=S.ACCEPTED)
        if status:
            session.add(Collaboration(interest_id=interest.id, status=status, decided_at=clock.now()))
        wanted[interest.id] = state_of(S.ACCEPTED, status)
    an_interest(a_published_opportunity())
    lines = queries.list_of_organisations([an_organisation_id("bitung")], limit=50)
    assert {line.interest_id: line.state for line in lines} == wanted
    assert queries.count_of_organisations([an_organisation_id("investor")]) == len(wanted)


def test_two_in_the_same_moment(committed: Flask) -> None:
    """Two real connections: one effect, one event, the other told."""
    with committed.app_context():
        interest_id = an_interest(status=S.ACCEPTED).id
        db.session.commit()
        people = [personas.actor(db.session.connection(), name) for name in ("moderator", "moderator_b")]
        db.session.remove()
    ready, answers = threading.Barrier(2), []

    def decide(actor: Actor) -> None:
        with committed.app_context():
            try:
                ready.wait(PATIENCE)
                actions.introduce(interest_id=interest_id, actor=actor, now=clock.now())
                # Lets the other one arrive at the constraint.
                threading.Event().wait(0.3)
                db.session.commit()
                answers.append("done")
            except AlreadyDecided as told:
                answers.append(told.params["who"])
            finally:
                db.session.remove()

    threads = [threading.Thread(target=decide, args=(actor,)) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    with committed.app_context():
        assert sorted(answers)[1] == "done"
        assert min(answers) in ("Adi Nugroho", "Maya Lestari")
        assert db.session.scalar(select(func.count()).select_from(Collaboration)) == 1
        events = select(func.count()).where(AuditEvent.kind == "collaboration:introduced")
        assert db.session.scalar(events) == 1
        db.session.remove()


def test_after_a_refusal_the_partner_may_write_another_and_the_first_stays(
    session: Any, person: People
) -> None:
    opportunity = a_published_opportunity()
    first = an_interest(opportunity, status=S.ACCEPTED)
    writing = Writing(opportunity.id, opportunity.published_version_id or 0, some_content())
    again = {"writing": writing, "actor": person("investor"), "now": clock.now()}
    with pytest.raises(AlreadyInterested):
        send_interest(**again)
    refuse(first, person("moderator"))
    assert first.status is S.NOT_INTRODUCED
    second = send_interest(**again)
    assert (second.status, second.id != first.id) == (S.SENT, True)
    with pytest.raises(AlreadyInterested):
        send_interest(**again)
    with pytest.raises(AlreadyDecided) as told:
        refuse(first, person("moderator_b"))
    assert told.value.params["who"] == "Maya Lestari"
    kinds = session.scalars(select(AuditEvent.kind).where(AuditEvent.object_id == first.id)).all()
    assert kinds.count("interest:not_introduced") == 1


def test_an_index_holds_the_one_open_interest_whatever_came_before(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    for _number in range(2):
        refuse(an_interest(opportunity, status=S.ACCEPTED), person("moderator"))
    an_interest(opportunity)
    with pytest.raises(IntegrityError), session.begin_nested():
        an_interest(opportunity, status=S.ACCEPTED)
