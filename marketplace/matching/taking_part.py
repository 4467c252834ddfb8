"""Whether a partner takes part in matching at all."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from marketplace.changes import actions as changes
from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.matching.choice_models import MatchOptOut
from marketplace.matching.policy import may_complete


def choose(organisation_id: int, *, takes_part: bool, actor: Actor, now: datetime) -> None:
    """Takes the partner out of all lists at once, or lets it in again; a second time changes nothing.

    Raises NotFound, Forbidden.
    """
    place = actor.membership_in(organisation_id)
    if place is None or place.kind is not OrganisationKind.PARTNER:
        raise NotFound
    if not may_complete(actor, organisation_id):
        raise Forbidden
    if takes_part:
        db.session.execute(delete(MatchOptOut).where(MatchOptOut.organisation_id == organisation_id))
    else:
        out = {"organisation_id": organisation_id, "made_by": actor.user_id, "made_at": now}
        db.session.execute(insert(MatchOptOut).values(out).on_conflict_do_nothing())
    changes.record("organisation", organisation_id)
