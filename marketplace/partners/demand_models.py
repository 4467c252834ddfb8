from enum import StrEnum

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, enum_check
from marketplace.extensions import Model
from marketplace.partners.demand_rules import Size


class Kind(StrEnum):
    """What demand is counted by."""

    SECTOR = "sector"
    PROVINCE = "province"


class DemandCount(Model):
    """How many partners of one size looked for one sector or province when that was counted last."""

    __tablename__ = "demand_counts"
    __table_args__ = (enum_check("kind", Kind, "kind"), enum_check("size", Size, "size"))

    kind: Mapped[Kind] = mapped_column(EnumText(Kind), primary_key=True)
    # Empty: anywhere.
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    size: Mapped[Size] = mapped_column(EnumText(Size), primary_key=True)
    partners: Mapped[int] = mapped_column(Integer)
    counted_at: Mapped[Moment]
