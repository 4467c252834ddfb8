"""Documents of a version: attached with an access level, taken off, opened."""

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.files import rules as files
from marketplace.files.actions import store_upload
from marketplace.opportunities.models import OpportunityDocument, OpportunityVersion
from marketplace.opportunities.policy import may_act_as
from marketplace.opportunities.rules import DocumentAccess, check_editable

TITLE_AT_MOST = 160


def attach_document(
    version: OpportunityVersion, *, stream: BinaryIO, filename: str, title: str, access: DocumentAccess,
    actor: Actor, now: datetime,
) -> OpportunityDocument:  # fmt: skip
    """Stores the file and puts it beside the draft; without a title it bears the file's name."""
    _check_editable(version, actor)
    blob = store_upload(stream, filename, actor=actor, now=now, kinds=files.DOCUMENTS)
    document = OpportunityDocument(
        version_id=version.id, blob_id=blob.id, title=(title or blob.original_name)[:TITLE_AT_MOST],
        access=access, created_at=now,
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    audit.record(
        "version:document_attached", actor=actor, now=now, object_kind="opportunity_version",
        object_id=version.id, details={"document": document.id, "access": str(access)},
    )  # fmt: skip
    return document


def remove_document(version: OpportunityVersion, *, document_id: int, actor: Actor, now: datetime) -> None:
    """Takes a document off the draft; versions published before keep theirs."""
    _check_editable(version, actor)
    removed = db.session.execute(
        delete(OpportunityDocument)
        .where(OpportunityDocument.id == document_id, OpportunityDocument.version_id == version.id)
        .returning(OpportunityDocument.id)
    ).first()
    if removed is None:
        raise NotFound
    audit.record(
        "version:document_removed", actor=actor, now=now, object_kind="opportunity_version",
        object_id=version.id, details={"document": document_id},
    )  # fmt: skip


def _check_editable(version: OpportunityVersion, actor: Actor) -> None:
    if not may_act_as(actor, "editor", version):
        raise Forbidden
    check_editable(version.status, version.opportunity.status)


def note_opening(*, opportunity_id: int, document_id: int, actor: Actor, now: datetime) -> None:
    """Leaves in the audit trail that a document was opened, and by whom."""
    audit.record(
        "opportunity:document_opened", actor=actor, now=now, object_kind="opportunity",
        object_id=opportunity_id, details={"document": document_id},
    )  # fmt: skip
