"""How a listing has changed since it was first published, for everybody."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core.refusal import NotFound
from marketplace.core.text import parse_number, tail_of
from marketplace.opportunities import labels, policy, queries
from marketplace.opportunities.content import content_of
from marketplace.opportunities.differences import DocumentStep, document_steps
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.views.page import title_of
from marketplace.opportunities.wording import FieldChange, field_changes
from marketplace.web.language import get_language

listing_history = Blueprint("listing_history", __name__)


@listing_history.get("/peluang/<slug>/perubahan")
def show(slug: str) -> AnyResponse | str:
    """One published version beside the one before it: the newest, or the one that `versi` names."""
    listing = queries.find_listing(tail_of(slug))
    if listing is None or not policy.is_public(listing.opportunity):
        raise NotFound
    opportunity = listing.opportunity
    if slug != opportunity.slug:
        return redirect(url_for(".show", slug=opportunity.slug), 301)
    versions = queries.list_published_versions(opportunity.id)
    chosen = _chosen(versions, parse_number(request.args.get("versi")))
    before = next((each for each in versions if each.number < chosen.number), None)
    title, title_lang = title_of(listing.version)
    return render_template(
        "opportunities/history.html", o=opportunity, title=title, title_lang=title_lang, versions=versions,
        chosen=chosen, before=before, changes=_field_changes(before, chosen), labels=labels,
        documents=_document_steps(before, chosen), addenda=queries.list_addenda(opportunity.id),
        zone=zone_of(opportunity),
    )  # fmt: skip


def _chosen(versions: list[OpportunityVersion], number: int | None) -> OpportunityVersion:
    wanted = (version for version in versions if number is None or version.number == number)
    version = next(wanted, None)
    if version is None:
        raise NotFound
    return version


def _field_changes(before: OpportunityVersion | None, after: OpportunityVersion) -> list[FieldChange]:
    if before is None:
        return []
    changes = field_changes(content_of(before), content_of(after), get_language())
    return [change for change in changes if change.changed]


def _document_steps(
    before: OpportunityVersion | None, after: OpportunityVersion
) -> list[tuple[DocumentStep, Any]]:
    if before is None:
        return []
    return document_steps(queries.list_documents(before.id), queries.list_documents(after.id))
