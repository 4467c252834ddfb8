from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from marketplace.audit.queries import list_history
from marketplace.core import clock
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import (
    actions,
    claim_queries,
    head_queries,
    labels,
    policy,
    queries,
    rechecking,
    rules,
    succession_queries,
    trust_queries,
)
from marketplace.organisations.forms import NamedEditForm, NewProofForm, OfficeEditForm
from marketplace.organisations.models import Organisation
from marketplace.organisations.registering_queries import list_proofs
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.partners.queries import find_profile, has_verified_number, list_track_records
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.headers import keep_on_back


def load_visible(organisation_id: int) -> Organisation:
    """The organisation, for its members and LAIP; NotFound for everybody else."""
    organisation = queries.get(organisation_id)
    if not policy.can_see(current_actor(), organisation):
        raise NotFound
    return organisation


@organisations.get(ONE)
@signed_in
def show(organisation_id: int) -> str:
    return _show(load_visible(organisation_id))


def _show(organisation: Organisation) -> str:
    return render_page(organisation, new_proof_form(organisation))


def new_proof_form(organisation: Organisation, *, blank: bool = False) -> NewProofForm:
    """The upload form with the documents that may be replaced."""
    form = NewProofForm(formdata=None) if blank else NewProofForm()
    form.offer(trust_queries.list_current_proofs(organisation.id))
    return form


def render_page(
    organisation: Organisation, form: NewProofForm, *, submit_form: ButtonForm | None = None
) -> str:
    """The organisation's page with its upload form as it stands."""
    actor = current_actor()
    place = gazetteer().find(organisation.region_code or "")
    today, current = trust_queries.today(), trust_queries.list_current_proofs(organisation.id)
    is_pemda = organisation.kind is OrganisationKind.PEMDA
    undecided = organisation.status in rules.NAME_STILL_OPEN
    profile = find_profile(organisation.id) if organisation.kind is OrganisationKind.PARTNER else None
    return render_template(
        "organisations/show.html",
        label=labels.shown(organisation.status, organisation.valid_until, today),
        today=today,
        current_ids={proof.id for proof in current},
        may_ask_again=policy.can_ask_again(actor, organisation)
        and rechecking.count_newer(organisation, current) > 0,
        organisation=organisation,
        succession=succession_queries.find_standing(organisation.id)
        if actor.has_role(organisation.id, MemberRole.OWNER)
        else None,
        form=form,
        problems=submit_form.form_errors if submit_form else [],
        place=gazetteer().place_text(place.code) if place else None,
        profile=profile,
        head=head_queries.find_newest_head(organisation.id) if is_pemda else None,
        is_pemda=is_pemda,
        twins=claim_queries.list_verified_namesakes(organisation) if undecided else [],
        number_taken=undecided and profile is not None and has_verified_number(profile),
        records=list_track_records(organisation.id, limit=1) if profile else [],
        proofs=list_proofs(organisation.id),
        members=queries.list_members(organisation.id),
        history=list_history("organisation", organisation.id, limit=20),
        reopens_at=rules.reopens_at(organisation.status, organisation.decided_at),
        may_edit=policy.can_edit(actor, organisation),
        may_submit=policy.can_submit(actor, organisation),
        is_owner=actor.has_role(organisation.id, MemberRole.OWNER),
        labels=labels,
    )


@organisations.post(f"{ONE}/ajukan")
@signed_in
def submit(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    form = ButtonForm()
    if form.validate_on_submit() and attempt(
        form, actions.submit, organisation_id=organisation_id, actor=current_actor(), now=clock.now()
    ):
        flash(_("Diajukan. Moderator memeriksa dalam 5 hari kerja, dan Anda dikabari lewat surel."))
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    form.form_errors.extend(text for field in form for text in field.errors)
    return render_page(organisation, new_proof_form(organisation, blank=True), submit_form=form), 422


@organisations.post(f"{ONE}/periksa-ulang")
@signed_in
def ask_again(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    form = ButtonForm()
    if form.validate_on_submit() and attempt(
        form, rechecking.ask_again, organisation_id=organisation_id, actor=current_actor(), now=clock.now()
    ):
        flash(_("Diminta. Moderator memeriksa dokumen barunya dalam 5 hari kerja."))
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return render_page(organisation, new_proof_form(organisation, blank=True), submit_form=form), 422


@organisations.route(f"{ONE}/ubah", methods=["GET", "POST"])
@signed_in
def edit(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    if not policy.can_edit(current_actor(), organisation):
        raise Forbidden
    if organisation.kind is OrganisationKind.PARTNER:
        return redirect(url_for("partners.edit", organisation_id=organisation_id))
    named = organisation.kind is not OrganisationKind.PEMDA and organisation.status in rules.NAME_STILL_OPEN
    form = NamedEditForm(obj=organisation) if named else OfficeEditForm(obj=organisation)
    if form.validate_on_submit() and attempt(
        form,
        actions.edit,
        organisation_id=organisation_id,
        office=form.office,
        actor=current_actor(),
        now=clock.now(),
        seen=form.revision.data or 0,
        name=form.name.data if isinstance(form, NamedEditForm) else None,
    ):
        flash(_("Perubahan tersimpan."))
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    # What was typed is kept; saved once more, it replaces what has changed meanwhile.
    form.revision.data = queries.get(organisation_id).revision
    form.revision.raw_data = None
    page = render_template("organisations/edit.html", form=form, organisation=organisation, named=named)
    return keep_on_back(make_response(page, 422 if form.is_submitted() else 200))
