from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, exists, select

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.core.words import _l
from marketplace.extensions import db

# What stands for the name of an actor whose account was erased; events without a name have no row or NULL.
ERASED = ""
ERASED_NAME = _l("akun dihapus")
# In an event's details: the number of the person in whose place the actor acted.
ON_BEHALF = "on_behalf_of"


def shown_name(actor_name: str | None) -> Any:
    """The actor's name for people: in the reader's language where the account was erased, None where none stands."""
    return ERASED_NAME if actor_name == ERASED else actor_name


def behalf_id() -> ColumnElement[int]:
    """The number of the person in whose place an event's actor acted; NULL: in nobody's."""
    return cast(AuditEvent.details[ON_BEHALF].astext, BigInteger)


def acted_on(object_kind: str, object_id: ColumnElement[int] | Any, user_id: int) -> ColumnElement[bool]:
    """Whether the person left an event about that object."""
    return exists().where(
        AuditEvent.actor_id == user_id,
        AuditEvent.object_kind == object_kind,
        AuditEvent.object_id == object_id,
    )


class Named:
    """How a line of what happened names people."""

    __slots__ = ()
    actor_name: str | None
    behalf_name: str | None

    @property
    def who(self) -> Any:
        """The actor's name for people; None where nobody is named."""
        return shown_name(self.actor_name)

    @property
    def behalf(self) -> Any:
        """In whose place the actor acted, for people; None where in nobody's."""
        return shown_name(self.behalf_name)


@dataclass(frozen=True, slots=True)
class Happening(Named):
    """One line of a history, as people may read it."""

    at: datetime
    kind: str
    actor_id: int | None
    actor_name: str | None
    from_status: str | None
    to_status: str | None
    reason: str | None
    words: str | None
    # The name of the person in whose place the actor acted; only where it was read along.
    behalf_name: str | None = None


_COLUMNS = (
    AuditEvent.at,
    AuditEvent.kind,
    AuditEvent.actor_id,
    AuditWords.actor_name,
    AuditEvent.from_status,
    AuditEvent.to_status,
    AuditEvent.reason,
    AuditWords.words,
)


def list_history(object_kind: str, object_id: int, limit: int = 50) -> list[Happening]:
    """The newest events of one object, newest first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .where(AuditEvent.object_kind == object_kind, AuditEvent.object_id == object_id)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )
    return [Happening(*row) for row in rows]


def find_last_move(object_kind: str, object_id: int) -> Happening | None:
    """The newest change of status of one object."""
    row = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(AuditWords, AuditWords.event_id == AuditEvent.id)
        .where(
            AuditEvent.object_kind == object_kind,
            AuditEvent.object_id == object_id,
            AuditEvent.to_status.is_not(None),
        )
        .order_by(AuditEvent.id.desc())
        .limit(1)
    ).first()
    return Happening(*row) if row else None
