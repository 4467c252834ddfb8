"""What LAIP reads of questions: those that were public at least once, with who asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from marketplace.accounts.models import User
from marketplace.audit.queries import shown_name
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.rules import ONCE_PUBLIC, QuestionStatus
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Moderated:
    """One line of LAIP's list."""

    id: int
    title_id: str
    title_en: str
    region_code: str
    slug: str | None
    life: LifeStatus
    status: QuestionStatus
    words_id: str
    asker: str
    answered_at: datetime
    number: int
    decision_reason: str | None


def _once_public(status: QuestionStatus | None) -> list[ColumnElement[bool]]:
    statuses = [status] if status else sorted(ONCE_PUBLIC)
    return [Question.status.in_(statuses), Question.same_as_id.is_(None)]


def _joined(*columns: Any) -> Select[Any]:
    shown = and_(QuestionWording.question_id == Question.id, QuestionWording.number == Question.wording)
    return (
        select(*columns)
        .select_from(Question)
        .join(Opportunity, Opportunity.id == Question.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Organisation, Organisation.id == Question.organisation_id)
        .join(QuestionWording, shown)
    )


def list_moderated(status: QuestionStatus | None = None, *, limit: int, offset: int = 0) -> list[Moderated]:
    """One page, newest answer first; `status`: only answered or only hidden ones."""
    rows = db.session.execute(
        _joined(
            Question.id, OpportunityVersion.title_id, OpportunityVersion.title_en, Opportunity.region_code,
            Opportunity.slug, Opportunity.status, Question.status, QuestionWording.words_id, Organisation.name,
            Question.answered_at, Question.wording, Question.decision_reason,
        )
        .where(*_once_public(status))
        .order_by(Question.answered_at.desc(), Question.id.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [Moderated(*row) for row in rows]


def count_moderated() -> dict[QuestionStatus, int]:
    """How many questions everybody reads, and how many are hidden."""
    rows = db.session.execute(
        select(Question.status, func.count()).where(*_once_public(None)).group_by(Question.status)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, in which words."""

    organisation_id: int
    organisation: str
    person: str
    words: str
    language: str
    asked_at: datetime


def list_askers(question: Question, *, limit: int = 50) -> list[Asker]:
    """Who asked the question, then who asked those that were answered with it."""
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            User.name,
            Question.words,
            Question.language,
            Question.asked_at,
        )
        .join(Organisation, Organisation.id == Question.organisation_id)
        .outerjoin(User, User.id == Question.asked_by)
        .where(or_(Question.id == question.id, Question.same_as_id == question.id))
        .order_by(Question.same_as_id.is_not(None), Question.id)
        .limit(limit)
    )
    return [Asker(row[0], row[1], str(shown_name(row[2]) or ""), row[3], row[4], row[5]) for row in rows]
