"""What a partner does: works, refused, twice, too late."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.files.models import Blob
from marketplace.interests import sending
from marketplace.interests.models import Interest
from marketplace.interests.rules import (
    AlreadyInterested,
    AnswerNeeded,
    DraftChanged,
    InterestLapsed,
    InterestStatus,
    OfferTooShort,
    OnlyPartners,
    OpportunityNotOpen,
    PartnerNeeded,
    PartnerNotVerified,
    WordsNeeded,
)
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, MoveImpossible, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from tests import personas
from tests.factories.interests import an_interest, some_content
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version

S = InterestStatus
People = Callable[[str], Actor]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


def send(opportunity: Opportunity, actor: Actor, **changes: Any) -> Interest:
    options: dict[str, Any] = {"upload": None, "seen": None, "version_id": opportunity.published_version_id}
    options.update({key: changes.pop(key) for key in list(changes) if key in options})
    writing = sending.Writing(opportunity_id=opportunity.id, content=some_content(**changes), **options)
    return sending.send_interest(writing=writing, actor=actor, now=clock.now())


def notices(session: Any, kind: str) -> list[NoticeRow]:
    return list(session.scalars(select(NoticeRow).where(NoticeRow.kind == kind)))


def test_sends_and_tells_those_who_answer(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    interest = send(opportunity, person("investor"))
    assert interest.status is S.SENT
    assert interest.sent_at
    assert interest.version_id == opportunity.published_version_id
    told = {notice.user_id for notice in notices(session, "interest_sent")}
    assert told == {person(name).user_id for name in ("pemda_owner", "pemda_approver", "pemda_editor")}
    assert session.scalar(select(func.count()).select_from(Delivery)) == 3
    events = session.scalars(select(AuditEvent.kind).where(AuditEvent.object_kind == "interest")).all()
    assert events == ["interest:sent"]


def test_a_second_one_is_led_to_the_first(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    send(opportunity, person("investor"))
    with pytest.raises(AlreadyInterested):
        send(opportunity, person("investor_editor"))
    assert session.scalar(select(func.count()).select_from(Interest)) == 1
    assert len(notices(session, "interest_sent")) == 3


@pytest.mark.parametrize("status", [S.DECLINED, S.WITHDRAWN])
def test_a_closed_one_does_not_stand_in_the_way(person: People, status: InterestStatus) -> None:
    opportunity = a_published_opportunity()
    an_interest(opportunity, status=status)
    assert send(opportunity, person("investor")).status is S.SENT


@pytest.mark.parametrize("status", [S.SENT, S.SHORTLISTED, S.MORE_INFO, S.ACCEPTED])
def test_an_open_one_does(person: People, status: InterestStatus) -> None:
    opportunity = a_published_opportunity()
    an_interest(opportunity, status=status)
    with pytest.raises(AlreadyInterested):
        send(opportunity, person("investor"))


def test_two_partners_may_want_the_same(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    send(opportunity, person("investor"))
    send(opportunity, person("startup"))
    assert session.scalar(select(func.count()).select_from(Interest)) == 2


@pytest.mark.parametrize(
    "name,refusal",
    [
        ("new_partner", PartnerNotVerified),
        ("pemda_editor", OnlyPartners),
        ("other_approver", OnlyPartners),
        ("moderator", OnlyPartners),
        ("companion", OnlyPartners),
        ("alone", PartnerNeeded),
    ],
)
def test_only_verified_partners_send(person: People, name: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        send(a_published_opportunity(), person(name))


def test_only_to_an_open_opportunity(person: People) -> None:
    now = clock.now()
    old = now - timedelta(days=200)
    for closed in (
        an_opportunity(),
        a_published_opportunity(now=old, closes_on=(now - timedelta(days=1)).date()),
        a_published_opportunity(now=old, closes_on=(now - timedelta(days=90)).date()),
        a_published_opportunity(life=LifeStatus.PARTNER_FOUND),
        a_published_opportunity(life=LifeStatus.NO_PARTNER),
        a_published_opportunity(life=LifeStatus.WITHDRAWN),
        a_published_opportunity(origin=Origin.PUBLIC_EXAMPLE),
    ):
        with pytest.raises(OpportunityNotOpen):
            send(closed, person("investor"), version_id=the_version(closed).id)


def test_names_the_version_that_was_read(session: Any, person: People) -> None:
    opportunity, other = a_published_opportunity(), a_published_opportunity("madiun")
    with pytest.raises(NotFound):
        send(opportunity, person("investor"), version_id=other.published_version_id)


def test_what_is_missing_is_refused(person: People) -> None:
    with pytest.raises(OfferTooShort):
        send(a_published_opportunity(), person("investor"), offer="pendek")


def test_keeps_the_file(session: Any, person: People) -> None:
    upload = sending.Upload(io.BytesIO(PDF), "usulan.pdf")
    interest = send(a_published_opportunity(), person("investor"), upload=upload)
    assert session.get(Blob, interest.blob_id).original_name == "usulan.pdf"


def draft(opportunity: Opportunity, actor: Actor, seen: int | None = None, **changes: Any) -> Interest:
    version_id = opportunity.published_version_id or 0
    writing = sending.Writing(opportunity.id, version_id, some_content(**changes), seen=seen)
    return sending.save_draft(writing=writing, actor=actor, now=clock.now())


def test_an_unverified_partner_keeps_a_draft(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    kept = draft(opportunity, person("new_partner"), offer="Baru")
    assert kept.status is S.DRAFT
    assert kept.sent_at is None
    assert notices(session, "interest_sent") == []


def test_a_draft_is_overwritten_then_sent(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    first = draft(opportunity, person("investor"), offer="Satu")
    again = draft(opportunity, person("investor"), seen=1, offer="Dua")
    assert (again.id, again.offer, again.revision) == (first.id, "Dua", 2)
    sent = send(opportunity, person("investor"), seen=2)
    assert (sent.id, sent.status) == (first.id, S.SENT)
    assert session.scalar(select(func.count()).select_from(Interest)) == 1


def test_what_a_colleague_saved_in_the_same_moment_is_not_sent_over(
    session: Any, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    opportunity = a_published_opportunity()
    kept = draft(opportunity, person("investor"))
    check = sending.check_sendable

    def check_while_a_colleague_saves(content: Any) -> None:
        save = update(Interest).values(revision=2, offer="Dari rekan")
        session.execute(save.execution_options(synchronize_session=False))
        check(content)

    monkeypatch.setattr(sending, "check_sendable", check_while_a_colleague_saves)
    with pytest.raises(DraftChanged):
        send(opportunity, person("investor"), seen=1)
    session.refresh(kept)
    assert (kept.status, kept.offer) == (S.DRAFT, "Dari rekan")


def test_a_second_tab_does_not_overwrite_unseen(person: People) -> None:
    opportunity = a_published_opportunity()
    draft(opportunity, person("investor"))
    draft(opportunity, person("investor"), seen=1)
    with pytest.raises(DraftChanged):
        draft(opportunity, person("investor"), seen=1)
    with pytest.raises(DraftChanged):
        send(opportunity, person("investor"), seen=1)


def test_a_draft_is_discarded_by_its_writers_only(session: Any, person: People) -> None:
    kept = draft(a_published_opportunity(), person("investor"))
    for name in ("startup", "pemda_owner", "moderator"):
        with pytest.raises(NotFound):
            sending.discard_draft(interest_id=kept.id, actor=person(name))
    sending.discard_draft(interest_id=kept.id, actor=person("investor_editor"))
    assert session.scalar(select(func.count()).select_from(Interest)) == 0
    sent = an_interest()
    with pytest.raises(AlreadyInterested):
        sending.discard_draft(interest_id=sent.id, actor=person("investor"))


def test_what_another_tab_sends_meanwhile_is_not_discarded(session: Any, person: People) -> None:
    kept = draft(a_published_opportunity(), person("investor"))
    sent = update(Interest).values(status=S.SENT, sent_at=clock.now())
    # As another session leaves it: this one goes on with what it has read.
    session.execute(sent.execution_options(synchronize_session=False))
    assert kept.status is S.DRAFT
    with pytest.raises(AlreadyInterested):
        sending.discard_draft(interest_id=kept.id, actor=person("investor"))
    assert session.scalar(select(func.count()).select_from(Interest)) == 1


def withdraw(interest: Interest, actor: Actor, **changes: Any) -> None:
    given = {"reason": "capacity_changed", "words": "", "seen": 1, **changes}
    sending.withdraw(interest_id=interest.id, actor=actor, now=clock.now(), **given)


@pytest.mark.parametrize("status", [S.SENT, S.SHORTLISTED, S.MORE_INFO])
def test_withdraws(session: Any, person: People, status: InterestStatus) -> None:
    interest = an_interest(status=status)
    withdraw(interest, person("investor_editor"), words="Kami pindah fokus.")
    assert (interest.status, interest.decision_reason) == (S.WITHDRAWN, "capacity_changed")
    assert len(notices(session, "interest_withdrawn")) == 3


def test_withdrawing_needs_a_reason_and_a_right(person: People) -> None:
    interest = an_interest()
    with pytest.raises(ReasonNeeded):
        withdraw(interest, person("investor"), reason=None)
    with pytest.raises(WordsNeeded):
        withdraw(interest, person("investor"), reason="other")
    with pytest.raises(Forbidden):
        withdraw(interest, person("pemda_owner"))
    with pytest.raises(NotFound):
        withdraw(interest, person("startup"))
    assert interest.status is S.SENT


@pytest.mark.parametrize("status", [S.ACCEPTED, S.DECLINED, S.WITHDRAWN])
def test_too_late_to_withdraw(person: People, status: InterestStatus) -> None:
    with pytest.raises(MoveImpossible):
        withdraw(an_interest(status=status), person("investor"))


def test_withdrawing_what_changed_is_told(person: People) -> None:
    interest = an_interest()
    with pytest.raises(ChangedSinceRead):
        withdraw(interest, person("investor"), seen=7)
    withdraw(interest, person("investor"))
    with pytest.raises(AlreadyDecided) as told:
        withdraw(interest, person("investor_editor"))
    assert told.value.params["who"] == "Rani Wulandari"


def test_lapsed_with_its_opportunity(person: People) -> None:
    interest = an_interest(a_published_opportunity(life=LifeStatus.WITHDRAWN))
    with pytest.raises(InterestLapsed):
        withdraw(interest, person("investor"))


def test_answers_the_question(session: Any, person: People) -> None:
    interest = an_interest(status=S.MORE_INFO, asked="Berapa liter per detik?")
    with pytest.raises(AnswerNeeded):
        sending.answer_more_info(
            interest_id=interest.id, answer="", seen=1, actor=person("investor"), now=clock.now()
        )
    sending.answer_more_info(
        interest_id=interest.id, answer="250 liter.", seen=1, actor=person("investor"), now=clock.now()
    )
    assert (interest.status, interest.answer) == (S.SENT, "250 liter.")
    assert len(notices(session, "interest_answered")) == 3
