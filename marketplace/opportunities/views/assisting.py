"""Writing for a region: what this side writes, a new draft, and the Pemda's end of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import labels, policy
from marketplace.opportunities.forms.assisting import AssistForm, EndAssistanceForm
from marketplace.opportunities.listing_templates import BLANK, TEMPLATES
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.queries import find_newest_version
from marketplace.opportunities.steps import STEPS
from marketplace.opportunities.support import assisting as actions
from marketplace.opportunities.support.assistance_queries import count_assisted, list_assisted
from marketplace.opportunities.views.authoring import own_opportunity
from marketplace.opportunities.views.page import helper_of, title_of
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.paging import paged

PAGE = 25

assisting = Blueprint("assisting", __name__)
assistance = Blueprint("assistance", __name__)


@assisting.app_template_global("listings_crumb")
def listings_crumb(opportunity: Opportunity) -> tuple[str, str]:
    """Where a listing's workspace hangs for this reader: among their own, or among those that they help with."""
    if policy.is_colleague(current_actor(), opportunity):
        return _("Peluang kami"), url_for("authoring.index")
    return _("Bantuan menulis"), url_for("assisting.index")


@assisting.get("")
@signed_in
def index() -> str:
    """The listings that this side writes or wrote with their Pemda."""
    side = _side()
    paging = paged(".index", count_assisted(side), PAGE)
    return render_template(
        "opportunities/assisted.html", listings=list_assisted(side, limit=PAGE, offset=paging.offset),
        paging=paging, labels=labels, title_of=title_of, gazetteer=gazetteer(),
    )  # fmt: skip


@assisting.route("/baru", methods=["GET", "POST"])
@signed_in
def start() -> AnyResponse | str | tuple[str, int]:
    """For which region, from which template; the draft begins and the region is told."""
    _side()
    form = AssistForm(template=BLANK.code, region=request.args.get("daerah", ""))
    begun: list[Opportunity] = []

    def begin(**arguments: Any) -> None:
        begun.append(actions.begin_for(**arguments))

    if form.validate_on_submit():
        template = TEMPLATES[form.template.data]
        if attempt(
            form, begin, region=form.region.data or "", template=template.code, content=template.content,
            actor=current_actor(), now=clock.now(),
        ):  # fmt: skip
            flash(_("Draf dibuat. Daerahnya diberi tahu bahwa Anda menulis untuknya."))
            return redirect(url_for("authoring.edit_step", opportunity_id=begun[0].id, step=STEPS[0]))
    page = render_template("opportunities/assist.html", form=form, templates=TEMPLATES, places=_places())
    return (page, 422) if request.method == "POST" else page


@assistance.route("", methods=["GET", "POST"])
@signed_in
def end(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """The Pemda takes the writing over, or refuses to be written for."""
    opportunity, actor = own_opportunity(opportunity_id), current_actor()
    standing, version = opportunity.assistance, find_newest_version(opportunity_id)
    if standing is None or version is None:
        raise NotFound
    if not policy.may_act_as(actor, "approver", opportunity):
        raise Forbidden
    form = EndAssistanceForm()
    if request.method == "GET":
        form.seen.data = str(standing.revision)
    elif form.validate_on_submit() and _ended(opportunity, form):
        return redirect(url_for("workspace.show", opportunity_id=opportunity_id))
    title, title_lang = title_of(version)
    page = render_template(
        "opportunities/assistance.html", form=form, o=opportunity, title=title, title_lang=title_lang,
        helper=helper_of(opportunity), standing=standing, labels=labels, zone=zone_of(opportunity),
        may_end=policy.can_end_assistance(actor, opportunity),
    )  # fmt: skip
    return (page, 422) if request.method == "POST" else page


def _ended(opportunity: Opportunity, form: EndAssistanceForm) -> bool:
    arguments: dict[str, Any] = {
        "opportunity": opportunity, "seen": form.seen_revision, "actor": current_actor(), "now": clock.now(),
    }  # fmt: skip
    if request.form.get("langkah") == "ambil-alih":
        done = attempt(form, actions.take_over, **arguments)
        told = _("Diambil alih. Mulai sekarang hanya organisasi Anda yang menulis.")
    else:
        done = attempt(
            form, actions.refuse, reason=form.reason.data or None, words=form.words.data or "", **arguments
        )
        told = _("Bantuan ditolak. Penulisnya tidak dapat membuka drafnya lagi.")
    if done:
        flash(told)
    return done


def _side() -> int | None:
    """The province for which the actor helps; None: LAIP. For everybody else there is no such page."""
    actor = current_actor()
    if not policy.knows_assistance(actor):
        raise NotFound
    if not policy.can_assist(actor):
        raise Forbidden
    place = None if actor.is_moderator else policy.find_helping_place(actor)
    return place.organisation_id if place else None


def _places() -> list[str]:
    """What may be chosen: all governments, or those of the province."""
    actor, places = current_actor(), gazetteer()
    place = None if actor.is_moderator else policy.find_helping_place(actor)
    found = places.children(place.region_code or "") if place else places.governments()
    return [places.place_text(one.code) for one in found if one.autonomous]
