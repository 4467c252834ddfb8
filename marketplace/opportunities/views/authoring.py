"""A Pemda's own listings: begin, write, send, release, end."""

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import editing, labels, policy, queries
from marketplace.opportunities.forms.deciding import StartForm
from marketplace.opportunities.listing_templates import BLANK, TEMPLATES
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.own_queries import count_own, list_own
from marketplace.opportunities.steps import STEPS
from marketplace.opportunities.views.page import title_of
from marketplace.opportunities.wording import helper_name
from marketplace.organisations.policy import get_place
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.paging import paged

PAGE = 25

authoring = Blueprint("authoring", __name__)


@authoring.get("")
@signed_in
def index() -> str:
    """All listings of the actor's Pemda, each with its state and what comes next."""
    actor, now = current_actor(), clock.now()
    place = get_place(actor, OrganisationKind.PEMDA)
    paging = paged(".index", count_own(place.organisation_id), PAGE)
    listings = list_own([place.organisation_id], limit=PAGE, offset=paging.offset)
    return render_template(
        "opportunities/own.html", listings=listings, paging=paging, now=now, labels=labels, title_of=title_of,
        helper_name=helper_name, can_start=policy.can_start(actor), zone=_zone(place.region_code), organisation=place.name,
    )  # fmt: skip


@authoring.route("/baru", methods=["GET", "POST"])
@signed_in
def start() -> AnyResponse | str | tuple[str, int]:
    """Choose a template; a draft begins with it."""
    actor = current_actor()
    place = get_place(actor, OrganisationKind.PEMDA)
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
    return redirect(url_for(".edit_step", opportunity_id=opportunity.id, step=STEPS[0]))


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
    """The listing's newest version, for its own organisation and for a side that helps to write it."""
    version = queries.find_newest_version(opportunity_id)
    if version is None or not policy.works_on(current_actor(), version):
        raise NotFound
    return version


def _zone(region_code: str | None) -> str:
    place = gazetteer().find(region_code or "")
    return str(place.timezone) if place else "Asia/Jakarta"
