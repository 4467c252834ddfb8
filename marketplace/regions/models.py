from decimal import Decimal

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, enum_check
from marketplace.extensions import Model
from marketplace.regions.rules import CoordMethod, RegionType, Timezone


class Region(Model):
    """A province, kabupaten or kota of the official list; codes are Kemendagri's, as text ("71", "71.72")."""

    __tablename__ = "regions"
    __table_args__ = (
        enum_check("type", RegionType, "type"),
        enum_check("timezone", Timezone, "timezone"),
        enum_check("coord_method", CoordMethod, "coord_method"),
        CheckConstraint(r"code ~ '^\d\d(\.\d\d)?$'", name="code_format"),
        CheckConstraint("(type = 'provinsi') = (code = province_code)", name="province_is_its_own"),
        CheckConstraint("left(code, 2) = province_code", name="code_begins_with_province"),
        Index(None, "province_code", "code"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    type: Mapped[RegionType] = mapped_column(EnumText(RegionType))
    name: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    # A province is its own: "everything in 71" is one comparison, the province included.
    province_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    island_group: Mapped[str] = mapped_column(Text)
    timezone: Mapped[Timezone] = mapped_column(EnumText(Timezone))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    coord_method: Mapped[CoordMethod] = mapped_column(EnumText(CoordMethod))
    population: Mapped[int] = mapped_column(Integer)
    area_km2: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    # False for the six of DKI Jakarta, which cannot sign for themselves.
    autonomous: Mapped[bool]
