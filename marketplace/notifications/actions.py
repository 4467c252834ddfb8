from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update
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
    # Of the recipients, those who read it in the inbox only.
    without_mail: frozenset[int] = frozenset()


def tell(notices: Sequence[Notice], *, now: datetime) -> None:
    """Puts each notice in its recipients' inboxes and owes each a mail, in this transaction; nobody twice."""
    for notice in notices:
        recipients = sorted(set(notice.recipients))
        news: dict[str, Any] = {"params": notice.params, "path": notice.path}
        db.session.add_all(
            NoticeRow(user_id=user_id, kind=notice.kind, created_at=now, **news) for user_id in recipients
        )
        if notice.by_mail:
            readers = [user_id for user_id in recipients if user_id not in notice.without_mail]
            mail.owe_all(readers, template=notice.kind, now=now, **news)


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


def unfollow(object_kind: str, object_id: int, *, user_id: int) -> None:
    """Takes one person from the followers, whatever made them one; a second time changes nothing."""
    db.session.execute(delete(Follower).where(*_of(object_kind, object_id, user_id)))


def choose_mail(object_kind: str, object_id: int, *, user_id: int, by_mail: bool) -> None:
    """Whether a follower gets letters beside the lines of the inbox."""
    db.session.execute(update(Follower).where(*_of(object_kind, object_id, user_id)).values(by_mail=by_mail))


def _of(object_kind: str, object_id: int, user_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Follower.object_kind == object_kind,
        Follower.object_id == object_id,
        Follower.user_id == user_id,
    )
