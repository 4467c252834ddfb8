from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.data.provenance import Confidence
from marketplace.extensions import Model
from marketplace.innovations.rules import InnovationKind, InnovationStatus


class Innovation(Model):
    """What a region has running and others may take over; from a public source, facts in own words."""

    __tablename__ = "innovations"
    __table_args__ = (
        UniqueConstraint("external_id"),
        UniqueConstraint("slug"),
        enum_check("kind", InnovationKind, "kind"),
        enum_check("status", InnovationStatus, "status"),
        enum_check("confidence", Confidence, "confidence"),
        CheckConstraint("value_idr > 0", name="value_positive"),
        Index(None, "region_code", "id"),
    )

    id: Mapped[Pk]
    external_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[InnovationKind] = mapped_column(EnumText(InnovationKind))
    slug: Mapped[str] = mapped_column(Text)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    title: Mapped[str] = mapped_column(Text)
    dimension_code: Mapped[str] = mapped_column(ForeignKey("dimensions.code"))
    sector_code: Mapped[str | None] = mapped_column(ForeignKey("sectors.code"))
    description_id: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None] = mapped_column(SmallInteger)
    status: Mapped[InnovationStatus] = mapped_column(EnumText(InnovationStatus))
    scheme_codes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    scheme_text: Mapped[str | None] = mapped_column(Text)
    value_idr: Mapped[int | None] = mapped_column(BigInteger)
    source_url: Mapped[str] = mapped_column(Text)
    source_name: Mapped[str] = mapped_column(Text)
    confidence: Mapped[Confidence] = mapped_column(EnumText(Confidence))
    note_id: Mapped[str | None] = mapped_column(Text)


class InnovationWant(Model):
    """ "Kami juga butuh ini": said once by a government; its region is kept as it was then."""

    __tablename__ = "innovation_wants"
    __table_args__ = (
        UniqueConstraint("innovation_id", "organisation_id"),
        Index(None, "organisation_id"),
    )

    id: Mapped[Pk]
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
