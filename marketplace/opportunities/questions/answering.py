"""A Pemda answers a question for everybody, puts an answer right, joins doubles, or declines with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import move
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead
from marketplace.notifications.actions import tell
from marketplace.opportunities import news
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.policy import is_colleague
from marketplace.opportunities.publishing import owner_is_trusted
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.questions import news as question_news
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.asking import TABLE
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.queries import find_question, find_wording, lock_open
from marketplace.opportunities.questions.rules import (
    AnswererNotTrusted,
    QuestionSettled,
    QuestionStatus,
    SameAsUnknown,
    Wording,
    check_answerable,
    check_reason_words,
    check_wording,
)

S = QuestionStatus


def answer(
    question: Question, *, wording: Wording, also: Sequence[int] = (), seen: int, actor: Actor, now: datetime
) -> None:
    """Answers it for everybody, in the wording given; `also`: others of the same listing, which it answers too.

    Those of `also` that are settled meanwhile are left out. Raises NotFound, Forbidden, QuestionLapsed,
    AnswererNotTrusted, QuestionSettled and what `check_wording` raises.
    """
    version = _open_desk(question, actor)
    check_wording(wording)
    told = [question_news.answered(question, version, wording)]
    _settle(
        question, S.ANSWERED, actor, now, seen=seen, tells=told, values={"answered_at": now, "wording": 1}
    )
    _keep(question, 1, wording, actor, now)
    asked_too = [each for each in lock_open(question.opportunity_id, also) if each.id != question.id]
    for other in asked_too:
        _join(other, question, version, wording, actor, now)
    _tell_followers(version, wording, actor, now, told_already=(question, *asked_too))


def merge(question: Question, *, into: int, seen: int, actor: Actor, now: datetime) -> None:
    """Answers it with another question's answer, which stands already. Raises SameAsUnknown and what `answer` raises."""
    version = _open_desk(question, actor)
    target = find_question(into)
    if target is None or not _takes_doubles(target, question):
        raise SameAsUnknown(field="into")
    db.session.refresh(target, with_for_update={"of": Question})
    shown = find_wording(target)
    if shown is None or not _takes_doubles(target, question):
        raise SameAsUnknown(field="into")
    wording = Wording(shown.words_id, shown.answer_id, shown.words_en, shown.answer_en)
    _join(question, target, version, wording, actor, now, seen=seen)


def _takes_doubles(target: Question, question: Question) -> bool:
    is_other = target.id != question.id and target.opportunity_id == question.opportunity_id
    return is_other and target.status is S.ANSWERED and target.same_as_id is None


def decline(
    question: Question, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime
) -> None:
    """Leaves it unanswered, with a reason and perhaps a line that only the asker reads."""
    version = _open_desk(question, actor)
    check_reason_words(reason, words)
    _settle(
        question, S.DECLINED, actor, now, seen=seen, reason=reason, words=words or None,
        tells=[question_news.declined(question, version, reason, words)],
        values={"decision_reason": reason, "decision_words": words or None},
    )  # fmt: skip


def reword(question: Question, *, wording: Wording, seen: int, actor: Actor, now: datetime) -> None:
    """Puts a question or its answer right; the wording before is kept. The same words again change nothing.

    Raises NotFound, Forbidden, QuestionLapsed, AnswererNotTrusted, ChangedSinceRead and what `check_wording` raises.
    """
    version = _open_desk(question, actor)
    if not question_policy.can_reword(actor, question):
        raise Forbidden
    check_wording(wording)
    before = find_wording(question)
    if before is not None and _is_same(before, wording):
        return
    written = db.session.execute(
        update(Question)
        .where(Question.id == question.id, Question.revision == seen)
        .values(revision=Question.revision + 1, wording=Question.wording + 1)
        .returning(Question.wording)
        .execution_options(synchronize_session=False)
    ).scalar()
    if written is None:
        raise ChangedSinceRead
    db.session.refresh(question)
    _keep(question, written, wording, actor, now)
    audit.record(
        "question:edited", actor=actor, now=now, object_kind="question", object_id=question.id,
        details={"wording": written},
    )  # fmt: skip
    if question.status is S.HIDDEN:
        tell([question_news.put_right(question, version, list_moderator_ids())], now=now)
        return
    tell([question_news.edited(question, version, wording)], now=now)


def _open_desk(question: Question, actor: Actor) -> OpportunityVersion:
    """The published version of its listing, for whoever may answer there now."""
    opportunity = question.opportunity
    version = find_version(opportunity.published_version_id or 0)
    if version is None or not is_colleague(actor, opportunity):
        raise NotFound
    check_answerable(opportunity.status)
    if not owner_is_trusted(opportunity):
        raise AnswererNotTrusted
    if not question_policy.may(actor, "pemda", question):
        raise Forbidden
    return version


def _settle(question: Question, to: QuestionStatus, actor: Actor, now: datetime, **how: Any) -> None:
    """Who took it back meanwhile is not named: the refusal would tell who asked."""
    try:
        move(question, to, table=TABLE, actor=actor, now=now, **how)
    except AlreadyDecided as faster:
        raise QuestionSettled from faster


def _join(
    question: Question, target: Question, version: OpportunityVersion, wording: Wording, actor: Actor, now: datetime,
    *, seen: int | None = None,
) -> None:  # fmt: skip
    _settle(
        question, S.ANSWERED, actor, now, seen=seen, tells=[question_news.answered(question, version, wording)],
        values={"answered_at": now, "same_as_id": target.id}, details={"same_as": target.id},
    )  # fmt: skip


def _keep(question: Question, number: int, wording: Wording, actor: Actor, now: datetime) -> None:
    db.session.add(
        QuestionWording(
            question_id=question.id, number=number, words_id=wording.words_id, words_en=wording.words_en,
            answer_id=wording.answer_id, answer_en=wording.answer_en, written_by=actor.user_id, written_at=now,
        )
    )  # fmt: skip
    db.session.flush()


def _is_same(before: QuestionWording, wording: Wording) -> bool:
    return wording == Wording(before.words_id, before.answer_id, before.words_en, before.answer_en)


def _tell_followers(
    version: OpportunityVersion,
    wording: Wording,
    actor: Actor,
    now: datetime,
    *,
    told_already: Sequence[Question],
) -> None:
    """Whoever hears of it as an asker does not hear it once more as a follower."""
    askers = {user_id for question in told_already for user_id in question_news.list_askers(question)}
    told = news.question_answered(version, actor, words_id=wording.words_id, words_en=wording.words_en)
    rest = [user_id for user_id in told.recipients if user_id not in askers]
    tell([replace(told, recipients=rest)], now=now)
