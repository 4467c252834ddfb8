"""Documents of a draft: attached, described, replaced by a newer file, put in order, taken off."""

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete, select, update

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.files.actions import ask_preview, store_upload
from marketplace.files.models import Blob
from marketplace.lifecycle.actions import move
from marketplace.opportunities.authorship import note_writing
from marketplace.opportunities.content import DOCUMENTS
from marketplace.opportunities.models import OpportunityDocument, OpportunityVersion
from marketplace.opportunities.policy import may_act_as
from marketplace.opportunities.queries import list_documents
from marketplace.opportunities.rules import (
    FILE_TERMS,
    DocumentAccess,
    DocumentKind,
    SameFileAgain,
    VersionStatus,
    check_editable,
    check_kind_takes,
    check_room,
)
from marketplace.opportunities.support.helping import write_along
from marketplace.opportunities.tables import VERSION

TITLE_AT_MOST = 160


def attach_document(
    version: OpportunityVersion, *, stream: BinaryIO, filename: str, title: str, access: DocumentAccess,
    kind: DocumentKind = DocumentKind.OTHER, actor: Actor, now: datetime,
) -> OpportunityDocument:  # fmt: skip
    """Stores the file and puts it last among the draft's; without a title it bears the file's name."""
    present = _documents_to_change(version, actor, now)
    check_room(len(present))
    blob = _store(stream, filename, kind, present, actor, now)
    document = OpportunityDocument(
        version_id=version.id, blob_id=blob.id, title=(title or blob.original_name)[:TITLE_AT_MOST], kind=kind,
        access=access, position=max((each.position for each in present), default=0) + 1, created_at=now,
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    _record("version:document_attached", version, document, actor, now)
    return document


def describe_document(
    version: OpportunityVersion, *, document_id: int, title: str, kind: DocumentKind, access: DocumentAccess,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Another title, kind or access level. Raises KindRefusesFile."""
    document = _find(_documents_to_change(version, actor, now), document_id)
    check_kind_takes(kind, document.blob.media_type)
    title = (title or document.blob.original_name)[:TITLE_AT_MOST]
    if (document.title, document.kind, document.access) == (title, kind, access):
        return
    document.title, document.kind, document.access = title, kind, access
    db.session.flush()
    _record("version:document_described", version, document, actor, now)


def replace_document(
    version: OpportunityVersion, *, document_id: int, stream: BinaryIO, filename: str,
    kind: DocumentKind | None = None, actor: Actor, now: datetime,
) -> OpportunityDocument:  # fmt: skip
    """A newer file in the document's place; the older one stays, for those who work on the listing."""
    present = _documents_to_change(version, actor, now)
    old = _find(present, document_id)
    kind = kind or old.kind
    blob = _store(stream, filename, kind, present, actor, now)
    old.replaced_at = now
    db.session.flush()
    document = OpportunityDocument(
        version_id=version.id, blob_id=blob.id, title=old.title, kind=kind, access=old.access,
        series=old.series, number=old.number + 1, position=old.position, created_at=now,
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    _record("version:document_replaced", version, document, actor, now)
    return document


def place_document(
    version: OpportunityVersion, *, document_id: int, place: int, actor: Actor, now: datetime
) -> None:
    """Puts the document at that place, counted from 1, among the draft's."""
    present = _documents_to_change(version, actor, now)
    document = _find(present, document_id)
    others = [each for each in present if each is not document]
    others.insert(max(place, 1) - 1, document)
    for position, each in enumerate(others, 1):
        each.position = position
    db.session.flush()


def remove_document(version: OpportunityVersion, *, document_id: int, actor: Actor, now: datetime) -> None:
    """Takes a document off the draft; versions published before keep theirs."""
    document = _find(_documents_to_change(version, actor, now), document_id)
    _record("version:document_removed", version, document, actor, now)
    of_series = (OpportunityDocument.version_id == version.id, OpportunityDocument.series == document.series)
    db.session.execute(delete(OpportunityDocument).where(*of_series))


def copy_documents(old_id: int, new_id: int) -> None:
    """The next version of a listing begins with the documents of the one before."""
    for old in list_documents(old_id):
        db.session.add(
            OpportunityDocument(
                version_id=new_id,
                blob_id=old.blob_id,
                title=old.title,
                kind=old.kind,
                access=old.access,
                series=old.series,
                number=old.number,
                position=old.position,
                created_at=old.created_at,
            )
        )
    db.session.flush()


def _documents_to_change(
    version: OpportunityVersion, actor: Actor, now: datetime
) -> list[OpportunityDocument]:
    """The draft's documents, in order, held until the transaction ends: nobody sends or changes it meanwhile.

    A returned version becomes a draft again. Raises Forbidden, NotEditable or ListingEnded.
    """
    if not may_act_as(actor, "editor", version):
        raise Forbidden
    db.session.execute(
        select(OpportunityVersion.id).where(OpportunityVersion.id == version.id).with_for_update()
    )
    db.session.refresh(version)
    write_along(version.opportunity, actor=actor, now=now)
    check_editable(version.status, version.opportunity.status)
    if version.status is VersionStatus.RETURNED:
        move(version, VersionStatus.DRAFT, table=VERSION, actor=actor, now=now)
    db.session.execute(
        update(OpportunityVersion)
        .where(OpportunityVersion.id == version.id)
        .values(edited_at=now, edited_by=actor.user_id)
    )
    return list_documents(version.id)


def _find(present: list[OpportunityDocument], document_id: int) -> OpportunityDocument:
    document = next((each for each in present if each.id == document_id), None)
    if document is None:
        raise NotFound
    return document


def _store(
    stream: BinaryIO, filename: str, kind: DocumentKind, present: list[OpportunityDocument], actor: Actor,
    now: datetime,
) -> Blob:  # fmt: skip
    """The stored file, its preview asked for. Raises SameFileAgain, and what store_upload raises."""
    terms = FILE_TERMS[kind]
    blob = store_upload(stream, filename, actor=actor, now=now, kinds=terms.kinds, limit=terms.largest)
    same = next((each for each in present if each.blob.sha256 == blob.sha256), None)
    if same is not None:
        raise SameFileAgain(field="file", title=same.title)
    ask_preview(blob)
    return blob


def _record(
    event: str, version: OpportunityVersion, document: OpportunityDocument, actor: Actor, now: datetime
) -> None:
    audit.record(
        event, actor=actor, now=now, object_kind="opportunity_version", object_id=version.id,
        details={
            "document": document.id, "series": str(document.series), "access": str(document.access),
            "kind": str(document.kind),
        },
    )  # fmt: skip
    note_writing(version.id, [DOCUMENTS], actor=actor, now=now)
