"""What LAIP's decisions on pairs may hold of a person: names in its words."""

from sqlalchemy import ColumnElement, or_, select

from marketplace.audit.queries import acted_on
from marketplace.collaborations.models import Collaboration
from marketplace.core.personal import Holding, Person, Topic
from marketplace.interests.models import Interest
from marketplace.interests.personal import near as near_interests


def _acted(person: Person) -> ColumnElement[bool]:
    return acted_on("collaboration", Collaboration.id, person.user_id)


def _near(person: Person) -> ColumnElement[bool]:
    return or_(Collaboration.interest_id.in_(select(Interest.id).where(near_interests(person))), _acted(person))


HOLDINGS = (
    Holding(
        table=Collaboration.__table__, topic=Topic.CONTENT, own=_acted, near=_near, kind="collaboration",
        words=("decision_words",), codes=("status", "decision_reason"),
    ),
)  # fmt: skip
