"""What a Pemda does: works, refused, twice, too late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.interests import deciding
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestLapsed, InterestStatus, QuestionNeeded, WordsNeeded
from marketplace.lifecycle.rules import AlreadyDecided, MoveImpossible, ReasonNeeded
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import DocumentGrant
from marketplace.opportunities.rules import LifeStatus
from tests import personas
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity

S = InterestStatus
People = Callable[[str], Actor]


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


def step(action: Callable[..., None], interest: Interest, actor: Actor, **options: Any) -> None:
    action(interest_id=interest.id, actor=actor, now=clock.now(), **{"seen": interest.revision, **options})


def told(session: Any, kind: str) -> set[int]:
    return set(session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))


def test_the_first_opening_is_a_fact_and_nothing_else(session: Any, person: People) -> None:
    interest = an_interest()
    now = clock.now()
    for stranger in ("investor", "other_approver", "moderator"):
        deciding.note_read(interest_ids=[interest.id], actor=person(stranger), now=now - timedelta(hours=1))
    deciding.note_read(interest_ids=[interest.id], actor=person("pemda_viewer"), now=now)
    deciding.note_read(interest_ids=[interest.id], actor=person("pemda_editor"), now=clock.now())
    session.expire_all()
    assert (interest.read_at, interest.revision, interest.status) == (now, 1, S.SENT)
    assert session.scalar(select(func.count()).where(AuditEvent.kind == "interest:read")) == 1


def test_shortlists(session: Any, person: People) -> None:
    interest = an_interest()
    step(deciding.shortlist, interest, person("pemda_editor"))
    assert interest.status is S.SHORTLISTED
    assert told(session, "interest_shortlisted") == {
        person("investor").user_id,
        person("investor_editor").user_id,
    }
    with pytest.raises(MoveImpossible):
        step(deciding.shortlist, interest, person("pemda_editor"))


def test_asks(session: Any, person: People) -> None:
    interest = an_interest(status=S.SHORTLISTED, answer="lama")
    with pytest.raises(QuestionNeeded):
        step(deciding.ask_more_info, interest, person("pemda_editor"), question="")
    step(deciding.ask_more_info, interest, person("pemda_editor"), question="Berapa liter?")
    assert (interest.status, interest.asked, interest.answer) == (S.MORE_INFO, "Berapa liter?", "")
    assert len(told(session, "interest_more_info")) == 2


def test_accepts_proposes_and_opens_documents(session: Any, person: People) -> None:
    interest = an_interest()
    step(deciding.accept, interest, person("pemda_approver"))
    assert interest.status is S.ACCEPTED
    assert interest.accepted_at == interest.answered_at
    grants = session.execute(select(DocumentGrant.opportunity_id, DocumentGrant.organisation_id)).all()
    assert grants == [(interest.opportunity_id, interest.organisation_id)]
    assert told(session, "match_proposed") == {person("moderator").user_id, person("moderator_b").user_id}
    assert len(told(session, "interest_accepted")) == 2


def test_an_editor_may_not_accept(person: People) -> None:
    interest = an_interest()
    with pytest.raises(Forbidden):
        step(deciding.accept, interest, person("pemda_editor"))
    assert interest.status is S.SENT


def test_declines_with_a_reason(session: Any, person: People) -> None:
    interest = an_interest(status=S.MORE_INFO)
    with pytest.raises(ReasonNeeded):
        step(deciding.decline, interest, person("pemda_editor"), reason=None, words="")
    with pytest.raises(WordsNeeded):
        step(deciding.decline, interest, person("pemda_editor"), reason="other", words="")
    step(deciding.decline, interest, person("pemda_editor"), reason="partner_found", words="Sejak Mei.")
    assert (interest.status, interest.decision_reason, interest.decision_words) == (
        S.DECLINED,
        "partner_found",
        "Sejak Mei.",
    )
    assert interest.answered_at
    assert len(told(session, "interest_declined")) == 2


def test_the_second_one_is_told_who_decided(session: Any, person: People) -> None:
    interest = an_interest()
    step(deciding.accept, interest, person("pemda_approver"), seen=1)
    with pytest.raises(AlreadyDecided) as told_so:
        step(deciding.decline, interest, person("pemda_owner"), seen=1, reason="capacity", words="")
    assert told_so.value.params["who"] == "Sari Tumbel"
    assert interest.status is S.ACCEPTED


def test_another_pemda_finds_nothing(person: People) -> None:
    interest = an_interest()
    for name in ("other_approver", "new_pemda", "moderator", "startup", "alone"):
        with pytest.raises(NotFound):
            step(deciding.accept, interest, person(name))


def test_the_sender_cannot_accept_itself(person: People) -> None:
    with pytest.raises(Forbidden):
        step(deciding.accept, an_interest(), person("investor"))


def test_what_lapsed_is_not_decided(person: People) -> None:
    interest = an_interest(a_published_opportunity(life=LifeStatus.NO_PARTNER))
    with pytest.raises(InterestLapsed):
        step(deciding.accept, interest, person("pemda_owner"))
