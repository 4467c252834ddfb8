from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.extensions import Model


class Dimension(Model):
    """One of the programme's six; `name` is the programme's own English name, used in both languages."""

    __tablename__ = "dimensions"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_id: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(SmallInteger)


class Sector(Model):
    """A sub-sector of one dimension."""

    __tablename__ = "sectors"
    __table_args__ = (Index(None, "dimension_code", "position"),)

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    dimension_code: Mapped[str] = mapped_column(ForeignKey("dimensions.code"))
    name_id: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    oc4ids_code: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(SmallInteger)


class KbliEntry(Model):
    """One code of BPS's classification of businesses, in one edition ("2020")."""

    __tablename__ = "kbli_entries"

    edition: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    digits: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str] = mapped_column(Text)


class SectorKbli(Model):
    """Which businesses a sector calls for."""

    __tablename__ = "sector_kbli"
    __table_args__ = (
        ForeignKeyConstraint(["edition", "kbli_code"], ["kbli_entries.edition", "kbli_entries.code"]),
    )

    sector_code: Mapped[str] = mapped_column(ForeignKey("sectors.code"), primary_key=True)
    edition: Mapped[str] = mapped_column(Text, primary_key=True)
    kbli_code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)


class Scheme(Model):
    """A way to fund or to cooperate; `source` names where its meaning was read."""

    __tablename__ = "schemes"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_id: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    long_name_id: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(SmallInteger)
