"""Taking a case in hand, so that colleagues see it; it locks nothing and ends by itself."""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.refusal import Conflict, Forbidden, NotFound
from marketplace.extensions import db
from marketplace.moderation.models import Hold
from marketplace.moderation.queue_queries import find_holder, find_since
from marketplace.moderation.rules import HELD_FOR, HeldByColleague, NoLongerWaiting, QueueKind


def hold(*, kind: QueueKind, case_id: int, actor: Actor, now: datetime) -> None:
    """Takes the case in hand; pressed again, it stays as it is. Raises NoLongerWaiting or HeldByColleague."""
    _refuse_others(actor)
    since = find_since(kind, case_id)
    if since is None:
        raise NoLongerWaiting
    taken = (
        insert(Hold)
        .values(kind=kind, case_id=case_id, user_id=actor.user_id, held_at=now)
        .on_conflict_do_update(
            index_elements=[Hold.kind, Hold.case_id],
            set_={"user_id": actor.user_id, "held_at": now},
            where=or_(Hold.held_at < since, Hold.held_at <= now - HELD_FOR),
        )
        .returning(Hold.user_id)
    )
    if db.session.scalar(taken) is None:
        _tell_holder(kind, case_id, since, actor, now)


def _tell_holder(kind: QueueKind, case_id: int, since: datetime, actor: Actor, now: datetime) -> None:
    """Nothing to say to the holder herself; a colleague is told by name."""
    holder = find_holder(kind, case_id, since=since, now=now)
    if holder is None:
        raise Conflict
    if holder.user_id != actor.user_id:
        raise HeldByColleague(who=holder.name, when=holder.since)


def release(*, kind: QueueKind, case_id: int, actor: Actor) -> None:
    """Lets go of what the actor holds; what a colleague holds stays."""
    _refuse_others(actor)
    db.session.execute(
        delete(Hold).where(Hold.kind == kind, Hold.case_id == case_id, Hold.user_id == actor.user_id)
    )


def _refuse_others(actor: Actor) -> None:
    if not actor.is_moderator:
        raise Forbidden if actor.is_staff else NotFound
