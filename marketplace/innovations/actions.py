from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.audit import actions as audit
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.innovations.models import Innovation, InnovationWant
from marketplace.innovations.policy import find_speaker
from marketplace.innovations.queries import list_origin_members
from marketplace.innovations.rules import check_wanted_by
from marketplace.notifications.actions import Notice, tell


def want(innovation_id: int, *, actor: Actor, now: datetime) -> bool:
    """Notes that the actor's region needs this too, and tells its origin; False where that was said before.

    Raises Forbidden, NotFound, NotWantable or OwnInnovation.
    """
    speaker = find_speaker(actor)
    if speaker is None or speaker.region_code is None:
        raise Forbidden
    innovation = db.session.get(Innovation, innovation_id)
    if innovation is None:
        raise NotFound
    check_wanted_by(innovation.status, innovation.region_code, speaker.region_code)
    # However often and however fast it is pressed, the unique constraint lets one row in.
    new = db.session.scalar(
        insert(InnovationWant)
        .values(
            innovation_id=innovation.id,
            organisation_id=speaker.organisation_id,
            region_code=speaker.region_code,
            user_id=actor.user_id,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["innovation_id", "organisation_id"])
        .returning(InnovationWant.id)
    )
    if new is None:
        return False
    audit.record(
        "innovation:wanted", actor=actor, now=now, object_kind="innovation", object_id=innovation.id,
        details={"region": speaker.region_code},
    )  # fmt: skip
    changes.record("innovation", innovation.id)
    tell([_news(innovation, speaker.name)], now=now)
    return True


def _news(innovation: Innovation, organisation_name: str) -> Notice:
    return Notice(
        kind="innovation_wanted",
        recipients=list_origin_members(innovation.region_code),
        path=f"/inovasi/{innovation.slug}",
        params={"title": innovation.title, "organisation": organisation_name},
    )
