"""The documents of a Pemda's own listing: kept in order while it is a draft, and who opened them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.core.text import parse_number
from marketplace.files.rules import names_of
from marketplace.opportunities import attaching, labels, policy, queries
from marketplace.opportunities.document_queries import count_visits, list_every, list_openings
from marketplace.opportunities.forms.documents import DocumentForm, NewDocumentForm
from marketplace.opportunities.models import OpportunityDocument, OpportunityVersion
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.rules import DOCUMENTS_AT_MOST, FILE_TERMS, DocumentAccess, DocumentKind
from marketplace.opportunities.views.authoring import own_opportunity, own_version
from marketplace.opportunities.views.page import document_note, document_url, older_lines, title_of
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import ukuran
from marketplace.web.forms import ButtonForm, attempt

documents = Blueprint("documents", __name__)
OPENINGS_PAGE = 50


@documents.get("")
@signed_in
def index(opportunity_id: int) -> str:
    """All documents of the newest version, their older files, and a form for the next one."""
    return _list_page(own_version(opportunity_id), NewDocumentForm())


@documents.post("")
@signed_in
def add(opportunity_id: int) -> AnyResponse | tuple[str, int]:
    """Puts a document beside the draft."""
    version, form = _writable(opportunity_id), NewDocumentForm()
    if form.validate_on_submit() and attempt(
        form, attaching.attach_document, version=version, stream=form.file.data.stream,
        filename=form.file.data.filename, title=form.title.data or "", kind=DocumentKind(form.kind.data),
        access=DocumentAccess(form.access.data), actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Dokumen ditambahkan"))
        return redirect(url_for(".index", opportunity_id=opportunity_id))
    return _list_page(own_version(opportunity_id), form), 422


@documents.route("/<int:document_id>/ubah", methods=["GET", "POST"])
@signed_in
def change(opportunity_id: int, document_id: int) -> AnyResponse | str | tuple[str, int]:
    """Another name, kind or access level; a newer file in its place."""
    version = _writable(opportunity_id)
    document = _document_of(version, document_id)
    form = DocumentForm(obj=document)
    if request.method == "GET":
        form.kind.data, form.access.data = str(document.kind), str(document.access)
    if form.validate_on_submit() and attempt(form, _change, version=version, document=document, form=form):
        flash(_("Dokumen diubah"))
        return redirect(url_for(".index", opportunity_id=opportunity_id))
    page = render_template(
        "opportunities/document_change.html", o=version.opportunity, d=document, form=form,
        note=document_note(document), title=title_of(version)[0], terms=_terms(),
    )  # fmt: skip
    return (page, 422) if request.method == "POST" else page


def _change(version: OpportunityVersion, document: OpportunityDocument, form: DocumentForm) -> None:
    arguments: dict[str, Any] = {"actor": current_actor(), "now": clock.now()}
    kind, access = DocumentKind(form.kind.data), DocumentAccess(form.access.data)
    if form.file.data:
        document = attaching.replace_document(
            version, document_id=document.id, stream=form.file.data.stream, filename=form.file.data.filename,
            kind=kind, **arguments,
        )  # fmt: skip
    attaching.describe_document(
        version, document_id=document.id, title=form.title.data or "", kind=kind, access=access, **arguments
    )


@documents.post("/<int:document_id>/urutan")
@signed_in
def place(opportunity_id: int, document_id: int) -> AnyResponse:
    """Puts the document at that place of the list."""
    version, wanted = _writable(opportunity_id), parse_number(request.form.get("ke"))
    if ButtonForm().validate_on_submit() and wanted:
        attaching.place_document(
            version, document_id=document_id, place=wanted, actor=current_actor(), now=clock.now()
        )
    return redirect(url_for(".index", opportunity_id=opportunity_id))


@documents.post("/<int:document_id>/lepas")
@signed_in
def remove(opportunity_id: int, document_id: int) -> AnyResponse:
    """Takes a document off the draft."""
    version = _writable(opportunity_id)
    if ButtonForm().validate_on_submit():
        attaching.remove_document(version, document_id=document_id, actor=current_actor(), now=clock.now())
        flash(_("Dokumen dilepas"))
    return redirect(url_for(".index", opportunity_id=opportunity_id))


@documents.get("/dibuka")
@signed_in
def openings(opportunity_id: int) -> str:
    """Who of which organisation opened which document, newest first; visitors are counted only."""
    opportunity = own_opportunity(opportunity_id)
    version = own_version(opportunity_id)
    page = list_openings(
        opportunity.id, older_than=parse_number(request.args.get("sebelum")), limit=OPENINGS_PAGE
    )
    older = page.older_than
    return render_template(
        "opportunities/document_openings.html", o=opportunity, title=title_of(version)[0], lines=page.openings,
        older=url_for(".openings", opportunity_id=opportunity_id, sebelum=older) if older else None,
        is_start="sebelum" not in request.args, visits=count_visits(opportunity.id), zone=zone_of(opportunity),
    )  # fmt: skip


def _writable(opportunity_id: int) -> OpportunityVersion:
    """The newest version, for those who write in this organisation; the actions look at its status."""
    version = own_version(opportunity_id)
    if not policy.may_act_as(current_actor(), "editor", version):
        raise Forbidden
    return version


def _document_of(version: OpportunityVersion, document_id: int) -> OpportunityDocument:
    found = (each for each in queries.list_documents(version.id) if each.id == document_id)
    document = next(found, None)
    if document is None:
        raise NotFound
    return document


def _list_page(version: OpportunityVersion, form: NewDocumentForm) -> str:
    present = queries.list_documents(version.id)
    every = list_every([document.series for document in present])
    ours = policy.is_colleague(current_actor(), version.opportunity)
    lines = [
        {
            "document": document, "note": document_note(document), "url": document_url(document),
            "access": labels.ACCESS_TAG[document.access],
            "older": older_lines(
                [
                    old
                    for old in every.get(document.series, [])
                    # An assisting side has none of what the Pemda's own versions held.
                    if old.number < document.number and (ours or old.version_id == version.id)
                ],
                may=True,
            ),
        }
        for document in present
    ]  # fmt: skip
    return render_template(
        "opportunities/documents.html", o=version.opportunity, v=version, lines=lines, form=form,
        title=title_of(version)[0], terms=_terms(), marks=queries.list_marks(version.id), ours=ours,
        may_edit=policy.can_edit(current_actor(), version), most=DOCUMENTS_AT_MOST,
    )  # fmt: skip


def _terms() -> list[tuple[Any, str]]:
    """What each kind of document may be: "PDF, DOCX, paling besar 10 MB"."""
    return [
        (labels.DOCUMENT_KIND[kind], f"{names_of(terms.kinds)}, {ukuran(terms.largest)}")
        for kind, terms in FILE_TERMS.items()
    ]
