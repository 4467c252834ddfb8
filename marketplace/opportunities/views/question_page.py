"""The page of one question, for its asker and for who answers; neither sees who the other is."""

from flask import render_template

from marketplace.core import clock
from marketplace.core.dates import local_day
from marketplace.opportunities import labels, queries
from marketplace.opportunities.forms.questions import AnswerForm, MergeForm
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.publishing import owner_is_trusted, zone_of
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import (
    find_question,
    find_wording,
    list_others_answered,
    list_others_open,
    list_wordings,
)
from marketplace.opportunities.questions.rules import (
    QuestionState,
    QuestionStatus,
    due_day,
    has_contact,
    state_of,
)
from marketplace.opportunities.views.page import title_of
from marketplace.organisations.queries import get_card
from marketplace.web.actors import current_actor


def question_state(question: Question) -> QuestionState:
    """The state that both sides read; of a double, also what became of the answer that it got."""
    if question.same_as_id is not None:
        target = find_question(question.same_as_id)
        if target is not None and target.status is QuestionStatus.HIDDEN:
            return QuestionState.HIDDEN
    return state_of(question.status, merged=question.same_as_id is not None, life=question.opportunity.status)


def question_title(question: Question) -> tuple[str, str | None]:
    """The listing's title for this reader, with its language where that is another."""
    return title_of(_version(question))


def _version(question: Question) -> OpportunityVersion | None:
    return queries.find_version(question.opportunity.published_version_id or 0)


def asker_page(question: Question) -> str:
    """What the asker's organisation reads: its words, the state, the answer or why there is none."""
    opportunity, state = question.opportunity, question_state(question)
    shown = state in (QuestionState.ANSWERED, QuestionState.MERGED)
    return render_template(
        "opportunities/question_asked.html", q=question, o=opportunity, listing=question_title(question), state=state,
        state_label=labels.QUESTION[state], wording=find_wording(question) if shown else None, labels=labels,
        pemda=get_card(opportunity.organisation_id or 0), zone=zone_of(opportunity),
        due_on=due_day(question.due_on, opportunity.closes_on),
        may_withdraw=question_policy.can_withdraw(current_actor(), question),
    )  # fmt: skip


def desk_page(question: Question, *, answer: AnswerForm | None = None, merge: MergeForm | None = None) -> str:
    """What the Pemda reads and does; the forms where they came back with something to mend."""
    opportunity, actor = question.opportunity, current_actor()
    can_answer = question_policy.can_answer(actor, question)
    can_reword = question_policy.can_reword(actor, question)
    shown = find_wording(question)
    merge = merge or MergeForm(formdata=None)
    if answer is None:
        answer = AnswerForm(formdata=None)
        answer.begin(question, shown)
    if can_answer:
        answer.offer(list_others_open(question))
        merge.offer(list_others_answered(question))
    state, zone = question_state(question), zone_of(opportunity)
    return render_template(
        "opportunities/question_answer.html", q=question, o=opportunity, listing=question_title(question), state=state,
        state_label=labels.QUESTION[state], labels=labels, zone=zone, can_answer=can_answer, can_reword=can_reword,
        has_contact=has_contact(question.words), answer=answer, merge=merge, wording=shown,
        older=list_wordings(question.id)[1:], paused=not owner_is_trusted(opportunity),
        due_on=due_day(question.due_on, opportunity.closes_on),
        today=local_day(clock.now(), zone),
    )  # fmt: skip
