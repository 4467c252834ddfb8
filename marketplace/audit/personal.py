"""What the trail holds of a person: numbers and codes stay, names and words stand beside it and can go."""

from sqlalchemy import ColumnElement, and_, or_, select

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.audit.queries import ERASED
from marketplace.core.personal import Holding, Person, Topic


def _events(person: Person) -> ColumnElement[bool]:
    about = and_(AuditEvent.object_kind == "user", AuditEvent.object_id == person.user_id)
    return or_(AuditEvent.actor_id == person.user_id, about)


def _words(person: Person) -> ColumnElement[bool]:
    return AuditWords.event_id.in_(select(AuditEvent.id).where(AuditEvent.actor_id == person.user_id))


HOLDINGS = (
    Holding(
        table=AuditEvent.__table__, topic=Topic.TRAIL, person=("actor_id",), own=_events,
        codes=("kind", "object_kind", "from_status", "to_status", "reason", "request_id", "details"),
    ),
    # Which other events are near a person, privacy knows: those about the objects of every slice.
    Holding(
        table=AuditWords.__table__, topic=Topic.TRAIL, own=_words, hers={"actor_name": ERASED}, words=("words",)
    ),
)  # fmt: skip
