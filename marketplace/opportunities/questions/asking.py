"""A partner asks about a listing, and takes a question back."""

from datetime import datetime

from sqlalchemy import select

from marketplace.core.actor import Actor
from marketplace.core.dates import local_day
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.lifecycle.rules import AlreadyDecided
from marketplace.notifications.actions import follow, tell
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.policy import is_colleague
from marketplace.opportunities.publishing import owner_is_trusted, zone_of
from marketplace.opportunities.questions import news as question_news
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.policy import Side
from marketplace.opportunities.questions.queries import count_asked_lately, count_open_here, find_same_open
from marketplace.opportunities.questions.rules import (
    QUESTION_STEPS,
    AskerNotVerified,
    QuestionsClosed,
    QuestionSettled,
    QuestionStatus,
    answer_due,
    asking_ends,
    check_answerable,
    check_number,
    check_question,
    takes_questions,
)
from marketplace.opportunities.rules import standing
from marketplace.organisations.models import Organisation

TABLE = StatusTable("question", QUESTION_STEPS, question_policy.may)


def ask(
    opportunity: Opportunity,
    version: OpportunityVersion,
    *,
    words: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Question:
    """Asks for the actor's partner about the published version; the same pressed twice is one question.

    Raises AskerNeeded, OnlyPartnersAsk, Forbidden, AskerNotVerified, QuestionsClosed and what `check_question` and
    `check_number` raise.
    """
    place = question_policy.get_asking_place(actor)
    if not place.verified:
        raise AskerNotVerified
    check_open(opportunity, version, now)
    # Nobody asks their own.
    if is_colleague(actor, opportunity):
        raise QuestionsClosed
    check_question(words, place.name)
    # Fifty presses count one after the other.
    held = select(Organisation.id).where(Organisation.id == place.organisation_id)
    db.session.execute(held.with_for_update(key_share=True))
    same = find_same_open(opportunity.id, place.organisation_id, words)
    if same is not None:
        return same
    check_number(
        count_open_here(opportunity.id, place.organisation_id), count_asked_lately(place.organisation_id, now)
    )
    asked_on = local_day(now, zone_of(opportunity))
    question = Question(
        opportunity_id=opportunity.id, organisation_id=place.organisation_id,
        asked_by=actor.user_id, asked_at=now, status=QuestionStatus.ASKED, language=language, words=words,
        due_on=answer_due(asked_on, opportunity.closes_on),
    )  # fmt: skip
    begin(question, derived=QuestionStatus.NONE, table=TABLE, actor=actor, now=now)
    tell([question_news.asked(question, version)], now=now)
    if actor.user_id is not None:
        follow("opportunity", opportunity.id, user_id=actor.user_id, why="question", now=now)
    return question


def check_open(opportunity: Opportunity, version: OpportunityVersion, now: datetime) -> None:
    """Raises QuestionsClosed where the listing takes no questions at the moment."""
    ends = asking_ends(version.question_deadline, opportunity.closes_at, zone_of(opportunity))
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now)
    if not takes_questions(stands, ends, now) or not owner_is_trusted(opportunity):
        raise QuestionsClosed


def withdraw(question: Question, *, reason: str | None, seen: int, actor: Actor, now: datetime) -> None:
    """Takes it back before it is answered; it is gone for who would have answered. Raises QuestionSettled."""
    if question_policy.side_of(actor, question) is not Side.ASKER:
        raise NotFound
    check_answerable(question.opportunity.status)
    try:
        move(
            question, QuestionStatus.WITHDRAWN, table=TABLE, actor=actor, now=now, seen=seen, reason=reason,
            values={"decision_reason": reason},
        )  # fmt: skip
    except AlreadyDecided as faster:
        raise QuestionSettled from faster
