"""A Pemda and the tutors beside it, from either side: who is asked, who agreed, how it ended."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.core.text import clean_line
from marketplace.organisations import guidance_queries, guiding, labels, policy
from marketplace.organisations.guidance_forms import GuidanceAnswerForm, GuidanceForm
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.paging import paged

PER_PAGE = 25
FOUND_AT_MOST = 20
GUIDANCES = f"{ONE}/pendampingan"
S = GuidanceStatus


@organisations.route(GUIDANCES, methods=["GET", "POST"])
@signed_in
def guidances(organisation_id: int) -> Any:
    """The organisation's relations, and a search for the next one."""
    organisation = _load(organisation_id)
    may_ask = policy.can_manage_members(current_actor(), organisation)
    if request.method == "POST" and not may_ask:
        raise Forbidden
    words = clean_line(request.values.get("q"))[:100]
    form = GuidanceForm()
    found = guidance_queries.search_choices(organisation.id, organisation.kind, words, limit=FOUND_AT_MOST)
    form.offer(found)
    if form.validate_on_submit() and attempt(
        form, guiding.ask, organisation_id=organisation_id, other_id=form.other_id,
        message=form.message.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Permintaan dikirim. Anda dikabari begitu dijawab."))
        return redirect(url_for(".guidances", organisation_id=organisation_id))
    return _list_page(organisation, form, words, may_ask), 422 if form.is_submitted() else 200


def _load(organisation_id: int) -> Organisation:
    organisation = load_visible(organisation_id)
    if organisation.kind not in policy.GUIDING_KINDS:
        raise NotFound
    return organisation


def _list_page(organisation: Organisation, form: GuidanceForm, words: str, may_ask: bool) -> str:
    kind = organisation.kind
    paging = paged(
        ".guidances",
        guidance_queries.count_guidances(organisation.id, kind),
        PER_PAGE,
        organisation_id=organisation.id,
    )
    return render_template(
        "organisations/guidances.html", organisation=organisation, form=form, words=words, may_ask=may_ask,
        is_tutor=kind is OrganisationKind.TUTOR, labels=labels, paging=paging,
        lines=guidance_queries.list_guidances(organisation.id, kind, limit=PER_PAGE, offset=paging.offset),
        found_at_most=FOUND_AT_MOST,
    )  # fmt: skip


@organisations.route(f"{GUIDANCES}/<int:guidance_id>", methods=["GET", "POST"])
@signed_in
def guidance(organisation_id: int, guidance_id: int) -> Any:
    """One relation: agree, decline, take the ask back, or end it."""
    organisation = _load(organisation_id)
    row = guidance_queries.find_guidance(guidance_id)
    if row is None or organisation_id not in (row.pemda_id, row.tutor_id):
        raise NotFound
    if request.method == "POST" and not policy.can_manage_members(current_actor(), organisation):
        raise Forbidden
    form = GuidanceAnswerForm()
    form.offer(labels.GUIDANCE_END if row.status is S.ACTIVE else labels.GUIDANCE_DECLINE)
    if request.method == "GET":
        form.seen.data = str(row.revision)
    elif form.validate_on_submit() and _answered(row, form):
        return redirect(url_for(".guidance", organisation_id=organisation_id, guidance_id=guidance_id))
    page = _page(organisation, row, form)
    return page, 422 if form.is_submitted() else 200


def _answered(row: Guidance, form: GuidanceAnswerForm) -> bool:
    no: dict[str, Any] = {"reason": form.reason.data or None, "words": form.words.data or ""}
    steps: dict[str, tuple[Callable[..., None], str]] = {
        "setuju": (guiding.agree, _("Disetujui. Pendampingan berlaku mulai sekarang.")),
        "tolak": (partial(guiding.decline, **no), _("Tercatat. Alasan Anda dikirim kepada yang meminta.")),
        "tarik": (guiding.withdraw, _("Permintaan ditarik.")),
        "akhiri": (partial(guiding.end, **no), _("Pendampingan berakhir. Haknya berakhir saat itu juga.")),
    }
    step = steps.get(request.form.get("langkah", ""))
    if step is None:
        form.form_errors.append(_("Pilih salah satu langkah."))
        return False
    action, told = step
    done = attempt(
        form, action, guidance_id=row.id, seen=form.seen_revision, actor=current_actor(), now=clock.now()
    )
    if done:
        flash(told)
    return done


def _page(organisation: Organisation, row: Guidance, form: GuidanceAnswerForm) -> str:
    is_tutor = organisation.kind is OrganisationKind.TUTOR
    asked_by_us = row.status is (S.REQUESTED if is_tutor else S.INVITED)
    asked_of_us = row.status is (S.INVITED if is_tutor else S.REQUESTED)
    owns = policy.can_manage_members(current_actor(), organisation)
    return render_template(
        "organisations/guidance.html", organisation=organisation, row=row, form=form, is_tutor=is_tutor, labels=labels,
        line=guidance_queries.find_line(row, organisation.kind), may_answer=owns and asked_of_us,
        may_withdraw=owns and asked_by_us, may_end=owns and row.status is S.ACTIVE,
    )  # fmt: skip
