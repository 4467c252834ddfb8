"""What LAIP's decisions on pairs may hold of a person: names in its words."""

from sqlalchemy import ColumnElement, or_, select

from marketplace.audit.queries import acted_on
from marketplace.collaborations.models import Collaboration
from marketplace.core.personal import Holding, Person, Topic
from marketplace.interests.models import Interest
from marketplace.interests.personal import near as near_interests


def _own(person: Person) -> ColumnElement[bool]:
    """Decisions that the person took, and those on interests that they wrote."""
    written = select(Interest.id).where(Interest.created_by == person.user_id)
    return or_(
        Collaboration.interest_id.in_(written), acted_on("collaboration", Collaboration.id, person.user_id)
    )


def _near(person: Person) -> ColumnElement[bool]:
    return Collaboration.interest_id.in_(select(Interest.id).where(near_interests(person)))


HOLDINGS = (
    Holding(
        table=Collaboration.__table__, topic=Topic.CONTENT, own=_own, near=_near, kind="collaboration",
        words=("decision_words",), codes=("status", "decision_reason"),
    ),
)  # fmt: skip
