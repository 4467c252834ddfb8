"""LAIP decides on one version of a listing, on one page."""

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.files.previewing import is_drawn
from marketplace.moderation.opportunity_checks import automatic_checks
from marketplace.moderation.queue_queries import find_holder
from marketplace.moderation.rules import PROMISED_DAYS, QueueKind, age
from marketplace.opportunities import labels, policy, publishing, queries
from marketplace.opportunities.content import content_of
from marketplace.opportunities.forms.deciding import DecisionForm
from marketplace.opportunities.models import OpportunityDocument, OpportunityVersion
from marketplace.opportunities.reviewing import published_beside, review_of
from marketplace.opportunities.rules import VersionStatus
from marketplace.opportunities.support.assistance_queries import list_writer_names
from marketplace.opportunities.support.queries import list_passed_of, list_voices
from marketplace.opportunities.wording import helper_of, kind_of, supporter_name, title_in
from marketplace.organisations.queries import get_card
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.formats import tanggal_pendek, ukuran
from marketplace.web.forms import attempt
from marketplace.web.language import get_language

opportunity_moderation = Blueprint("opportunity_moderation", __name__)


@opportunity_moderation.route("/<int:version_id>", methods=["GET", "POST"])
@moderator_only
def decide(version_id: int) -> Response | str | tuple[str, int]:
    """The version with what changed, what a machine saw and what happened; publish, return or reject it."""
    version = queries.find_version(version_id)
    if version is None or not policy.can_read_version(current_actor(), version):
        raise NotFound
    form = DecisionForm()
    if request.method == "GET":
        form.seen.data = str(version.revision)
        return _page(version, form)
    if form.validate_on_submit() and _decided(version, form, clock.now()):
        return redirect(url_for(".decide", version_id=version_id))
    return _page(version, form), 422


def _decided(version: OpportunityVersion, form: DecisionForm, now: datetime) -> bool:
    arguments: dict[str, Any] = {
        "version": version, "seen": form.seen_revision, "actor": current_actor(), "now": now,
    }  # fmt: skip
    words = form.words.data or ""
    if form.verb == "terbitkan":
        done, told = (
            attempt(form, publishing.publish_version, marks=form.marks, **arguments),
            _("Diterbitkan. Daerahnya diberi tahu."),
        )
    elif form.verb == "tolak":
        done = attempt(form, publishing.reject_version, reason=form.code, words=words, **arguments)
        told = _("Ditolak. Daerahnya menerima alasannya.")
    else:
        done = attempt(
            form, publishing.return_version, marks=form.marks, reason=form.code, words=words, **arguments
        )
        told = _("Dikembalikan. Daerahnya menerima catatan Anda.")
    if done:
        flash(told)
    return done


def _page(version: OpportunityVersion, form: DecisionForm) -> str:
    now = clock.now()
    opportunity = version.opportunity
    before = published_beside(version)
    title, title_lang = title_in(version, get_language())
    zone = publishing.zone_of(opportunity)
    since = version.submitted_at if version.status is VersionStatus.SUBMITTED else None
    return render_template(
        "moderation/opportunity.html", form=form, v=version, o=opportunity, title=title, title_lang=title_lang,
        place=gazetteer().by_code[opportunity.region_code], place_text=gazetteer().place_text(opportunity.region_code),
        organisation=get_card(opportunity.organisation_id or 0), zone=zone, labels=labels,
        review=labels.REVIEW[version.status], deciding=policy.can_decide(current_actor(), version),
        reading=review_of(version, before, get_language(), internal=False),
        note_of=_note, url_of=_address,
        marks=form.marks if request.method == "POST" else queries.list_marks(version.id),
        checks=automatic_checks(version, content_of(before) if before else None, publishing.check_complete(version, now)),
        history=queries.list_happenings(opportunity.id),
        holder=find_holder(QueueKind.OPPORTUNITY, version.id, since=since, now=now) if since else None,
        waited=age(since, now) if since else None, promised=PROMISED_DAYS,
        helper=helper_of(opportunity, current_app.config["UNIT_NAME"]),
        writers=list_writer_names(opportunity.id) if opportunity.assistance else [],
        wrote=policy.has_written(current_actor(), version),
        voices=list_voices(opportunity.id, public=False), passed=list_passed_of(opportunity.id),
        supporter_name=supporter_name,
    )  # fmt: skip


def _note(document: OpportunityDocument) -> str:
    kind = labels.DOCUMENT_KIND[document.kind]
    return (
        f"{kind_of(document)}, {ukuran(document.blob.size)}, {tanggal_pendek(document.created_at)} · {kind}"
    )


def _address(document: OpportunityDocument) -> str:
    name = "preview" if is_drawn(document.blob) else "open_document"
    return url_for(f"document_pages.{name}", document_id=document.id)
