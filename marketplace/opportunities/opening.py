"""What is left behind when a document is opened."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.opportunities.document_queries import OPENED
from marketplace.opportunities.models import DocumentVisits


def note_opening(
    *, opportunity_id: int, document_id: int, actor: Actor, now: datetime, previewed: bool = False
) -> None:
    """Notes in the audit trail who opened a document, and for which organisation; visitors are counted only."""
    if not actor.is_signed_in:
        _count_visit(document_id)
        return
    details = {"document": document_id, "previewed": previewed}
    if actor.main:
        details["organisation"] = actor.main.organisation_id
    audit.record(
        OPENED, actor=actor, now=now, object_kind="opportunity", object_id=opportunity_id, details=details
    )


def _count_visit(document_id: int) -> None:
    db.session.execute(
        insert(DocumentVisits)
        .values(document_id=document_id, number=1)
        .on_conflict_do_update(
            index_elements=[DocumentVisits.document_id], set_={"number": DocumentVisits.number + 1}
        )
    )
