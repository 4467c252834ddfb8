"""A Pemda's own listings: begin, write, send, release, end."""

from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.dates import local_day
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import Conflict, Forbidden, NotFound
from marketplace.opportunities import editing, labels, policy, publishing, queries
from marketplace.opportunities.completeness import REQUIRED, Completeness, GapKind
from marketplace.opportunities.content import BILINGUAL, content_of
from marketplace.opportunities.forms.deciding import StartForm
from marketplace.opportunities.forms.listing import ListingForm
from marketplace.opportunities.listing_templates import BLANK, TEMPLATES, hints_of
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.own_queries import count_own, list_own
from marketplace.opportunities.rules import DraftChanged, ListingEnded, NotEditable
from marketplace.opportunities.views.page import better_words, document_note, missing_lines, title_of
from marketplace.opportunities.wording import field_texts
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.language import get_language

PAGE = 25
# Where each button of the form leads once the draft is saved; all others stay.
_AFTER = {"kirim": "workspace.show", "dokumen": "documents.index"}

authoring = Blueprint("authoring", __name__)


@authoring.get("")
@signed_in
def index() -> str:
    """All listings of the actor's Pemda, each with its state and what comes next."""
    actor, now = current_actor(), clock.now()
    place = policy.find_pemda(actor)
    if place is None:
        raise NotFound
    paging = Paging(
        parse_page(request.args.get("halaman")), PAGE, count_own(place.organisation_id),
        lambda page: url_for(".index", halaman=page if page > 1 else None),
    )  # fmt: skip
    listings = list_own([place.organisation_id], limit=PAGE, offset=paging.offset)
    return render_template(
        "opportunities/own.html", listings=listings, paging=paging, now=now, labels=labels, title_of=title_of,
        can_start=policy.can_start(actor), zone=_zone(place.region_code), organisation=place.name,
    )  # fmt: skip


@authoring.route("/baru", methods=["GET", "POST"])
@signed_in
def start() -> AnyResponse | str | tuple[str, int]:
    """Choose a template; a draft begins with it."""
    actor = current_actor()
    place = policy.find_pemda(actor)
    if place is None:
        raise NotFound
    if not policy.can_start(actor):
        raise Forbidden
    form = StartForm(template=BLANK.code)
    if not form.validate_on_submit():
        page = render_template(
            "opportunities/start.html", form=form, templates=TEMPLATES, verified=place.verified
        )
        return (page, 422) if request.method == "POST" else page
    template = TEMPLATES[form.template.data]
    opportunity = editing.start_draft(
        organisation_id=place.organisation_id, template=template.code, content=template.content, actor=actor,
        now=clock.now(),
    )  # fmt: skip
    return redirect(url_for(".edit", opportunity_id=opportunity.id))


@authoring.get("/<int:opportunity_id>/sunting")
@signed_in
def edit(opportunity_id: int) -> AnyResponse:
    """All fields on one page."""
    version = own_version(opportunity_id)
    if not policy.may_act_as(current_actor(), "editor", version):
        raise Forbidden
    if not policy.can_edit(current_actor(), version):
        return redirect(url_for("workspace.show", opportunity_id=opportunity_id))
    form = ListingForm()
    form.show(version)
    found = publishing.check_complete(version, clock.now())
    form.show_gaps([gap for gap in found.gaps if gap.kind not in (GapKind.MISSING, GapKind.TOO_SHORT)])
    return _form_page(version, form, 200, found=found)


@authoring.post("/<int:opportunity_id>/sunting")
@signed_in
def save(opportunity_id: int) -> AnyResponse:
    """Saves the draft, and sends it on where that button was pressed; on any refusal the text stays."""
    version = own_version(opportunity_id)
    if not policy.may_act_as(current_actor(), "editor", version):
        raise Forbidden
    form = ListingForm()
    now = clock.now()
    if not form.validate_on_submit():
        return _form_page(version, form, 422)
    sends = request.form.get("langkah") == "kirim"
    try:
        done = attempt(form, _save_and_send, version=version, form=form, sends=sends, now=now)
    except (DraftChanged, NotEditable, ListingEnded) as conflict:
        return _conflict_page(opportunity_id, form, conflict)
    if not done:
        form.show_gaps(
            publishing.check_written(version, form.content(_today(version, now)), now).gaps if sends else []
        )
        return _form_page(version, form, 422)
    flash(sent_words(version) if sends else _("Draf tersimpan"))
    return redirect(
        url_for(_AFTER.get(request.form.get("langkah", ""), ".edit"), opportunity_id=opportunity_id)
    )


def _save_and_send(version: OpportunityVersion, form: ListingForm, *, sends: bool, now: datetime) -> None:
    actor = current_actor()
    content = form.content(_today(version, now))
    editing.save_draft(version, content=content, seen=form.seen_revision, actor=actor, now=now)
    if sends:
        publishing.send_to_approver(version, seen=version.revision, actor=actor, now=now)


def sent_words(version: OpportunityVersion) -> str:
    """What happened to a version that was sent, and who is next."""
    if version.status == "submitted":
        unit = current_app.config["UNIT_NAME"]
        return _("Diajukan ke %(unit)s. Hasilnya dikirim lewat kabar dan surel.", unit=unit)
    return _("Dikirim kepada penyetuju.")


def own_opportunity(opportunity_id: int) -> Opportunity:
    """The listing, for its own organisation only; for all others there is no such page."""
    opportunity = queries.find_opportunity(opportunity_id)
    if opportunity is None or not policy.is_colleague(current_actor(), opportunity):
        raise NotFound
    return opportunity


def own_version(opportunity_id: int) -> OpportunityVersion:
    """The listing's newest version, for its own organisation only."""
    version = queries.find_newest_version(opportunity_id)
    if version is None or not policy.is_colleague(current_actor(), version.opportunity):
        raise NotFound
    return version


def _form_page(
    version: OpportunityVersion, form: ListingForm, status: int, conflict: Conflict | None = None,
    stored: dict[str, str] | None = None, found: Completeness | None = None,
) -> Response:  # fmt: skip
    opportunity = version.opportunity
    found = found or publishing.check_complete(version, clock.now())
    marks = queries.list_marks(version.id)
    page = render_template(
        "opportunities/edit.html", form=form, version=version, o=opportunity, labels=labels,
        hints=hints_of(opportunity.template), completeness=found, marks=marks, conflict=conflict,
        stored=stored or {}, required=REQUIRED, bilingual=BILINGUAL, place=gazetteer().by_code[opportunity.region_code],
        documents=[(each, document_note(each)) for each in queries.list_documents(version.id)],
        zone=publishing.zone_of(opportunity), title=title_of(version)[0], access_tag_of=labels.ACCESS_TAG,
        steps=_steps(found), missing=missing_lines(found, ""), better=better_words(found),
        conflict_sentence=sentence(conflict) if conflict else "", can_merge=isinstance(conflict, DraftChanged),
    )  # fmt: skip
    return keep_on_back(make_response(page, status))


def _steps(found: Completeness) -> list[dict[str, Any]]:
    """The groups of the form, ticked where nothing required is missing."""
    faulty = {gap.field for gap in found.gaps}
    return [
        {"label": name, "url": f"#{anchor}", "state": "next" if faulty.intersection(fields) else "done"}
        for anchor, name, fields in labels.GROUPS
    ]


def _conflict_page(opportunity_id: int, form: ListingForm, conflict: Conflict) -> Response:
    """Both texts side by side: what was written here stays in the form, what is stored stands beside it."""
    version = own_version(opportunity_id)
    now = clock.now()
    written = field_texts(form.content(_today(version, now)), get_language())
    stored = {
        field: text.text + (f"\n{text.english}" if text.english else "")
        for field, text in field_texts(content_of(version), get_language()).items()
        if text != written[field]
    }
    form.seen.data = str(version.revision)
    return _form_page(version, form, 409, conflict, stored)


def _today(version: OpportunityVersion, now: datetime) -> Any:
    return local_day(now, publishing.zone_of(version.opportunity))


def _zone(region_code: str | None) -> str:
    place = gazetteer().find(region_code or "")
    return str(place.timezone) if place else "Asia/Jakarta"
