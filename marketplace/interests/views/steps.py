"""The steps of both sides; those that need words have a small page of their own."""

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import Forbidden
from marketplace.interests import deciding, sending
from marketplace.interests.comparison_rules import parse_choice
from marketplace.interests.forms import AnswerForm, AskForm, DeclineForm, WithdrawForm
from marketplace.interests.labels import shown_title
from marketplace.interests.policy import Side, may
from marketplace.interests.rules import STEPS, InterestLapsed, InterestState, InterestStatus
from marketplace.interests.views.blueprint import ONE, interests
from marketplace.interests.views.reading import Reading, get_reading
from marketplace.lifecycle.rules import get_step
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language
from marketplace.web.forms import SeenForm, attempt
from marketplace.web.headers import keep_on_back

S = InterestStatus


def _press(interest_id: int, action: Callable[..., None], done: str) -> Response:
    """A step of one button."""
    reading = get_reading(interest_id)
    form = SeenForm()
    action(interest_id=interest_id, seen=form.seen_revision, actor=current_actor(), now=clock.now())
    flash(done, "good")
    return redirect(_way_back(reading))


def _way_back(reading: Reading) -> str:
    """To those that stood beside it where it was compared, else to its own page."""
    interest = reading.detail.interest
    compared = parse_choice(request.values.getlist("banding"))
    if compared and reading.side is Side.PEMDA:
        return url_for(".compare", opportunity_id=interest.opportunity_id, pilih=compared)
    return url_for(".show", interest_id=interest.id)


def _write(interest_id: int, to: InterestStatus, form: Any, action: Callable[..., None], done: str) -> Any:
    """A step that needs words: its page, then the step."""
    reading = get_reading(interest_id)
    _check_open(reading, to)
    form = form()
    if request.method == "POST":
        fields = {name: form[name].data for name in ("answer", "question", "reason", "words") if name in form}
        valid = form.validate()
        arguments = {"interest_id": interest_id, "seen": form.seen_revision, "actor": current_actor()}
        if valid and attempt(form, action, **arguments, **fields, now=clock.now()):
            flash(done, "good")
            return redirect(_way_back(reading))
        return _page(form, reading, to), 422
    form.seen.data = str(reading.detail.interest.revision)
    return keep_on_back(make_response(_page(form, reading, to)))


def _check_open(reading: Reading, to: InterestStatus) -> None:
    """The action's refusals before the page is shown; who was too late is told by the action."""
    if reading.state is InterestState.LAPSED:
        raise InterestLapsed
    interest = reading.detail.interest
    if request.method == "POST" and (interest.status, to) not in STEPS:
        return
    if not may(current_actor(), get_step(STEPS, interest.status, to).by, interest):
        raise Forbidden


def _page(form: Any, reading: Reading, to: InterestStatus) -> str:
    return render_template(
        "interests/step.html",
        form=form,
        to=to,
        detail=reading.detail,
        interest=reading.detail.interest,
        title=shown_title(reading.detail, language()),
        back=_way_back(reading),
    )


@interests.post(f"{ONE}/daftar-pendek")
@signed_in
def shortlist(interest_id: int) -> Response:
    return _press(interest_id, deciding.shortlist, _("Masuk daftar pendek. Mitra sudah dikabari."))


@interests.post(f"{ONE}/terima")
@signed_in
def accept(interest_id: int) -> Response:
    return _press(interest_id, deciding.accept, _("Minat diterima. Penjodohannya kini diperiksa."))


@interests.route(f"{ONE}/tanya", methods=["GET", "POST"])
@signed_in
def ask(interest_id: int) -> Any:
    done = _("Pertanyaan terkirim. Minat ini menunggu jawaban mitra.")
    return _write(interest_id, S.MORE_INFO, AskForm, deciding.ask_more_info, done)


@interests.route(f"{ONE}/tolak", methods=["GET", "POST"])
@signed_in
def decline(interest_id: int) -> Any:
    done = _("Jawaban terkirim. Mitra membaca alasannya.")
    return _write(interest_id, S.DECLINED, DeclineForm, deciding.decline, done)


@interests.route(f"{ONE}/jawab", methods=["GET", "POST"])
@signed_in
def answer(interest_id: int) -> Any:
    done = _("Jawaban terkirim. Minat ini kembali menunggu Pemda.")
    return _write(interest_id, S.SENT, AnswerForm, sending.answer_more_info, done)


@interests.route(f"{ONE}/tarik", methods=["GET", "POST"])
@signed_in
def withdraw(interest_id: int) -> Any:
    done = _("Minat ditarik. Pemda sudah dikabari.")
    return _write(interest_id, S.WITHDRAWN, WithdrawForm, sending.withdraw, done)


@interests.post(f"{ONE}/hapus")
@signed_in
def discard(interest_id: int) -> Response:
    get_reading(interest_id)
    sending.discard_draft(interest_id=interest_id, actor=current_actor())
    flash(_("Draf dihapus."), "good")
    return redirect(url_for(".outgoing"))
