"""Listings of others beside which an organisation stands: a tutor's, a province's, a ministry's."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.lifecycle.rules import ChangedSinceRead
from marketplace.opportunities import labels, queries
from marketplace.opportunities.content import MARKABLE
from marketplace.opportunities.forms.supporting import (
    CommentForm,
    ForwardForm,
    RecommendForm,
    SupportForm,
    TakeBackForm,
)
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.support import commenting, passing_on, recommending
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.queries import (
    find_readable,
    find_recommendation,
    find_ties,
    list_ministries,
)
from marketplace.opportunities.support.rules import Stage
from marketplace.opportunities.support.supported_queries import (
    Asked,
    count_supported,
    list_regions,
    list_supported,
)
from marketplace.opportunities.views.page import title_of
from marketplace.opportunities.views.support_page import support_page
from marketplace.regions.queries import gazetteer, zone_of
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt

PAGE = 25

supported = Blueprint("supported", __name__)


@supported.get("")
@signed_in
def index() -> str:
    """The listings beside which the actor's organisation stands, narrowed and paged."""
    actor = current_actor()
    place = actor.main
    if place is None or not support_policy.supports_any(place):
        raise NotFound
    regions = list_regions(place) if place.verified else []
    asked = _asked(regions)
    total = count_supported(place, asked) if place.verified else 0
    paging = Paging(parse_page(request.args.get("halaman")), PAGE, total, lambda page: _address(asked, page))
    lines = list_supported(place, asked, limit=PAGE, offset=paging.offset) if total else []
    return render_template(
        "opportunities/supported.html", lines=lines, paging=paging, place=place, asked=asked, labels=labels,
        stages=_stage_links(asked, place.kind),
        regions=[gazetteer().by_code[code] for code in regions], gazetteer=gazetteer(), title_of=title_of,
        zone=zone_of(actor),
    )  # fmt: skip


def _asked(regions: Any) -> Asked:
    """The question of the address; what is unknown in it is ignored."""
    stage, region = request.args.get("keadaan", ""), request.args.get("daerah", "")
    return Asked(Stage(stage) if stage in set(Stage) else None, region if region in regions else "")


def _stage_links(asked: Asked, kind: OrganisationKind) -> list[dict[str, Any]]:
    """All, then each stage that such an organisation can come to read, as chips."""
    drafts = kind is not OrganisationKind.MINISTRY
    stages = [stage for stage in Stage if drafts or stage is not Stage.DRAFT]
    return [
        {
            "label": labels.STAGE[stage] if stage else _("Semua"),
            "url": _address(replace(asked, stage=stage), 1),
            "active": stage is asked.stage,
        }
        for stage in (None, *stages)
    ]


def _address(asked: Asked, page: int) -> str:
    return url_for(
        ".index",
        keadaan=asked.stage or None,
        daerah=asked.region_code or None,
        halaman=page if page > 1 else None,
    )


@supported.get("/<int:opportunity_id>")
@signed_in
def show(opportunity_id: int) -> str:
    """The version that this person reads, with what others said of it and what this person may do."""
    version = _readable(opportunity_id, public="umum" in request.args)
    comment = CommentForm(formdata=None)
    wanted = request.args.get("bagian", "")
    comment.bagian.data = wanted if wanted in MARKABLE else ""
    return _page(version, comment=comment)


def _readable(opportunity_id: int, *, public: bool = False) -> OpportunityVersion:
    version = find_readable(current_actor(), opportunity_id, public=public)
    if version is None:
        raise NotFound
    return version


def _page(version: OpportunityVersion, **forms: Any) -> str:
    actor = current_actor()
    shown: dict[str, Any] = {
        "comment": CommentForm(formdata=None), "recommend": RecommendForm(formdata=None),
    } | forms  # fmt: skip
    return support_page(version, find_ties(actor, version), actor, **shown)


def _as_read(opportunity_id: int, form: SupportForm) -> OpportunityVersion:
    """The version on the page from which the form was sent. Raises NotFound, or ChangedSinceRead for one of the past."""
    version = queries.find_version(form.version_id)
    if version is None or version.opportunity_id != opportunity_id:
        raise NotFound
    actor = current_actor()
    if not support_policy.list_places(actor, version, find_ties(actor, version)):
        _readable(opportunity_id)
        raise ChangedSinceRead
    return version


@supported.post("/<int:opportunity_id>/komentar")
@signed_in
def comment(opportunity_id: int) -> AnyResponse | tuple[str, int]:
    """Leaves a comment at a field or on the whole."""
    form = CommentForm()
    version = _as_read(opportunity_id, form)
    if form.validate_on_submit() and attempt(
        form, commenting.comment, version=version, field=form.bagian.data, words=form.words.data or "",
        actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Komentar terkirim. Penyusunnya melihatnya di sebelah isiannya."))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _page(version, comment=form), 422


@supported.post("/<int:opportunity_id>/rekomendasi")
@signed_in
def recommend(opportunity_id: int) -> AnyResponse | tuple[str, int]:
    """Recommends the version that was read."""
    form = RecommendForm()
    version = _as_read(opportunity_id, form)
    words = recommending.Words(form.words_id.data or "", form.words_en.data or "")
    if form.validate_on_submit() and attempt(
        form, recommending.recommend, version=version, words=words, actor=current_actor(), now=clock.now()
    ):
        flash(_("Rekomendasi tercatat. Pemdanya diberi tahu."))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    return _page(version, recommend=form), 422


@supported.route("/<int:opportunity_id>/rekomendasi/tarik", methods=["GET", "POST"])
@signed_in
def take_back(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """Takes the organisation's recommendation back, with a reason."""
    actor = current_actor()
    row = find_recommendation(opportunity_id, [place.organisation_id for place in actor.memberships])
    version = queries.find_version(row.version_id) if row else None
    if row is None or version is None:
        raise NotFound
    if not support_policy.may_recommend(actor, "author", row):
        raise Forbidden
    form = TakeBackForm()
    if request.method == "GET":
        form.seen.data = str(row.revision)
    if form.validate_on_submit() and attempt(
        form, recommending.withdraw, row=row, reason=form.reason.data or None, words=form.words.data or "",
        seen=form.seen_revision, actor=actor, now=clock.now(),
    ):  # fmt: skip
        flash(_("Rekomendasi ditarik. Pemdanya membaca alasannya."))
        return redirect(url_for("dashboard.show"))
    page = render_template(
        "opportunities/take_back.html", form=form, o=version.opportunity, row=row, title=title_of(version)
    )
    return (page, 422) if form.is_submitted() else page


@supported.route("/<int:opportunity_id>/teruskan", methods=["GET", "POST"])
@signed_in
def forward(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """A province passes the listing on, to LAIP or to a ministry."""
    actor, form = current_actor(), ForwardForm()
    form.offer(current_app.config["UNIT_NAME"], list_ministries())
    if form.is_submitted():
        version = _as_read(opportunity_id, form)
    else:
        version = _readable(opportunity_id, public="umum" in request.args)
        form.version.data = str(version.id)
    if support_policy.find_forwarder(actor, version, find_ties(actor, version)) is None:
        raise Forbidden
    if form.validate_on_submit() and attempt(
        form, passing_on.forward, version=version, receiver=form.receiver_id, words=form.words.data or "",
        actor=actor, now=clock.now(),
    ):  # fmt: skip
        flash(_("Diteruskan. Penerimanya membaca pesan Anda."))
        return redirect(url_for(".show", opportunity_id=opportunity_id))
    page = render_template(
        "opportunities/forward.html", form=form, o=version.opportunity, v=version, title=title_of(version)
    )
    return (page, 422) if form.is_submitted() else page
