"""LAIP decides on one organisation, on one page; and LAIP's register of all of them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.audit.queries import list_history
from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.moderation import labels as queue_labels
from marketplace.moderation.queue_queries import find_holder, list_queue
from marketplace.moderation.rules import PROMISED_DAYS, QueueKind, age
from marketplace.organisations import (
    actions,
    claim_queries,
    labels,
    policy,
    queries,
    rechecking,
    rules,
    trust_queries,
)
from marketplace.organisations.forms import DecisionForm
from marketplace.organisations.models import Organisation
from marketplace.organisations.registering_queries import list_proofs
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.queries import find_profile, list_same_numbers, list_track_records
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.paging import paged

organisation_moderation = Blueprint("organisation_moderation", __name__)
PER_PAGE = 50
# The button pressed -> the status it leads to.
NEGATIVE = {
    "minta": OrganisationStatus.NEEDS_INFO,
    "tolak": OrganisationStatus.REJECTED,
    "tangguhkan": OrganisationStatus.SUSPENDED,
}
DECIDED_ON = frozenset(
    {OrganisationStatus.SUBMITTED, OrganisationStatus.VERIFIED, OrganisationStatus.SUSPENDED}
)


@organisation_moderation.get("")
@moderator_only
def register() -> str:
    """Every organisation by status; those that wait in the order in which they should be taken."""
    asked = request.args.get("status", "")
    status = OrganisationStatus(asked) if asked in set(OrganisationStatus) else OrganisationStatus.SUBMITTED
    counts = claim_queries.count_by_status()
    paging = paged(".register", counts.get(status, 0), PER_PAGE, status=status)
    here: dict[str, Any] = {"limit": PER_PAGE, "offset": paging.offset}
    waiting = status is OrganisationStatus.SUBMITTED
    return render_template(
        "moderation/organisations.html", chosen=status, counts=counts, paging=paging, statuses=labels.STATUS,
        kinds=labels.KIND, labels=queue_labels, gazetteer=gazetteer(),
        items=list_queue(clock.now(), kind=QueueKind.ORGANISATION, **here) if waiting else [],
        shown=labels.shown, today=trust_queries.today(),
        cards=[] if waiting else claim_queries.list_by_status(status, **here),
    )  # fmt: skip


@organisation_moderation.route("/<int:organisation_id>", methods=["GET", "POST"])
@moderator_only
def decide(organisation_id: int) -> Response | str | tuple[str, int]:
    organisation = queries.get(organisation_id)
    form = DecisionForm()
    form.offer(organisation.status, renewing=organisation.recheck_asked_at is not None)
    if request.method == "GET":
        form.seen.data = str(organisation.revision)
        return _page(organisation, form)
    if form.validate_on_submit() and _decided(organisation, form):
        return redirect(url_for(".decide", organisation_id=organisation_id))
    return _page(organisation, form), 422


def _decided(organisation: Organisation, form: DecisionForm) -> bool:
    verb = request.form.get("langkah", "")
    arguments: dict[str, Any] = {
        "organisation_id": organisation.id,
        "actor": current_actor(),
        "now": clock.now(),
        "seen": int(form.seen.data or 0),
    }
    if verb == "verifikasi":
        done, told = attempt(form, actions.verify, **arguments), _("Terverifikasi. Anggotanya diberi tahu.")
    elif verb == "pulihkan":
        done, told = attempt(form, actions.reinstate, **arguments), _("Dipulihkan. Anggotanya diberi tahu.")
    elif verb == "perbarui":
        done, told = attempt(form, rechecking.renew, **arguments), _("Diperbarui. Anggotanya diberi tahu.")
    elif verb == "tolak-pembaruan":
        reason = form.reason_of("renewal")
        done = attempt(
            form, rechecking.refuse_renewal, reason=reason, words=form.words.data or "", **arguments
        )
        told = _("Tercatat. Anggotanya menerima alasan dan penjelasan Anda.")
    elif verb in NEGATIVE:
        action = {"minta": actions.ask_for_info, "tolak": actions.reject, "tangguhkan": actions.suspend}[verb]
        reason = form.reason_of(str(NEGATIVE[verb]))
        done = attempt(form, action, reason=reason, words=form.words.data or "", **arguments)
        told = _("Tercatat. Anggotanya menerima alasan dan penjelasan Anda.")
    else:
        form.form_errors.append(_("Pilih salah satu putusan."))
        done, told = False, ""
    if done:
        flash(told)
    return done


def _page(organisation: Organisation, form: DecisionForm) -> str:
    profile = find_profile(organisation.id) if organisation.kind is OrganisationKind.PARTNER else None
    rivals = claim_queries.list_rivals(organisation)
    look_alikes = claim_queries.list_look_alikes(organisation)
    proofs = list_proofs(organisation.id)
    same_numbers = list_same_numbers(profile) if profile else []
    deciding = policy.can_decide(current_actor(), organisation) and organisation.status in DECIDED_ON
    since = organisation.recheck_asked_at or (
        organisation.submitted_at if organisation.status is OrganisationStatus.SUBMITTED else None
    )
    now = clock.now()
    return render_template(
        "moderation/organisation.html", organisation=organisation, form=form, deciding=deciding, profile=profile,
        place=_place(organisation), proofs=proofs, rivals=rivals, look_alikes=look_alikes, same_numbers=same_numbers,
        checks=_checks(organisation, proofs=len(proofs), rivals=len(rivals), look_alikes=len(look_alikes),
                       same_numbers=len(same_numbers)),
        waited=age(since, now) if since else None, promised=PROMISED_DAYS,
        may_name_successor=policy.can_decide(current_actor(), organisation),
        holder=find_holder(QueueKind.ORGANISATION, organisation.id, since=since, now=now) if since else None,
        records=list_track_records(organisation.id) if profile else [], members=queries.list_members(organisation.id),
        history=list_history("organisation", organisation.id), labels=labels, today=trust_queries.today(),
        label=labels.shown(organisation.status, organisation.valid_until, trust_queries.today()),
        current_ids={proof.id for proof in trust_queries.list_current_proofs(organisation.id)},
    )  # fmt: skip


def _place(organisation: Organisation) -> str | None:
    code = organisation.region_code
    return gazetteer().place_text(code) if code else None


def _checks(organisation: Organisation, **counts: int) -> list[dict[str, Any]]:
    """What a machine saw: hints that call for a second look, or one line that says it found none."""
    submissions = claim_queries.count_submissions(organisation.id)
    hints = rules.list_hints(submissions=submissions, **counts)
    if not hints:
        told = _("Nama, daerah, dan nomor tidak sama dengan organisasi lain.")
        return [{"state": "yes", "title": _("Tidak ada yang mencolok"), "text": told}]
    return [{"state": "warn", "title": labels.HINT[hint], "text": ""} for hint in hints]
