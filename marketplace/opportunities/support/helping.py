"""Whoever writes for an assisting side: the assistance is held while they do, and they are remembered."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.extensions import db
from marketplace.opportunities import policy
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.support.assistance_models import AssistanceWriter


def write_along(opportunity: Opportunity, *, actor: Actor, now: datetime) -> None:
    """Before a write, with the version locked: nobody ends the assistance until this transaction does.

    Raises Forbidden where it was ended since the request began.
    """
    assistance = opportunity.assistance
    if assistance is None or policy.is_colleague(actor, opportunity):
        return
    db.session.refresh(assistance, with_for_update={"read": True})
    if not policy.assists(actor, assistance):
        raise Forbidden
    row = insert(AssistanceWriter).values(assistance_id=assistance.id, user_id=actor.user_id, since=now)
    db.session.execute(row.on_conflict_do_nothing())
    db.session.expire(assistance, ["writers"])
