"""Reminds a Pemda once of each question whose answer is due: one letter an organisation, however many there are."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.audit import actions as audit
from marketplace.core.actor import SYSTEM
from marketplace.core.dates import local_day
from marketplace.extensions import db
from marketplace.notifications.actions import Notice, tell
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.own_queries import list_owners_of, list_working_ids, lock_rows_of
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.rules import QuestionStatus, due_day, is_reminder_due
from marketplace.opportunities.rules import LIVING
from marketplace.regions.queries import zone_at

_WAITING = (
    Question.status == QuestionStatus.ASKED,
    Question.reminded_at.is_(None),
    Opportunity.status.in_(sorted(LIVING)),
)


def list_with_questions() -> list[int]:
    """Organisations that may answer and were not reminded of every question; whether any is due is looked at one by one."""
    return list_owners_of(Question, *_WAITING)


def remind_of_questions(organisation_id: int, *, now: datetime) -> int:
    """Tells who answers once of all that is due; how many questions that were. Run twice, it tells once."""
    due = [question for question in _lock_waiting(organisation_id) if _is_due(question, now)]
    for question in due:
        question.reminded_at = now
        audit.record(
            "question:reminded", actor=SYSTEM, now=now, object_kind="question", object_id=question.id
        )
    db.session.flush()
    if due:
        tell([_notice(due, organisation_id)], now=now)
    return len(due)


def _lock_waiting(organisation_id: int) -> Sequence[Question]:
    """Held until the transaction ends: what is answered meanwhile is not reminded of."""
    return lock_rows_of(organisation_id, Question, *_WAITING, order=(Question.due_on, Question.id))


def _is_due(question: Question, now: datetime) -> bool:
    opportunity = question.opportunity
    due_on = due_day(question.due_on, opportunity.closes_on)
    return is_reminder_due(due_on, local_day(now, zone_at(opportunity.region_code)))


def _notice(due: list[Question], organisation_id: int) -> Notice:
    first = due[0]
    version = find_version(first.opportunity.published_version_id or 0)
    titles = {"title_id": version.title_id, "title_en": version.title_en} if version else {}
    told = {**titles, "count": len(due), "due": first.due_on.isoformat()}
    path = f"/dasbor/pertanyaan/{first.id}" if len(due) == 1 else "/dasbor/pertanyaan-masuk"
    return Notice("question_reminder", list_working_ids(organisation_id), path, told)
