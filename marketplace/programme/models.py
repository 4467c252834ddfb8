from sqlalchemy import ForeignKey, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Pk, enum_check
from marketplace.data.provenance import Confidence
from marketplace.extensions import Model


class CohortEntry(Model):
    """One region in one intake of the programme, as a public page tells it; never the official list."""

    __tablename__ = "cohort_entries"
    __table_args__ = (
        UniqueConstraint("region_code", "year", "cohort"),
        enum_check("confidence", Confidence, "confidence"),
    )

    id: Mapped[Pk]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    year: Mapped[int] = mapped_column(SmallInteger)
    cohort: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    source_url_2: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[Confidence] = mapped_column(EnumText(Confidence))
    note: Mapped[str | None] = mapped_column(Text)
    note_id: Mapped[str | None] = mapped_column(Text)
