"""Makes the copy of their own data that a person asked for."""

from datetime import datetime

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.notifications.actions import Notice, tell
from marketplace.privacy import exporting
from marketplace.privacy.erasing import identify
from marketplace.privacy.models import DataExport
from marketplace.privacy.stepping import PAGE


def make_copy(export_id: int, *, now: datetime) -> bool:
    """Makes what was asked for and tells its owner; False where it was made before or is not wanted any more."""
    row = db.session.scalar(select(DataExport).where(DataExport.id == export_id).with_for_update())
    if row is None or row.ready_at is not None:
        return False
    with exporting.packed(identify(row.user_id, now=now)) as (stream, size):
        file_store().put(row.storage_key, stream)
    row.ready_at, row.size = now, size
    tell([Notice("data_copy_ready", [row.user_id], PAGE)], now=now)
    db.session.flush()
    return True
