"""Questions as each side reads them: everybody, who asked, who answers. LAIP's stand in `hiding_queries`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.rules import QuestionState, QuestionStatus, state_of
from marketplace.opportunities.rules import LIVING, LifeStatus

S = QuestionStatus
_A_DAY = timedelta(hours=24)
# On the listing's own page; the rest stands on a page of its own.
SHOWN_FIRST = 3
_Target = aliased(Question, name="target")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer as everybody reads them: nothing in it leads to who asked."""

    id: int
    words_id: str
    words_en: str
    answer_id: str
    answer_en: str
    answered_at: datetime
    number: int
    written_at: datetime

    @property
    def edited(self) -> bool:
        return self.number > 1


def is_shown() -> ColumnElement[bool]:
    """The predicate of what everybody may read: answered, not hidden, itself and not its double."""
    return and_(Question.status == S.ANSWERED, Question.same_as_id.is_(None))


_COLUMNS: tuple[Any, ...] = (
    Question.id, QuestionWording.words_id, QuestionWording.words_en, QuestionWording.answer_id,
    QuestionWording.answer_en, Question.answered_at, QuestionWording.number, QuestionWording.written_at,
)  # fmt: skip
_SHOWN = (
    select(*_COLUMNS)
    .join(
        QuestionWording,
        and_(QuestionWording.question_id == Question.id, QuestionWording.number == Question.wording),
    )
    .where(Question.opportunity_id == bindparam("opportunity_id"), is_shown())
    .order_by(Question.answered_at.desc(), Question.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)  # fmt: skip


def list_answered(opportunity_id: int, *, limit: int, offset: int = 0) -> list[Answered]:
    """One page of a listing's public questions, newest answer first."""
    values = {"opportunity_id": opportunity_id, "limit": limit, "offset": offset}
    return [Answered(*row) for row in db.session.execute(_SHOWN, values)]


def find_question(question_id: int) -> Question | None:
    """The row with its listing; who may see it is `question_policy`'s to say."""
    return db.session.get(Question, question_id)


def count_open_here(opportunity_id: int, organisation_id: int) -> int:
    """How many unanswered questions an organisation has at a listing."""
    counted = select(func.count(Question.id)).where(
        Question.opportunity_id == opportunity_id,
        Question.organisation_id == organisation_id,
        Question.status == S.ASKED,
    )
    return db.session.scalar(counted) or 0


def count_asked_lately(organisation_id: int, now: datetime) -> int:
    """How many questions an organisation has asked in 24 hours, whatever became of them."""
    counted = select(func.count(Question.id)).where(
        Question.organisation_id == organisation_id, Question.asked_at > now - _A_DAY
    )
    return db.session.scalar(counted) or 0


def find_same_open(opportunity_id: int, organisation_id: int, words: str) -> Question | None:
    """The same words of the same organisation that wait already."""
    return db.session.scalar(
        select(Question)
        .where(
            Question.opportunity_id == opportunity_id,
            Question.organisation_id == organisation_id,
            Question.status == S.ASKED,
            Question.words == words,
        )
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list of one side; names nobody."""

    id: int
    opportunity_id: int
    slug: str | None
    title_id: str
    title_en: str
    region_code: str
    life: LifeStatus
    status: QuestionStatus
    merged: bool
    target_hidden: bool
    words: str
    language: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    decision_reason: str | None

    @property
    def state(self) -> QuestionState:
        if self.target_hidden:
            return QuestionState.HIDDEN
        return state_of(self.status, merged=self.merged, life=self.life)


_due = func.least(Question.due_on, Opportunity.closes_on)
_LINE: tuple[Any, ...] = (
    Question.id, Question.opportunity_id, Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en,
    Opportunity.region_code, Opportunity.status, Question.status, Question.same_as_id.is_not(None),
    func.coalesce(_Target.status == S.HIDDEN, False), Question.words, Question.language, Question.asked_at, _due,
    Question.answered_at, Question.decision_reason,
)  # fmt: skip


def _lines(*where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*_LINE)
        .select_from(Question)
        .join(Opportunity, Opportunity.id == Question.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .outerjoin(_Target, _Target.id == Question.same_as_id)
        .where(*where)
    )


def list_asked_by(organisation_id: int, *, limit: int, offset: int = 0) -> list[Line]:
    """One page of what an organisation has asked, newest first."""
    wanted = _lines(Question.organisation_id == organisation_id).order_by(Question.id.desc())
    return [Line(*row) for row in db.session.execute(wanted.limit(limit).offset(offset))]


def count_asked_by(organisation_id: int) -> int:
    """How many questions an organisation has asked."""
    counted = select(func.count(Question.id)).where(Question.organisation_id == organisation_id)
    return db.session.scalar(counted) or 0


def _at_desk(organisation_id: int) -> ColumnElement[bool]:
    """The questions at an organisation's listings; what the asker took back is gone for who answers."""
    return and_(Opportunity.organisation_id == organisation_id, Question.status != S.WITHDRAWN)


def _waits() -> ColumnElement[bool]:
    return and_(Question.status == S.ASKED, Opportunity.status.in_(sorted(LIVING)))


def is_overdue(today: date) -> ColumnElement[bool]:
    """The questions that wait although the day of their answer is over; beside their opportunities."""
    return and_(_waits(), _due < today)


def list_at_desk(organisation_id: int, *, waiting: bool, limit: int, offset: int = 0) -> list[Line]:
    """One page of a Pemda's questions: those that wait, the first due first; or all others, newest first."""
    if waiting:
        wanted = _lines(_at_desk(organisation_id), _waits()).order_by(_due, Question.id)
    else:
        wanted = _lines(_at_desk(organisation_id), ~_waits()).order_by(Question.id.desc())
    return [Line(*row) for row in db.session.execute(wanted.limit(limit).offset(offset))]


@dataclass(frozen=True, slots=True)
class Desk:
    """How many questions wait for a Pemda, how many of them are overdue, when the first is due; how many others."""

    waiting: int
    overdue: int
    first_due: date | None
    others: int


def count_at_desk(organisation_id: int, today: date) -> Desk:
    """All that lists and tabs say of a Pemda's questions, in one statement."""
    row = db.session.execute(
        select(
            func.count().filter(_waits()),
            func.count().filter(is_overdue(today)),
            func.min(_due).filter(_waits()),
            func.count().filter(~_waits()),
        )
        .select_from(Question)
        .join(Opportunity, Opportunity.id == Question.opportunity_id)
        .where(_at_desk(organisation_id))
    ).one()
    return Desk(*row)


def find_wording(question: Question) -> QuestionWording | None:
    """The wording that answers the question: its own, or that of the one it was answered with."""
    return db.session.scalar(
        select(QuestionWording)
        .join(
            Question,
            and_(Question.id == QuestionWording.question_id, Question.wording == QuestionWording.number),
        )
        .where(Question.id == (question.same_as_id or question.id))
    )


def list_wordings(question_id: int) -> list[QuestionWording]:
    """Every wording that was ever shown, newest first."""
    return list(
        db.session.scalars(
            select(QuestionWording)
            .where(QuestionWording.question_id == question_id)
            .order_by(QuestionWording.number.desc())
        )
    )


@dataclass(frozen=True, slots=True)
class Other:
    """Another question of the same listing, for "the same as": its words as who answers reads them."""

    id: int
    words: str


def list_others_open(question: Question, *, limit: int = 50) -> list[Other]:
    """Questions of the same listing that wait too, oldest first."""
    rows = db.session.execute(
        select(Question.id, Question.words)
        .where(
            Question.opportunity_id == question.opportunity_id,
            Question.id != question.id,
            Question.status == S.ASKED,
        )
        .order_by(Question.id)
        .limit(limit)
    )
    return [Other(*row) for row in rows]


def list_others_answered(question: Question, *, limit: int = 100) -> list[Other]:
    """Questions of the same listing that everybody reads, newest first."""
    shown = list_answered(question.opportunity_id, limit=limit)
    return [Other(each.id, each.words_id) for each in shown if each.id != question.id]


def lock_open(opportunity_id: int, ids: Sequence[int]) -> list[Question]:
    """Those of these questions of a listing that still wait, held until the transaction ends, in the order of ids."""
    return list(
        db.session.scalars(
            select(Question)
            .where(
                Question.id.in_(ids), Question.opportunity_id == opportunity_id, Question.status == S.ASKED
            )
            .order_by(Question.id)
            .with_for_update(of=Question)
            .execution_options(populate_existing=True)
        )
    )  # fmt: skip
