"""LAIP looks after questions and answers that everybody reads: who asked, and hiding with a reason."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.opportunities import hiding, labels, queries
from marketplace.opportunities.forms.questions import HideForm
from marketplace.opportunities.hiding_queries import count_moderated, list_askers, list_moderated
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.queries import find_question, list_wordings
from marketplace.opportunities.questions.rules import ONCE_PUBLIC, QuestionState, QuestionStatus
from marketplace.opportunities.wording import title_in
from marketplace.organisations.queries import get_card
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.language import get_language
from marketplace.web.paging import paged

PAGE = 25
# The filter's words in the address.
_KINDS = {"tampil": QuestionStatus.ANSWERED, "tersembunyi": QuestionStatus.HIDDEN}

question_moderation = Blueprint("question_moderation", __name__)


@question_moderation.get("")
@moderator_only
def index() -> str:
    """What everybody reads and what is hidden, newest answer first."""
    wanted = request.args.get("keadaan", "")
    status, counts = _KINDS.get(wanted), count_moderated()
    total = counts.get(status, 0) if status else sum(counts.values())
    paging = paged(".index", total, PAGE, keadaan=wanted if status else None)
    return render_template(
        "moderation/questions.html", lines=list_moderated(status, limit=PAGE, offset=paging.offset), paging=paging,
        counts=counts, status=status, kinds=_KINDS, states=labels.QUESTION, title_in=title_in, gazetteer=gazetteer(),
    )  # fmt: skip


def _moderated(question_id: int) -> Question:
    question = find_question(question_id)
    if question is None or question.status not in ONCE_PUBLIC or question.same_as_id is not None:
        raise NotFound
    return question


@question_moderation.route("/<int:question_id>", methods=["GET", "POST"])
@moderator_only
def show(question_id: int) -> Response | str | tuple[str, int]:
    """One question with every wording and who asked; hide it, or show it again."""
    question, form = _moderated(question_id), HideForm()
    if request.method == "GET":
        form.seen.data = str(question.revision)
        return _page(question, form)
    if form.validate_on_submit() and _decided(question, form):
        return redirect(url_for(".show", question_id=question_id))
    return _page(question, form), 422


def _decided(question: Question, form: HideForm) -> bool:
    arguments: dict[str, Any] = {
        "question": question, "seen": form.seen_revision, "actor": current_actor(), "now": clock.now(),
    }  # fmt: skip
    if request.form.get("langkah") == "tampilkan":
        done, told = attempt(form, hiding.show, **arguments), _("Ditampilkan lagi untuk umum.")
    else:
        done = attempt(
            form, hiding.hide, reason=form.reason.data or None, words=form.words.data or "", **arguments
        )
        told = _("Disembunyikan. Pemda dan penanyanya membaca alasan Anda.")
    if done:
        flash(told)
    return done


def _page(question: Question, form: HideForm) -> str:
    opportunity = question.opportunity
    version = queries.find_version(opportunity.published_version_id or 0)
    return render_template(
        "moderation/question.html", q=question, o=opportunity, form=form, askers=list_askers(question), labels=labels,
        wordings=list_wordings(question.id), listing=title_in(version, get_language()), zone=zone_of(opportunity),
        pemda=get_card(opportunity.organisation_id or 0), state=QuestionState(str(question.status)),
        can_moderate=question_policy.can_moderate(current_actor(), question),
    )  # fmt: skip
