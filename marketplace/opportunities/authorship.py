"""Who wrote which field of a version."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.opportunities.models import VersionWriting


def note_writing(version_id: int, fields: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """Remembers the actor as who wrote in these fields; a job writes in nobody's name."""
    rows = [
        {"version_id": version_id, "field": field, "user_id": actor.user_id, "written_at": now}
        for field in fields
    ]
    if not rows or actor.user_id is None:
        return
    db.session.execute(
        insert(VersionWriting)
        .values(rows)
        .on_conflict_do_update(index_elements=["version_id", "field", "user_id"], set_={"written_at": now})
    )
