"""Takes an upload in; linking it to something that may be read is the caller's part."""

import hashlib
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.files import rules
from marketplace.files.jobs import draw_preview
from marketplace.files.models import Blob
from marketplace.files.previewing import is_drawn
from marketplace.files.rules import FileKind
from marketplace.files.scanning import scan
from marketplace.files.sniffing import check_upload, measured
from marketplace.files.storage import file_store


def store_upload(
    stream: BinaryIO,
    filename: str,
    *,
    actor: Actor,
    now: datetime,
    kinds: tuple[FileKind, ...] = rules.KINDS,
    limit: int = rules.LARGEST_BYTES,
) -> Blob:
    """The stored file with its id; refuses one too large, empty, of another kind, misnamed or infected."""
    kind = check_upload(stream, filename, kinds=kinds, limit=limit)
    status = scan(stream)
    blob = Blob(
        sha256=_sha256(stream),
        size=measured(stream),
        media_type=kind.media_type,
        storage_key=f"{now:%Y/%m}/{uuid4().hex}",
        original_name=rules.clean_name(filename),
        uploaded_by=actor.user_id,
        created_at=now,
        scan_status=status,
    )
    file_store().put(blob.storage_key, stream)
    db.session.add(blob)
    db.session.flush()
    return blob


def ask_preview(blob: Blob) -> None:
    """Defers the drawing of the file's first pages, in this transaction."""
    if is_drawn(blob):
        connection = db.session.connection().connection.driver_connection
        draw_preview.configure(connection=connection).defer(blob_id=blob.id)


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(1024 * 1024):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()
