"""Questions about listings, in any status, without the way that leads there."""

from typing import Any

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.rules import ONCE_PUBLIC, QuestionStatus
from tests.factories.opportunities import an_organisation_id

WORDS = "Berapa debit air baku pada musim kering?"


def a_question(
    opportunity: Opportunity,
    by: str = "investor",
    *,
    status: QuestionStatus = QuestionStatus.ASKED,
    **values: Any,
) -> Question:
    """A question of that organisation; one that is or was public has its first wording."""
    public = status in ONCE_PUBLIC and "same_as_id" not in values
    default: dict[str, Any] = {
        "asked_at": clock.now(), "language": "id", "words": WORDS, "due_on": opportunity.closes_on,
        "answered_at": clock.now() if status in ONCE_PUBLIC else None, "wording": 1 if public else 0,
    }  # fmt: skip
    question = Question(
        opportunity_id=opportunity.id, organisation_id=an_organisation_id(by), status=status, revision=1,
        **{**default, **values},
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    if public:
        a_wording(question)
    return question


def a_wording(question: Question, number: int = 1, **values: Any) -> QuestionWording:
    """One wording of a question."""
    said = {
        "words_id": question.words,
        "answer_id": "Sekitar 300 liter per detik.",
        "written_at": clock.now(),
    }
    wording = QuestionWording(question_id=question.id, number=number, **{**said, **values})
    db.session.add(wording)
    db.session.flush()
    return wording
