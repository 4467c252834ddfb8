"""A partner keeps its track record."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get
from marketplace.partners import queries, records
from marketplace.partners.forms import RecordEditForm, RecordForm
from marketplace.partners.models import TrackRecord
from marketplace.partners.policy import get_editable
from marketplace.partners.rules import RECORDS_AT_MOST
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import money_full
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back

partner_records = Blueprint("partner_records", __name__)
RECORDS = "/dasbor/organisasi/<int:organisation_id>/rekam-jejak"
ONE = f"{RECORDS}/<int:record_id>"


@partner_records.route(RECORDS, methods=["GET", "POST"])
@signed_in
def index(organisation_id: int) -> Any:
    """All entries, and the form for one more."""
    organisation, _profile = get_editable(organisation_id, current_actor())
    form = RecordForm()

    def run(**arguments: Any) -> None:
        records.add_record(organisation_id, form.record, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Rekam jejak tersimpan."), "good")
        return redirect(url_for(".index", organisation_id=organisation_id))
    return _page(form, organisation, None)


@partner_records.route(ONE, methods=["GET", "POST"])
@signed_in
def edit(organisation_id: int, record_id: int) -> Any:
    """One entry in its form."""
    organisation, _profile = get_editable(organisation_id, current_actor())
    row = queries.find_record(organisation_id, record_id)
    if row is None:
        raise NotFound
    form = RecordEditForm(obj=row, value=money_full(row.value_idr) if row.value_idr else "")

    def run(**arguments: Any) -> None:
        seen = form.revision.data or 0
        records.edit_record(organisation_id, record_id, form.record, seen=seen, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Perubahan tersimpan."), "good")
        return redirect(url_for(".index", organisation_id=organisation_id))
    # What was typed is kept; saved once more, it replaces what has changed meanwhile.
    form.revision.data, form.revision.raw_data = get(organisation_id).revision, None
    return _page(form, organisation, row)


@partner_records.post(f"{ONE}/hapus")
@signed_in
def remove(organisation_id: int, record_id: int) -> Any:
    """Takes one entry away."""
    records.remove_record(organisation_id, record_id, actor=current_actor(), now=clock.now())
    flash(_("Rekam jejak dihapus."), "good")
    return redirect(url_for(".index", organisation_id=organisation_id))


def _page(form: RecordForm, organisation: Organisation, row: TrackRecord | None) -> Any:
    page = render_template(
        "partners/records.html",
        form=form,
        organisation=organisation,
        row=row,
        records=[] if row else queries.list_track_records(organisation.id),
        most=RECORDS_AT_MOST,
        echo=money_full(form.value_idr) if form.value_idr else None,
    )
    return keep_on_back(make_response(page, 422 if form.is_submitted() else 200))
