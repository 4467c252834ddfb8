"""One listing's workspace: its state, what comes next, its history, and the buttons of this person."""

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import editing, ending, labels, policy, publishing, queries
from marketplace.opportunities.content import input_of
from marketplace.opportunities.forms.deciding import ApprovalForm, OutcomeForm, WithdrawForm
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import (
    NotYetClosed,
    Standing,
    VersionStatus,
    check_outcome_time,
    standing,
)
from marketplace.opportunities.steps import step_of
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.queries import find_ties
from marketplace.opportunities.support.rules import NO_TIES
from marketplace.opportunities.views.approval import approval_page, waiting
from marketplace.opportunities.views.authoring import own_opportunity, own_version, sent_words
from marketplace.opportunities.views.page import (
    Offerer,
    document_note,
    helper_of,
    listing_page,
    missing_lines,
    title_of,
)
from marketplace.opportunities.views.support_panels import support_values
from marketplace.organisations.queries import contacts
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import BaseForm, ButtonForm, SeenForm, attempt

workspace = Blueprint("workspace", __name__)


@workspace.get("/<int:opportunity_id>")
@signed_in
def show(opportunity_id: int) -> str:
    """State, next step, remarks, history; for the approver whose turn it is, the version to read and mark."""
    version = own_version(opportunity_id)
    form: SeenForm = ApprovalForm() if policy.can_approve(current_actor(), version) else SeenForm()
    form.seen.data = str(version.revision)
    return _page(version, form)


@workspace.post("/<int:opportunity_id>/kirim")
@signed_in
def send(opportunity_id: int) -> AnyResponse | tuple[str, int]:
    """Hands the draft to the approver."""
    version = own_version(opportunity_id)
    form = SeenForm()
    arguments = {"seen": form.seen_revision, "actor": current_actor(), "now": clock.now()}
    if form.validate_on_submit() and attempt(form, publishing.send_to_approver, version=version, **arguments):
        flash(sent_words(version))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _page(own_version(opportunity_id), form), 422


@workspace.post("/<int:opportunity_id>/persetujuan")
@signed_in
def approve(opportunity_id: int) -> AnyResponse | tuple[str, int]:
    """The approver, or who stands in, releases the version to LAIP or sends it back with remarks."""
    version = own_version(opportunity_id)
    if not policy.may_act_as(current_actor(), "releaser", version):
        raise Forbidden
    form = ApprovalForm()
    if form.validate_on_submit() and _approved(version, form, clock.now()):
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _page(own_version(opportunity_id), form), 422


def _approved(version: OpportunityVersion, form: ApprovalForm, now: datetime) -> bool:
    arguments: dict[str, Any] = {
        "version": version, "seen": form.seen_revision, "actor": current_actor(), "now": now,
    }  # fmt: skip
    if form.verb == "ajukan":
        done = attempt(form, publishing.submit_version, marks=form.marks, **arguments)
        words = _(
            "Diajukan ke %(unit)s. Hasilnya dikirim lewat kabar dan surel.",
            unit=current_app.config["UNIT_NAME"],
        )
    else:
        words = _("Dikembalikan kepada penyusunnya dengan catatan Anda.")
        done = attempt(
            form, publishing.remark_version, marks=form.marks, reason=form.code, words=form.words.data or "",
            **arguments,
        )  # fmt: skip
    if done:
        flash(words)
    return done


@workspace.post("/<int:opportunity_id>/versi")
@signed_in
def new_version(opportunity_id: int) -> AnyResponse:
    """Begins the next version as a copy of the newest."""
    opportunity = own_version(opportunity_id).opportunity
    if ButtonForm().validate_on_submit():
        editing.start_version(opportunity, actor=current_actor(), now=clock.now())
    return redirect(url_for("authoring.edit", opportunity_id=opportunity_id))


@workspace.get("/<int:opportunity_id>/pratinjau")
@signed_in
def preview(opportunity_id: int) -> str:
    """The newest version as the public will see it, for those who may read it."""
    version = queries.find_newest_version(opportunity_id)
    actor, now = current_actor(), clock.now()
    ties = find_ties(actor, version) if version else NO_TIES
    if version is None or not policy.can_read_version(actor, version, ties):
        raise NotFound
    opportunity = version.opportunity
    office = contacts(opportunity.organisation_id or 0)
    offerer = Offerer(office.name, office.unit)
    values = listing_page(opportunity, version, offerer, actor=actor, now=now, ties=ties)
    return render_template(
        "opportunities/preview.html", **values, works_here=policy.works_on(actor, version),
        review=labels.REVIEW[version.status],
        supports=bool(support_policy.list_places(actor, version, ties)),
    )  # fmt: skip


@workspace.route("/<int:opportunity_id>/tarik", methods=["GET", "POST"])
@signed_in
def withdraw(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """Takes a published listing down, with a reason."""
    opportunity, version = _ending(opportunity_id)
    form = WithdrawForm()
    if form.validate_on_submit() and attempt(
        form, ending.withdraw, opportunity=opportunity, version=version, seen=form.seen_revision,
        reason=form.reason.data, words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Peluang ditarik. Pengikutnya diberi tahu."))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _ending_page("opportunities/withdraw.html", form, opportunity, version)


@workspace.route("/<int:opportunity_id>/hasil", methods=["GET", "POST"])
@signed_in
def outcome(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """States what came of a closed listing."""
    opportunity, version = _ending(opportunity_id)
    form = OutcomeForm()
    if form.validate_on_submit() and attempt(
        form, ending.record_outcome, opportunity=opportunity, version=version, outcome=form.result,
        seen=form.seen_revision, reason=form.reason.data, words=form.words.data or "", actor=current_actor(),
        now=clock.now(),
    ):  # fmt: skip
        flash(_("Hasil dicatat. Terima kasih telah menutup cerita peluang ini."))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _ending_page("opportunities/outcome.html", form, opportunity, version)


def _ending(opportunity_id: int) -> tuple[Opportunity, OpportunityVersion]:
    """The listing and its published version, for those who may end it."""
    opportunity = own_opportunity(opportunity_id)
    if not policy.may_act_as(current_actor(), "approver", opportunity):
        raise Forbidden
    version = queries.find_version(opportunity.published_version_id or 0)
    if version is None:
        raise NotFound
    return opportunity, version


def _ending_page(
    template: str, form: SeenForm, opportunity: Opportunity, version: OpportunityVersion
) -> tuple[str, int]:
    posted = request.method == "POST"
    if not posted:
        form.seen.data = str(opportunity.revision)
    title, title_lang = title_of(version)
    page = render_template(
        template, form=form, o=opportunity, title=title, title_lang=title_lang,
        zone=publishing.zone_of(opportunity),
    )  # fmt: skip
    return page, 422 if posted else 200


def _page(version: OpportunityVersion, form: BaseForm) -> str:
    actor, now = current_actor(), clock.now()
    opportunity = version.opportunity
    if isinstance(form, ApprovalForm) and policy.can_approve(actor, version):
        return approval_page(version, form, now)
    title, title_lang = title_of(version)
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now)
    found = publishing.check_complete(version, now)
    came_back, ours = bool(version.decision_reason), policy.is_colleague(actor, opportunity)
    next_words = labels.next_words(version.status, stands, came_back=came_back, ours=ours)
    return render_template(
        "opportunities/workspace.html", o=opportunity, v=version, title=title, title_lang=title_lang, form=form,
        place=gazetteer().by_code[opportunity.region_code],
        review=labels.REVIEW[version.status], next_words=next_words, labels=labels,
        stands=labels.STANDING[stands], stands_open=stands is Standing.OPEN,
        marks=queries.list_marks(version.id), input_of=input_of, step_of=step_of,
        documents=[(each, document_note(each)) for each in queries.list_documents(version.id)],
        history=queries.list_happenings(opportunity.id, for_helper=not ours), helper=helper_of(opportunity), ours=ours,
        completeness=found,
        in_work=version.status not in (VersionStatus.PUBLISHED, VersionStatus.REJECTED),
        # Who may fill it in sees it as links in the panel of its own.
        missing=[] if policy.can_edit(actor, version) else missing_lines(found, None),
        may=_rights(version, now), **waiting(version, now), **support_values(version),
    )  # fmt: skip


def _rights(version: OpportunityVersion, now: datetime) -> dict[str, bool]:
    """Which buttons this person sees; the actions ask again."""
    actor, opportunity = current_actor(), version.opportunity
    return {
        "edit": policy.can_edit(actor, version),
        "send": policy.can_send_to_approver(actor, version),
        "start_version": policy.can_start_version(actor, version),
        "withdraw": policy.can_end(actor, opportunity),
        "amend": policy.can_amend(actor, opportunity),
        "state_outcome": policy.can_end(actor, opportunity) and _is_closed(opportunity, now),
        "see_public": policy.is_public(opportunity),
        "end_assistance": policy.can_end_assistance(actor, opportunity),
    }


def _is_closed(opportunity: Opportunity, now: datetime) -> bool:
    try:
        check_outcome_time(opportunity.closes_at, now)
    except NotYetClosed:
        return False
    return True
