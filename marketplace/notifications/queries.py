from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.extensions import db
from marketplace.notifications.models import Follower, NoticeRow


@dataclass(frozen=True, slots=True)
class InboxLine:
    id: int
    kind: str
    params: dict[str, Any]
    path: str
    created_at: datetime
    read_at: datetime | None


def list_inbox(user_id: int, *, limit: int, offset: int = 0) -> list[InboxLine]:
    """One page of a person's notices, newest first."""
    rows = db.session.execute(
        select(
            NoticeRow.id,
            NoticeRow.kind,
            NoticeRow.params,
            NoticeRow.path,
            NoticeRow.created_at,
            NoticeRow.read_at,
        )
        .where(NoticeRow.user_id == user_id)
        .order_by(NoticeRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [InboxLine(*row) for row in rows]


def count_inbox(user_id: int) -> int:
    """How many notices a person has."""
    return db.session.scalar(select(func.count()).where(NoticeRow.user_id == user_id)) or 0


def list_followers(
    object_kind: str, object_id: int, *, until: datetime | None = None, but: str = ""
) -> dict[int, bool]:
    """The user ids that want to hear of the object, each with whether by mail too.

    `until`: only those who follow since then or longer; `but`: a reason for following that does not count.
    """
    wanted = select(Follower.user_id, Follower.by_mail).where(
        Follower.object_kind == object_kind, Follower.object_id == object_id, Follower.why != but
    )
    if until is not None:
        wanted = wanted.where(Follower.created_at <= until)
    return {row.user_id: row.by_mail for row in db.session.execute(wanted.order_by(Follower.user_id))}
