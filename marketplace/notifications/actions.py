from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.mail import actions as mail
from marketplace.notifications.models import Follower, NoticeRow


@dataclass(frozen=True)
class Notice:
    """News for some people. `kind` names templates/emails/<kind>/; `path` is the page, without language prefix."""

    kind: str
    recipients: Iterable[int]
    path: str
    params: dict[str, Any] = field(default_factory=dict)
    by_mail: bool = True


def tell(notices: Sequence[Notice], *, now: datetime) -> None:
    """Puts each notice in its recipients' inboxes and owes each a mail, in this transaction; nobody twice."""
    for notice in notices:
        recipients = sorted(set(notice.recipients))
        news: dict[str, Any] = {"params": notice.params, "path": notice.path}
        db.session.add_all(
            NoticeRow(user_id=user_id, kind=notice.kind, created_at=now, **news) for user_id in recipients
        )
        if notice.by_mail:
            mail.owe_all(recipients, template=notice.kind, now=now, **news)


def mark_read(notice_ids: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Marks the actor's own notices among these as read; others are left alone."""
    db.session.execute(
        update(NoticeRow)
        .where(NoticeRow.id.in_(notice_ids), NoticeRow.user_id == actor.user_id, NoticeRow.read_at.is_(None))
        .values(read_at=now)
    )


def mark_all_read(*, actor: Actor, now: datetime) -> None:
    """Marks all of the actor's notices as read."""
    db.session.execute(
        update(NoticeRow)
        .where(NoticeRow.user_id == actor.user_id, NoticeRow.read_at.is_(None))
        .values(read_at=now)
    )


def follow(object_kind: str, object_id: int, *, user_id: int, why: str, now: datetime) -> None:
    """Enters one person as a follower; a second time changes nothing."""
    db.session.execute(
        insert(Follower)
        .values(user_id=user_id, object_kind=object_kind, object_id=object_id, why=why, created_at=now)
        .on_conflict_do_nothing()
    )
