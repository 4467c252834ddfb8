"""Keeping listings for oneself, and writing a note to each."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity
from marketplace.saved.models import Bookmark
from marketplace.saved.policy import can_be_kept
from marketplace.saved.rules import check_note


def keep(opportunity: Opportunity, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Keeps a public listing; a second time changes nothing but a note that is not empty.

    Raises Forbidden for a visitor, NotFound for what is not public, NoteTooLong.
    """
    if not actor.is_signed_in:
        raise Forbidden
    if not can_be_kept(opportunity):
        raise NotFound
    check_note(note)
    written = insert(Bookmark).values(
        user_id=actor.user_id, opportunity_id=opportunity.id, note=note, created_at=now
    )
    key = ["user_id", "opportunity_id"]
    again = (
        written.on_conflict_do_update(index_elements=key, set_={"note": note})
        if note
        else written.on_conflict_do_nothing(index_elements=key)
    )
    db.session.execute(again)


def let_go(opportunity_id: int, *, actor: Actor) -> None:
    """Takes the actor's bookmark off, its note with it; without one nothing happens."""
    db.session.execute(
        delete(Bookmark).where(Bookmark.user_id == actor.user_id, Bookmark.opportunity_id == opportunity_id)
    )


def write_note(opportunity_id: int, *, note: str, actor: Actor) -> None:
    """Replaces the note of the actor's bookmark. Raises NotFound where there is none, NoteTooLong."""
    check_note(note)
    written = db.session.execute(
        update(Bookmark)
        .where(Bookmark.user_id == actor.user_id, Bookmark.opportunity_id == opportunity_id)
        .values(note=note)
        .returning(Bookmark.opportunity_id)
    ).first()
    if written is None:
        raise NotFound
