"""The place in the outbox of a follower that works in the database."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from marketplace.changes.models import Follower
from marketplace.changes.queries import START, get_identity
from marketplace.extensions import db


def lock(name: str, *, now: datetime) -> Follower | None:
    """The follower's place, ours until the end of the transaction; None while another process has it.

    A new follower begins with the first change that there is.
    """
    mine = select(Follower).where(Follower.name == name).with_for_update(skip_locked=True)
    mine = mine.execution_options(populate_existing=True)
    found = db.session.scalar(mine)
    if found is not None or db.session.scalar(select(exists().where(Follower.name == name))):
        return found
    begun = {
        "database": get_identity(db.session.connection()),
        "xid": START.xid,
        "change_id": START.change_id,
    }
    db.session.execute(insert(Follower).values(name=name, read_at=now, **begun).on_conflict_do_nothing())
    return db.session.scalar(mine)
