"""LAIP hides a question with its answer, with a reason, and shows it again."""

from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.lifecycle.actions import move
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.questions import news as question_news
from marketplace.opportunities.questions.asking import TABLE
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.rules import ONCE_PUBLIC, QuestionStatus, check_reason_words


def hide(
    question: Question, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime
) -> None:
    """Takes it off every public page at once; the Pemda and who asked read why. Raises NotFound or Forbidden."""
    version = _moderated(question, actor)
    check_reason_words(reason, words)
    move(
        question, QuestionStatus.HIDDEN, table=TABLE, actor=actor, now=now, seen=seen, reason=reason,
        words=words or None, tells=question_news.hidden(question, version, reason, words),
        values={"decision_reason": reason, "decision_words": words or None},
    )  # fmt: skip


def show(question: Question, *, seen: int, actor: Actor, now: datetime) -> None:
    """Shows it to everybody again, as its Pemda worded it last."""
    version = _moderated(question, actor)
    move(
        question, QuestionStatus.ANSWERED, table=TABLE, actor=actor, now=now, seen=seen,
        tells=question_news.shown(question, version), values={"decision_reason": None, "decision_words": None},
    )  # fmt: skip


def _moderated(question: Question, actor: Actor) -> OpportunityVersion:
    """LAIP knows of what was public, and not of the double of another question."""
    version = find_version(question.opportunity.published_version_id or 0)
    known = question.status in ONCE_PUBLIC and question.same_as_id is None
    if version is None or not actor.is_moderator or not known:
        raise NotFound
    return version
