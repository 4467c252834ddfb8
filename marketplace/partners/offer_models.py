from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.partners.offer_rules import STORED, OfferStatus

_NO_CODES = text("'{}'::text[]")


def _codes() -> Mapped[list[str]]:
    return mapped_column(ARRAY(Text), server_default=_NO_CODES, default=list)


class StandingOffer(Model):
    """What a partner would fund or supply wherever it is wanted; *expired* is derived from its date."""

    __tablename__ = "standing_offers"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        CheckConstraint("cardinality(sector_codes) > 0", name="has_sector"),
        CheckConstraint("ticket_min_idr > 0", name="ticket_min_positive"),
        CheckConstraint("ticket_min_idr <= ticket_max_idr", name="ticket_ordered"),
        Index("ix_standing_offers_organisation_id_status_id", "organisation_id", "status", "id"),
        # Matching looks which ended with a day.
        Index("ix_standing_offers_valid_until", "valid_until", postgresql_where=text("status = 'open'")),
    )

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE")
    )
    status: Mapped[OfferStatus] = mapped_column(EnumText(OfferStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    title_id: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    words_id: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    capability_codes: Mapped[list[str]] = _codes()
    sector_codes: Mapped[list[str]] = _codes()
    # Provinces; none named means anywhere. Schemes: none named means any.
    region_codes: Mapped[list[str]] = _codes()
    scheme_codes: Mapped[list[str]] = _codes()
    # Whole rupiah.
    ticket_min_idr: Mapped[int | None] = mapped_column(BigInteger)
    ticket_max_idr: Mapped[int | None] = mapped_column(BigInteger)
    valid_until: Mapped[date] = mapped_column(Date)
    created_at: Mapped[Moment]
    edited_at: Mapped[Moment]
