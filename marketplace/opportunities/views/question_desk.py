"""A Pemda's questions: what waits, what is due, and the answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import local_day
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import labels
from marketplace.opportunities.forms.questions import AnswerForm, DeclineQuestionForm, MergeForm
from marketplace.opportunities.questions import answering
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.policy import Side
from marketplace.opportunities.questions.queries import count_at_desk, list_at_desk
from marketplace.opportunities.questions.rules import QuestionSettled, QuestionStatus
from marketplace.opportunities.views.page import title_of
from marketplace.opportunities.views.question_page import desk_page, question_title
from marketplace.opportunities.views.questions import known_question
from marketplace.organisations.policy import get_place
from marketplace.regions.queries import zone_at
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.paging import paged

PAGE = 20

question_desk = Blueprint("question_desk", __name__)


@question_desk.get("/dasbor/pertanyaan-masuk")
@signed_in
def index() -> str:
    """The questions at the Pemda's listings: those that wait, the first due first; or the others."""
    place = get_place(current_actor(), OrganisationKind.PEMDA)
    today = local_day(clock.now(), zone_at(place.region_code or ""))
    desk = count_at_desk(place.organisation_id, today)
    waiting = request.args.get("lain") is None
    total = desk.waiting if waiting else desk.others
    paging = paged(".index", total, PAGE, lain=None if waiting else "1")
    lines = list_at_desk(place.organisation_id, waiting=waiting, limit=PAGE, offset=paging.offset)
    return render_template(
        "opportunities/question_desk.html", lines=lines, paging=paging, desk=desk, waiting=waiting, today=today,
        states=labels.QUESTION, title_of=title_of, organisation=place.name,
    )  # fmt: skip


def _at_desk(question_id: int) -> Question:
    question, side = known_question(question_id)
    if side is not Side.PEMDA:
        raise NotFound
    if not question_policy.may(current_actor(), "pemda", question):
        raise Forbidden
    return question


@question_desk.post("/dasbor/pertanyaan/<int:question_id>/jawab")
@signed_in
def answer(question_id: int) -> AnyResponse | tuple[str, int]:
    """Publishes the answer, or puts right the one that stands."""
    question = _at_desk(question_id)
    form, actor, now = AnswerForm(), current_actor(), clock.now()
    if question.status is QuestionStatus.ASKED:
        done = form.validate_on_submit() and attempt(
            form, answering.answer, question=question, wording=form.wording, also=form.also_ids,
            seen=form.seen_revision, actor=actor, now=now,
        )  # fmt: skip
        told = _("Jawaban tampil untuk umum. Penanyanya dan pengikut peluang ini diberi tahu.")
    else:
        _refuse_settled(question)
        done = form.validate_on_submit() and attempt(
            form,
            answering.reword,
            question=question,
            wording=form.wording,
            seen=form.seen_revision,
            actor=actor,
            now=now,
        )
        told = _("Perubahan tersimpan. Naskah sebelumnya tetap dicatat.")
    if not done:
        return desk_page(question, answer=form), 422
    flash(told)
    return redirect(url_for("questions.show", question_id=question_id))


def _refuse_settled(question: Question) -> None:
    """Raises QuestionSettled where a colleague or the asker was faster, or the page is an old one."""
    if not question_policy.can_reword(current_actor(), question):
        raise QuestionSettled


@question_desk.post("/dasbor/pertanyaan/<int:question_id>/gabung")
@signed_in
def merge(question_id: int) -> AnyResponse | tuple[str, int]:
    """Answers it with the answer of another question."""
    question, form = _at_desk(question_id), MergeForm()
    if form.validate_on_submit() and attempt(
        form, answering.merge, question=question, into=form.into_id, seen=form.seen_revision, actor=current_actor(),
        now=clock.now(),
    ):  # fmt: skip
        flash(_("Digabung. Penanyanya mendapat jawaban pertanyaan itu."))
        return redirect(url_for("questions.show", question_id=question_id))
    return desk_page(question, merge=form), 422


@question_desk.route("/dasbor/pertanyaan/<int:question_id>/tolak", methods=["GET", "POST"])
@signed_in
def decline(question_id: int) -> AnyResponse | str | tuple[str, int]:
    """Leaves it unanswered, with a reason that its asker reads."""
    question, form = _at_desk(question_id), DeclineQuestionForm()
    if request.method == "GET":
        if not question_policy.can_answer(current_actor(), question):
            raise QuestionSettled
        form.seen.data = str(question.revision)
    if form.validate_on_submit() and attempt(
        form, answering.decline, question=question, reason=form.reason.data or None, words=form.words.data or "",
        seen=form.seen_revision, actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Tercatat. Penanyanya membaca alasan Anda."))
        return redirect(url_for(".index"))
    page = render_template(
        "opportunities/question_decline.html", form=form, q=question, listing=question_title(question)
    )
    return (page, 422) if form.is_submitted() else page
