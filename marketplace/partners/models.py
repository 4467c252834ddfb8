from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Integer, Numeric, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Pk, enum_check
from marketplace.extensions import Model
from marketplace.partners.rules import LegalForm, PartnerKind

_NO_CODES = text("'{}'::text[]")


class PartnerProfile(Model):
    """What a partner organisation is, offers and looks for; one row an organisation of kind partner."""

    __tablename__ = "partner_profiles"
    __table_args__ = (
        enum_check("partner_kind", PartnerKind, "partner_kind"),
        enum_check("legal_form", LegalForm, "legal_form"),
        CheckConstraint("ticket_min_idr IS NULL OR ticket_min_idr > 0", name="ticket_min_positive"),
        CheckConstraint(
            "ticket_min_idr IS NULL OR ticket_max_idr IS NULL OR ticket_min_idr <= ticket_max_idr",
            name="ticket_ordered",
        ),
        CheckConstraint("readiness_from BETWEEN 1 AND 6", name="readiness_from_rung"),
        CheckConstraint(
            "(ticket_min_usd IS NULL AND ticket_max_usd IS NULL) = (usd_rate IS NULL)"
            " AND (usd_rate IS NULL) = (usd_rate_on IS NULL)",
            name="usd_has_rate",
        ),
    )

    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    partner_kind: Mapped[PartnerKind] = mapped_column(EnumText(PartnerKind))
    legal_name: Mapped[str] = mapped_column(Text)
    legal_form: Mapped[LegalForm] = mapped_column(EnumText(LegalForm))
    country: Mapped[str] = mapped_column(Text, server_default=text("'ID'"))
    nib: Mapped[str | None] = mapped_column(Text)
    npwp: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text, server_default=text("''"))
    hub_id_cohort: Mapped[str] = mapped_column(Text, server_default=text("''"))
    about_id: Mapped[str] = mapped_column(Text, server_default=text("''"))
    about_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # Whole rupiah.
    ticket_min_idr: Mapped[int | None] = mapped_column(BigInteger)
    ticket_max_idr: Mapped[int | None] = mapped_column(BigInteger)
    sector_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_CODES)
    region_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_CODES)
    scheme_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_CODES)
    capability_codes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_CODES)
    # From which rung of readiness a listing is of interest, 1 to 6; none named: from the first idea on.
    readiness_from: Mapped[int | None] = mapped_column(Integer)
    # A ticket written in dollars; the rupiah above are these at that rate of that day.
    ticket_min_usd: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    ticket_max_usd: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    usd_rate: Mapped[int | None] = mapped_column(Integer)
    usd_rate_on: Mapped[date | None] = mapped_column(Date)


class TrackRecord(Model):
    """A project that the partner has done."""

    __tablename__ = "track_records"

    id: Mapped[Pk]
    organisation_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, server_default=text("''"))
    year: Mapped[int | None] = mapped_column(Integer)
    value_idr: Mapped[int | None] = mapped_column(BigInteger)
    evidence_url: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # Where nothing can be linked to: a letter's number, who may be asked.
    evidence_words: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    # In which sector the experience counts; none named: in none that is known.
    sector_code: Mapped[str | None] = mapped_column(Text, ForeignKey("sectors.code"))
