"""A partner keeps its standing offers."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import NotFound
from marketplace.core.text import parse_number
from marketplace.organisations.expiry_rules import is_trusted
from marketplace.organisations.models import Organisation
from marketplace.partners import labels, offering
from marketplace.partners import offer_queries as queries
from marketplace.partners.offer_forms import CloseForm, OfferForm
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import OPEN_AT_MOST, state_of
from marketplace.partners.policy import get_editable
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.paging import paged

partner_offers = Blueprint("partner_offers", __name__)
OFFERS = "/dasbor/organisasi/<int:organisation_id>/tawaran"
ONE = f"{OFFERS}/<int:offer_id>"
PER_PAGE = 20


@partner_offers.get(OFFERS)
@signed_in
def index(organisation_id: int) -> str:
    """All offers of the partner, open and past."""
    organisation, _profile = get_editable(organisation_id, current_actor())
    paging = paged(".index", queries.count_own(organisation_id), PER_PAGE, organisation_id=organisation_id)
    today = local_day(clock.now(), HOME_ZONE)
    return render_template(
        "partners/offers.html", organisation=organisation, paging=paging, labels=labels, today=today,
        offers=queries.list_own(organisation_id, limit=PER_PAGE, offset=paging.offset), state_of=state_of,
        places=gazetteer(), taxonomy=taxonomy(), most=OPEN_AT_MOST, trusted=_trusted(organisation),
    )  # fmt: skip


@partner_offers.route(f"{OFFERS}/baru", methods=["GET", "POST"])
@signed_in
def post(organisation_id: int) -> Any:
    """One more offer."""
    organisation, profile = get_editable(organisation_id, current_actor())
    form = OfferForm(obj=None if request.method == "POST" else _Begin(profile))

    def run(**arguments: Any) -> None:
        offering.post_offer(organisation_id, form.offer, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Tawaran terpasang dan tampil di halaman mitra Anda."), "good")
        return redirect(url_for(".index", organisation_id=organisation_id))
    return _page(form, organisation, None)


@partner_offers.route(ONE, methods=["GET", "POST"])
@signed_in
def edit(organisation_id: int, offer_id: int) -> Any:
    """One offer in its form."""
    organisation, _profile = get_editable(organisation_id, current_actor())
    row = _find(organisation_id, offer_id)
    form = OfferForm(obj=row)
    if not form.is_submitted():
        form.show(row)

    def run(**arguments: Any) -> None:
        seen = form.revision.data or 0
        offering.edit_offer(organisation_id, offer_id, form.offer, seen=seen, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Perubahan tersimpan."), "good")
        return redirect(url_for(".index", organisation_id=organisation_id))
    # What was typed is kept; saved once more, it replaces what has changed meanwhile.
    form.revision.data, form.revision.raw_data = row.revision, None
    return _page(form, organisation, row)


@partner_offers.route(f"{ONE}/tutup", methods=["GET", "POST"])
@signed_in
def close(organisation_id: int, offer_id: int) -> Any:
    """Takes it off, with a reason."""
    organisation, _profile = get_editable(organisation_id, current_actor())
    row = _find(organisation_id, offer_id)
    form = CloseForm(revision=row.revision)

    def run(**arguments: Any) -> None:
        seen, reason = form.revision.data or 0, form.reason.data
        offering.close_offer(organisation_id, offer_id, seen=seen, reason=reason, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Tawaran ditutup dan tidak tampil lagi."), "good")
        return redirect(url_for(".index", organisation_id=organisation_id))
    page = render_template("partners/offer_close.html", form=form, organisation=organisation, offer=row)
    return keep_on_back(make_response(page, 422 if form.is_submitted() else 200))


@partner_offers.post(f"{ONE}/buka")
@signed_in
def reopen(organisation_id: int, offer_id: int) -> Any:
    """Opens a closed one again."""
    get_editable(organisation_id, current_actor())
    _find(organisation_id, offer_id)
    form = CloseForm()

    def run(**arguments: Any) -> None:
        seen = parse_number(request.form.get("revision")) or 0
        offering.reopen_offer(organisation_id, offer_id, seen=seen, **arguments)

    if form.validate_on_submit() and attempt(form, run, actor=current_actor(), now=clock.now()):
        flash(_("Tawaran terbuka lagi."), "good")
    else:
        flash(" ".join(str(text) for text in _sentences(form)), "bad")
    return redirect(url_for(".index", organisation_id=organisation_id))


def _sentences(form: CloseForm) -> list[Any]:
    return [*form.form_errors, *(text for field in form for text in field.errors)]


def _find(organisation_id: int, offer_id: int) -> StandingOffer:
    row = queries.find_offer(organisation_id, offer_id)
    if row is None:
        raise NotFound
    return row


def _trusted(organisation: Organisation) -> bool:
    return is_trusted(organisation.status, organisation.valid_until, local_day(clock.now(), HOME_ZONE))


class _Begin:
    """A new offer begins with what the profile says."""

    def __init__(self, profile: Any) -> None:
        for name in ("capability_codes", "sector_codes", "region_codes", "scheme_codes"):
            setattr(self, name, list(getattr(profile, name)))


def _page(form: OfferForm, organisation: Organisation, row: StandingOffer | None) -> Any:
    page = render_template(
        "partners/offer.html", form=form, organisation=organisation, row=row, echoes=form.echoes,
        trusted=_trusted(organisation),
    )  # fmt: skip
    return keep_on_back(make_response(page, 422 if form.is_submitted() else 200))
