"""A listing's documents as their readers meet them: looked at, leafed through, taken away."""

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.files.previewing import is_drawn
from marketplace.files.serving import send_blob, send_page
from marketplace.opportunities import labels, policy
from marketplace.opportunities.document_queries import FoundDocument, find_document
from marketplace.opportunities.opening import note_opening
from marketplace.opportunities.queries import has_grant
from marketplace.opportunities.support.queries import find_ties
from marketplace.opportunities.views.page import document_note, title_of
from marketplace.web.access import to_sign_in
from marketplace.web.actors import current_actor
from marketplace.web.transaction import after_answer

document_pages = Blueprint("document_pages", __name__)


@document_pages.get("/<int:document_id>")
def open_document(document_id: int) -> AnyResponse:
    """The file, for those whom its access level lets in; each opening is noted."""
    found = _find(document_id)
    if not _may_open(found):
        return _shut_out()
    return _noted(send_blob(found.document.blob), found, previewed=False)


@document_pages.get("/<int:document_id>/pratinjau")
def preview(document_id: int) -> AnyResponse:
    """Its first pages as images, drawn here; each opening is noted."""
    found = _find(document_id)
    if not is_drawn(found.document.blob):
        raise NotFound
    if not _may_open(found):
        return _shut_out()
    document, version = found.document, found.version
    opportunity = version.opportunity
    page = render_template(
        "opportunities/document.html", d=document, blob=document.blob, o=opportunity, note=document_note(document),
        listing=title_of(version), access=labels.ACCESS_TAG[found.shown_as or document.access],
        is_public=policy.is_public(opportunity), works_here=policy.works_on(current_actor(), version),
    )  # fmt: skip
    return _noted(Response(page), found, previewed=True)


@document_pages.get("/<int:document_id>/halaman/<int:number>")
def page_image(document_id: int, number: int) -> AnyResponse:
    """One drawn page; the page that shows it was noted already."""
    found = _find(document_id)
    blob = found.document.blob
    if not 1 <= number <= (blob.preview_pages or 0):
        raise NotFound
    return send_page(blob, number) if _may_open(found) else _shut_out()


def _find(document_id: int) -> FoundDocument:
    found = find_document(document_id)
    if found is None:
        raise NotFound
    actor = current_actor()
    ties = find_ties(actor, found.version)
    if not policy.knows_document(actor, found.document, found.version, found.shown_as, ties):
        raise NotFound
    return found


def _may_open(found: FoundDocument) -> bool:
    actor = current_actor()
    granted = has_grant(found.version.opportunity_id, policy.partner_places(actor))
    return policy.can_read_document(
        actor,
        found.document,
        found.version,
        found.shown_as,
        granted=granted,
        ties=find_ties(actor, found.version),
    )


def _shut_out() -> AnyResponse:
    if not current_actor().is_signed_in:
        return to_sign_in()
    raise Forbidden


def _noted(response: Response, found: FoundDocument, *, previewed: bool) -> Response:
    actor: Actor = current_actor()
    return after_answer(
        response, note_opening, opportunity_id=found.version.opportunity_id, document_id=found.document.id,
        actor=actor, now=clock.now(), previewed=previewed,
    )  # fmt: skip
