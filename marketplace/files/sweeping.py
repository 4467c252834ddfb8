"""Takes away files that nothing leads to: of a lost race, an upload that was refused later, a document taken off."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Column, delete, exists, select
from sqlalchemy.exc import IntegrityError

from marketplace.extensions import Model, db
from marketplace.files.models import Blob
from marketplace.files.storage import file_store

# Far longer than any request between putting the bytes and committing the row that names them.
SAFE_AGE = timedelta(days=1)
# What `store_upload` names, and the drawn pages beside it; anything else in the same bucket is not ours to remove.
OWN_KEY = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9a-f]{32})(-[0-9]+)?")


def links() -> list[Column[int]]:
    """The columns of all slices that lead to a blob."""
    return [
        column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "blobs.id" for key in column.foreign_keys)
    ]


def forget_unlinked(*, now: datetime) -> int:
    """Deletes the rows of old blobs that no slice links to, in this transaction; how many."""
    unlinked = [~exists().where(link == Blob.id) for link in links()]
    old = db.session.scalars(select(Blob.id).where(Blob.created_at < now - SAFE_AGE, *unlinked)).all()
    return sum(_forget(blob_id) for blob_id in old)


def _forget(blob_id: int) -> bool:
    # Linked in the meantime: the foreign key has the last word.
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.execute(delete(Blob).where(Blob.id == blob_id))
        return True
    return False


def remove_unnamed(*, now: datetime) -> int:
    """Removes old stored files that no row names; how many. The rows must be committed.

    A database without any file is not the one that this storage belongs to (a restore under way): nothing is removed.
    """
    if db.session.scalar(select(Blob.id).limit(1)) is None:
        return 0
    return sum(_remove_of(keys) for keys in file_store().keys_before(now - SAFE_AGE))


def _remove_of(keys: list[str]) -> int:
    of_file = {key: found[1] for key in keys if (found := OWN_KEY.fullmatch(key))}
    named = set(db.session.scalars(select(Blob.storage_key).where(Blob.storage_key.in_(of_file.values()))))
    unnamed = [key for key, file_key in of_file.items() if file_key not in named]
    for key in unnamed:
        file_store().delete(key)
    return len(unnamed)
