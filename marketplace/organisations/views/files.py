from typing import Any

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.refusal import Forbidden
from marketplace.files.serving import send_blob
from marketplace.organisations import policy, proofs
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible, new_proof_form, render_page
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt

PROOF = f"{ONE}/bukti/<int:proof_id>"


@organisations.post(f"{ONE}/bukti")
@signed_in
def add_proof(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    if not policy.can_edit(current_actor(), organisation):
        raise Forbidden
    form = new_proof_form(organisation)
    if form.validate_on_submit() and attempt(
        form,
        proofs.add,
        organisation_id=organisation_id,
        title=form.title.data,
        stream=form.proof.data.stream,
        filename=form.proof.data.filename,
        expires_on=form.expires_on.data,
        replaces=form.replaced_id,
        actor=current_actor(),
        now=clock.now(),
    ):
        flash(_("Bukti tersimpan."))
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return render_page(organisation, form), 422


@organisations.get(PROOF)
@signed_in
def read_proof(organisation_id: int, proof_id: int) -> Response:
    return send_blob(proofs.get_readable(organisation_id, proof_id, actor=current_actor()).blob)


@organisations.post(f"{PROOF}/hapus")
@signed_in
def remove_proof(organisation_id: int, proof_id: int) -> Any:
    organisation = load_visible(organisation_id)
    form = ButtonForm()
    if form.validate_on_submit() and attempt(
        form,
        proofs.remove,
        organisation_id=organisation_id,
        proof_id=proof_id,
        actor=current_actor(),
        now=clock.now(),
    ):
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return render_page(organisation, new_proof_form(organisation, blank=True), submit_form=form), 422
