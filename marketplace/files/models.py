"""What is known of a stored file; its bytes lie in the storage."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.files.rules import LONGEST_NAME, ScanStatus


class Blob(Model):
    """One uploaded file, never changed; a slice's link table says who may read it."""

    __tablename__ = "blobs"

    id: Mapped[Pk]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    original_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    uploaded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    scan_status: Mapped[ScanStatus] = mapped_column(EnumText(ScanStatus))
    # NULL: not drawn yet, or never to be; 0: nothing in it could be drawn.
    preview_pages: Mapped[int | None] = mapped_column(SmallInteger)
    pages: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        enum_check("scan_status", ScanStatus, "scan_status"),
        CheckConstraint("size > 0", name="size_positive"),
        Index("ix_blobs_uploaded_by", "uploaded_by"),
    )
