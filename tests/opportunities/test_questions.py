"""Asking, answering, joining, declining, taking back and hiding, by the actions: works, once, told, refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, MoveImpossible, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.actions import follow
from marketplace.notifications.models import NoticeRow
from marketplace.notifications.queries import list_followers
from marketplace.opportunities import hiding
from marketplace.opportunities.queries import find_opportunity
from marketplace.opportunities.questions import answering, asking
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import (
    count_at_desk,
    list_answered,
    list_asked_by,
    list_wordings,
)
from marketplace.opportunities.questions.reminding import list_with_questions, remind_of_questions
from marketplace.opportunities.questions.rules import (
    OPEN_AT_MOST,
    AnswererNotTrusted,
    AskerNotVerified,
    QuestionLapsed,
    QuestionsClosed,
    QuestionSettled,
    QuestionState,
    QuestionStatus,
    SameAsUnknown,
    TooManyOpen,
    TooManyToday,
    Wording,
)
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests import personas
from tests.factories.opportunities import a_published_opportunity, an_organisation_id, the_version
from tests.factories.questions import WORDS, a_question
from tests.organisations.test_races import at_once

S = QuestionStatus
SAID = Wording(
    "Berapa debitnya?", "Sekitar 300 liter per detik.", "What is the flow?", "About 300 litres a second."
)


def ask(listing, actor, words=WORDS, now=None):
    return asking.ask(
        listing, the_version(listing), words=words, language="id", actor=actor, now=now or clock.now()
    )


def answer(question, actor, wording=SAID, **more):
    how = {"seen": question.revision, "now": clock.now(), **more}
    answering.answer(question, wording=wording, actor=actor, **how)


def told(kind):
    return sorted(db.session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))


def ids(person, *names):
    return sorted(person(name).user_id for name in names)


PEMDA = ("pemda_owner", "pemda_approver", "pemda_editor")
ASKERS = ("investor", "investor_editor")


@pytest.fixture
def listing(session):
    return a_published_opportunity()


def test_a_question_is_asked_once_and_told_without_a_name(listing, person):
    first, again = ask(listing, person("investor")), ask(listing, person("investor_editor"))
    assert first.id == again.id
    assert (first.status, first.due_on >= clock.now().date()) == (S.ASKED, True)
    assert told("question_asked") == ids(person, *PEMDA)
    letter = db.session.scalars(select(Delivery).where(Delivery.template == "question_asked")).first()
    everything = str(letter.params) + letter.path
    assert "Tirta" not in everything
    assert "Rani" not in everything
    assert list(list_followers("opportunity", listing.id)) == ids(person, "investor")


def test_who_may_not_ask(listing, person, session):
    with pytest.raises(AskerNotVerified):
        ask(listing, person("new_partner"))
    for name in ("pemda_editor", "moderator", "tutor", "alone"):
        with pytest.raises(Forbidden):
            ask(listing, person(name))
    investor = person("investor")
    of_both = replace(investor, memberships=investor.memberships + person("pemda_viewer").memberships)
    with pytest.raises(QuestionsClosed):
        ask(listing, of_both)
    session.execute(
        update(Organisation)
        .where(Organisation.id == an_organisation_id("bitung"))
        .values(status=OrganisationStatus.SUSPENDED)
    )
    with pytest.raises(QuestionsClosed):
        ask(listing, person("investor"))


@pytest.mark.parametrize("days, taken", [(9, True), (10, True), (11, False)])
def test_the_cut_off_of_the_listing_ends_asking(session, person, days, taken):
    """In Bitung the day ends eight hours before it ends in UTC."""
    begun = datetime(2026, 3, 2, 3, tzinfo=UTC)
    clock.use(lambda: begun)
    cut_off = (begun + timedelta(days=10)).date()
    listing = a_published_opportunity(now=begun, question_deadline=cut_off)
    asked_at = datetime(2026, 3, 2, 15, 59, tzinfo=UTC) + timedelta(days=days)
    if taken:
        assert ask(listing, person("investor"), now=asked_at).id
        return
    for late in (asked_at - timedelta(days=1) + timedelta(minutes=1), asked_at):
        with pytest.raises(QuestionsClosed):
            ask(listing, person("investor"), now=late)


def test_open_ones_are_few_at_a_listing_and_a_day(listing, person):
    investor = person("investor")
    asked = [ask(listing, investor, f"{WORDS} Nomor {number}") for number in range(OPEN_AT_MOST)]
    with pytest.raises(TooManyOpen):
        ask(listing, investor, f"{WORDS} Satu lagi")
    asking.withdraw(asked[0], reason="found_answer", seen=1, actor=investor, now=clock.now())
    assert ask(listing, investor, f"{WORDS} Satu lagi").status is S.ASKED
    other = a_published_opportunity()
    for number in range(20 - 4):
        a_question(other, status=S.WITHDRAWN, words=f"{WORDS} {number}")
    with pytest.raises(TooManyToday):
        ask(other, investor)
    assert ask(other, investor, now=clock.now() + timedelta(hours=25)).status is S.ASKED


def test_an_answer_is_for_everybody_and_tells_each_once(listing, person, session):
    question = ask(listing, person("investor"))
    follow("opportunity", listing.id, user_id=person("startup").user_id, why="watch", now=clock.now())
    seen = question.revision
    answer(question, person("pemda_editor"))
    (shown,) = list_answered(listing.id, limit=5)
    assert (shown.words_id, shown.answer_en, shown.edited) == (SAID.words_id, SAID.answer_en, False)
    assert told("question_answered") == ids(person, *ASKERS)
    # Who asked follows too, and hears it as an asker only.
    assert told("question_published") == ids(person, "startup")
    with pytest.raises(QuestionSettled):
        answer(question, person("pemda_owner"), seen=seen)
    with pytest.raises(MoveImpossible):
        answer(question, person("pemda_owner"))


@pytest.mark.parametrize(
    "name, refusal",
    [
        ("pemda_viewer", Forbidden),
        ("other_approver", NotFound),
        ("moderator", NotFound),
        ("investor", NotFound),
    ],
)
def test_nobody_else_answers_or_declines(listing, person, name, refusal):
    question = a_question(listing)
    with pytest.raises(refusal):
        answer(question, person(name))
    with pytest.raises(refusal):
        answering.decline(question, reason="unrelated", words="", seen=1, actor=person(name), now=clock.now())


def test_who_took_it_back_is_not_named_to_who_answers(listing, person):
    question = ask(listing, person("investor"))
    asking.withdraw(question, reason="asked_in_error", seen=1, actor=person("investor"), now=clock.now())
    with pytest.raises(QuestionSettled) as refused:
        answer(question, person("pemda_editor"), seen=1)
    assert refused.value.params == {}
    with pytest.raises(NotFound):
        asking.withdraw(
            a_question(listing), reason="asked_in_error", seen=1, actor=person("startup"), now=clock.now()
        )


def test_one_answer_serves_several_and_a_double_joins_it_later(listing, person):
    first, second, third = (
        a_question(listing, by, words=f"{WORDS} {by}") for by in ("investor", "startup", "investor")
    )
    answer(first, person("pemda_editor"), also=[second.id, first.id, 999])
    assert (second.status, second.same_as_id, third.status) == (S.ANSWERED, first.id, S.ASKED)
    merge = {"seen": 1, "actor": person("pemda_editor"), "now": clock.now()}
    elsewhere = a_question(a_published_opportunity(), status=S.ANSWERED)
    for into in (second.id, third.id, elsewhere.id, 999):
        with pytest.raises(SameAsUnknown):
            answering.merge(third, into=into, **merge)
    answering.merge(third, into=first.id, **merge)
    assert len(list_answered(listing.id, limit=5)) == 1
    assert told("question_answered") == sorted([*ids(person, *ASKERS, "startup"), *ids(person, *ASKERS)])
    hiding.hide(
        first, reason="misleading", words="", seen=first.revision, actor=person("moderator"), now=clock.now()
    )
    states = {line.id: line.state for line in list_asked_by(an_organisation_id("investor"), limit=5)}
    assert (states[first.id], states[third.id]) == (QuestionState.HIDDEN, QuestionState.HIDDEN)


def test_declining_has_a_reason_that_only_the_asker_reads(listing, person):
    question = ask(listing, person("investor"))
    how: dict[str, Any] = {
        "words": "Lihat dokumen studi.",
        "seen": 1,
        "actor": person("pemda_editor"),
        "now": clock.now(),
    }
    with pytest.raises(ReasonNeeded):
        answering.decline(question, reason=None, **how)
    answering.decline(question, reason="stands_in_listing", **how)
    assert told("question_declined") == ids(person, *ASKERS)
    assert list_answered(listing.id, limit=5) == []


def test_an_edited_answer_keeps_the_wording_before(listing, person):
    question = ask(listing, person("investor"))
    answer(question, person("pemda_editor"))
    how: dict[str, Any] = {"seen": question.revision, "actor": person("pemda_approver"), "now": clock.now()}
    answering.reword(question, wording=SAID, **how)
    assert len(list_wordings(question.id)) == 1
    better = Wording(SAID.words_id, "Sekitar 250 liter per detik.")
    answering.reword(question, wording=better, **how)
    (shown,) = list_answered(listing.id, limit=5)
    assert (shown.answer_id, shown.edited) == (better.answer_id, True)
    assert [each.number for each in list_wordings(question.id)] == [2, 1]
    with pytest.raises(ChangedSinceRead):
        answering.reword(question, wording=SAID, **how)


def test_laip_hides_with_a_reason_the_pemda_puts_it_right_and_laip_shows_it_again(listing, person):
    question = ask(listing, person("investor"))
    answer(question, person("pemda_editor"))
    how: dict[str, Any] = {"actor": person("moderator"), "now": clock.now()}
    with pytest.raises(ReasonNeeded):
        hiding.hide(question, reason=None, words="", seen=question.revision, **how)
    seen = question.revision
    hiding.hide(question, reason="personal_data", words="Ada nama orang.", seen=seen, **how)
    with pytest.raises(AlreadyDecided):
        hiding.hide(
            question, reason="other", words="x", seen=seen, actor=person("moderator_b"), now=clock.now()
        )
    assert list_answered(listing.id, limit=5) == []
    assert told("question_hidden") == ids(person, *ASKERS, *PEMDA)
    answering.reword(
        question, wording=Wording("Berapa debitnya?", "300 liter."), seen=question.revision, actor=person("pemda_editor"),
        now=clock.now(),
    )  # fmt: skip
    assert told("question_put_right") == ids(person, "moderator", "moderator_b")
    assert told("question_edited") == []
    hiding.show(question, seen=question.revision, **how)
    assert [each.answer_id for each in list_answered(listing.id, limit=5)] == ["300 liter."]
    for name in ("pemda_editor", "investor", "programme_owner"):
        with pytest.raises(NotFound):
            hiding.hide(
                question,
                reason="other",
                words="x",
                seen=question.revision,
                actor=person(name),
                now=clock.now(),
            )
    with pytest.raises(NotFound):
        hiding.hide(a_question(listing), reason="other", words="x", seen=1, **how)


def test_an_ended_listing_and_a_suspended_pemda_answer_nothing(listing, person, session):
    question = a_question(listing)
    bitung = Organisation.id == an_organisation_id("bitung")
    session.execute(update(Organisation).where(bitung).values(status=OrganisationStatus.SUSPENDED))
    with pytest.raises(AnswererNotTrusted):
        answer(question, person("pemda_editor"))
    session.execute(update(Organisation).where(bitung).values(status=OrganisationStatus.VERIFIED))
    listing.status = LifeStatus.NO_PARTNER
    session.flush()
    for act in (
        lambda: answer(question, person("pemda_editor")),
        lambda: asking.withdraw(
            question, reason="found_answer", seen=1, actor=person("investor"), now=clock.now()
        ),
    ):
        with pytest.raises(QuestionLapsed):
            act()
    desk = count_at_desk(an_organisation_id("bitung"), clock.now().date())
    assert (desk.waiting, desk.overdue) == (0, 0)


def test_the_pemda_is_reminded_once_of_all_that_is_due(session, person):
    monday = datetime(2026, 3, 2, 3, tzinfo=UTC)
    clock.use(lambda: monday)
    listing = a_published_opportunity(now=monday)
    asked = [ask(listing, person("investor"), f"{WORDS} {number}", now=monday) for number in range(2)]
    assert {question.due_on for question in asked} == {date(2026, 3, 9)}

    def run(day):
        now = monday + timedelta(days=day)
        clock.use(lambda: now)
        return sum(remind_of_questions(number, now=now) for number in list_with_questions())

    assert [run(day) for day in (0, 3, 4, 4, 7, 10)] == [0, 0, 2, 0, 0, 0]
    assert told("question_reminder") == ids(person, *PEMDA)
    letter = session.scalars(select(Delivery).where(Delivery.template == "question_reminder")).first()
    assert (letter.params["count"], letter.path) == (2, "/dasbor/pertanyaan-masuk")


def test_many_presses_at_once_are_one_question_and_never_too_many(committing_app):
    with committing_app.app_context():
        number = a_published_opportunity().id
        db.session.commit()
        investor = personas.actor(db.session.connection(), "investor")

    same = at_once(committing_app, *[lambda: ask(find_opportunity(number), investor)] * 8)
    others = [lambda n=n: ask(find_opportunity(number), investor, f"{WORDS} {n}") for n in range(4)]
    refused = at_once(committing_app, *others)
    assert (same, refused) == ([""] * 8, ["", "", "TooManyOpen", "TooManyOpen"])
    with committing_app.app_context():
        assert db.session.scalar(select(func.count(Question.id))) == OPEN_AT_MOST
