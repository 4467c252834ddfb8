"""What letters hold of a person: who they go to, and until they are sent their words."""

from flask import current_app
from sqlalchemy import select, true

from marketplace.core.personal import Holding, Person, Topic
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.transport import get_transport


def _forget_copies(person: Person) -> None:
    sent = db.session.scalars(select(Delivery.id).where(Delivery.user_id == person.user_id))
    get_transport(current_app.config).forget([str(number) for number in sent])


HOLDINGS = (
    Holding(
        table=Delivery.__table__, topic=Topic.NEWS, person=("user_id",), hers={"address": None},
        words=("params",), codes=("template", "path", "language"),
        # Letters may carry one-time links.
        secrets=("params",), near=lambda _person: true(), ends=True, first=_forget_copies,
    ),
)  # fmt: skip
