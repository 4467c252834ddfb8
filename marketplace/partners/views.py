from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.money import Money
from marketplace.core.paging import Paging, parse_page
from marketplace.core.text import clean_line
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get
from marketplace.organisations.rules import NAME_STILL_OPEN
from marketplace.partners import actions, labels, queries
from marketplace.partners.completeness import FIRST, THEN, completeness
from marketplace.partners.forms import PartnerEditForm, PartnerForm
from marketplace.partners.models import PartnerProfile
from marketplace.partners.offer_queries import list_standing
from marketplace.partners.policy import get_editable
from marketplace.partners.queries import Wish
from marketplace.partners.rules import DOLLAR, LegalForm, PartnerKind
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, money_full
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back

partners = Blueprint("partners", __name__)
PER_PAGE = 24
ONE = "/dasbor/organisasi/<int:organisation_id>/mitra"


def _wish() -> Wish:
    """The wish in the address; unknown values are ignored."""
    args = request.args
    sectors, provinces = taxonomy().sectors, gazetteer().province_names
    return Wish(
        text=clean_line(args.get("q"))[:100],
        kinds=[
            PartnerKind(value) for value in dict.fromkeys(args.getlist("jenis")) if value in set(PartnerKind)
        ],
        sectors=[value for value in dict.fromkeys(args.getlist("sektor")) if value in sectors],
        provinces=[
            value for value in dict.fromkeys(v[:2] for v in args.getlist("daerah")) if value in provinces
        ],
    )


def _address(wish: Wish, page: int = 1) -> str:
    pairs = [("q", wish.text)] if wish.text else []
    pairs += [("sektor", code) for code in wish.sectors] + [("daerah", code) for code in wish.provinces]
    pairs += [("jenis", str(kind)) for kind in wish.kinds] + ([("halaman", str(page))] if page > 1 else [])
    return url_for("partners.index") + (f"?{urlencode(pairs)}" if pairs else "")


@partners.get("/mitra")
def index() -> str:
    wish = _wish()
    paging = Paging(
        parse_page(request.args.get("halaman")),
        PER_PAGE,
        queries.count_directory(wish),
        lambda n: _address(wish, n),
    )
    lines = queries.list_directory(wish, limit=PER_PAGE, offset=paging.offset)
    return render_template(
        "partners/index.html", wish=wish, paging=paging, lines=lines, labels=labels, taxonomy=taxonomy(),
        places=gazetteer(), reset_url=_address(Wish()),
    )  # fmt: skip


@partners.get("/mitra/<slug>")
def show(slug: str) -> str:
    organisation, profile = queries.get_public(slug)
    return render_template(
        "partners/show.html", organisation=organisation, profile=profile, labels=labels, taxonomy=taxonomy(),
        places=gazetteer(), records=queries.list_track_records(organisation.id),
        offers=list_standing(organisation.id, today=local_day(clock.now(), HOME_ZONE)),
    )  # fmt: skip


@partners.route("/dasbor/organisasi/baru/mitra", methods=["GET", "POST"])
@signed_in
def register() -> Any:
    form = PartnerForm(country="ID")
    made: list[Organisation] = []

    def run(**arguments: Any) -> None:
        made.append(actions.register_partner(form.details, **arguments))

    if form.validate_on_submit() and attempt(
        form, run, office=form.office, actor=current_actor(), now=clock.now()
    ):
        return redirect(url_for("organisations.show", organisation_id=made[0].id))
    return _page(form, title=_("Daftarkan mitra"), organisation=None)


@partners.route(ONE, methods=["GET", "POST"])
@signed_in
def edit(organisation_id: int) -> Any:
    organisation, profile = get_editable(organisation_id, current_actor())
    form = PartnerEditForm(obj=_Filled(organisation, profile))

    def run(**arguments: Any) -> None:
        actions.edit_partner(organisation_id, form.details, seen=form.revision.data or 0, **arguments)

    if form.validate_on_submit() and attempt(
        form, run, office=form.office, actor=current_actor(), now=clock.now()
    ):
        flash(_("Perubahan tersimpan."))
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    # What was typed is kept; saved once more, it replaces what has changed meanwhile.
    form.revision.data, form.revision.raw_data = get(organisation_id).revision, None
    return _page(form, title=_("Ubah profil mitra"), organisation=organisation)


class _Filled:
    """The stored values under the form's names; sums as people write them."""

    def __init__(self, organisation: Organisation, profile: PartnerProfile) -> None:
        self._rows = (profile, organisation)
        self.ticket_min = _as_written(profile.ticket_min_usd, profile.ticket_min_idr)
        self.ticket_max = _as_written(profile.ticket_max_usd, profile.ticket_max_idr)
        self.readiness_from = str(profile.readiness_from or "")

    def __getattr__(self, name: str) -> Any:
        for row in self._rows:
            if hasattr(row, name):
                return getattr(row, name)
        raise AttributeError(name)


def _as_written(dollars: Decimal | None, rupiah: int | None) -> str:
    if dollars:
        return money_full(dollars, DOLLAR)
    return money_full(rupiah) if rupiah else ""


def _page(form: PartnerForm, *, title: str, organisation: Organisation | None) -> Any:
    locked = organisation is not None and organisation.status not in NAME_STILL_OPEN
    sums = {name: value for name, value in form.read.items() if isinstance(value, Money)}
    echoes = {name: money_full(value.amount, value.currency) for name, value in sums.items()}
    page = render_template(
        "partners/form.html", form=form, title=title, organisation=organisation, locked=locked, echoes=echoes
    )
    return keep_on_back(make_response(page, 422 if form.is_submitted() else 200))


@partners.app_template_global("profile_completeness")
def profile_completeness(organisation: Organisation, profile: PartnerProfile, records: Any) -> dict[str, Any]:
    """What the meter on the organisation's own page draws: percent, and each gap with the way to close it."""
    found = completeness(
        {
            **{name: getattr(profile, name, None) for name in (*FIRST, *THEN)},
            "ticket": profile.ticket_min_idr or profile.ticket_max_idr,
            "records": records,
            "contact_phone": organisation.contact_phone,
        }
    )
    form = url_for("partners.edit", organisation_id=organisation.id)
    elsewhere = {"records": url_for("partner_records.index", organisation_id=organisation.id)}
    anchors = {"ticket": "ticket_min"}
    missing = [
        {"label": labels.MISSING[name], "url": elsewhere.get(name) or f"{form}#{anchors.get(name, name)}"}
        for name in found.missing
    ]
    return {"percent": found.percent, "missing": missing}


@partners.app_template_global("sector_title")
def sector_title(code: str) -> str:
    """A sector's name in the reader's language."""
    return taxonomy().sector_name(code, language())


@partners.app_template_global("country_name")
def country_name(code: str) -> str:
    """A country's name in the reader's language."""
    return labels.country_name(code, language())


@partners.app_template_global("partner_kind_name")
def partner_kind_name(kind: PartnerKind) -> Any:
    """The words for a kind of partner."""
    return labels.KIND[kind]


@partners.app_template_global("legal_form_name")
def legal_form_name(form: LegalForm) -> Any:
    """The words for a legal form."""
    return labels.FORM[form]
