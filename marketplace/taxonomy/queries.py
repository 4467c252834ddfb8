from collections import defaultdict

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.taxonomy.catalogue import DimensionTerm, Kbli, SchemeTerm, SectorTerm, Taxonomy
from marketplace.taxonomy.kbli_suggestion import DIGITS, EDITION
from marketplace.taxonomy.models import Dimension, KbliEntry, Scheme, Sector, SectorKbli


class _Held:
    taxonomy: Taxonomy | None = None


def taxonomy() -> Taxonomy:
    """All dimensions, sectors, schemes and businesses, read once a process; they change only with `load-reference`."""
    held = _Held.taxonomy
    if held is None:
        held = Taxonomy(_dimensions(), _sectors(), _schemes(), _businesses())
        # An empty table is one that is still to be loaded.
        _Held.taxonomy = held if held.sectors else None
    return held


def forget() -> None:
    """Lets the next call read them anew."""
    _Held.taxonomy = None


def _dimensions() -> list[DimensionTerm]:
    columns = (Dimension.code, Dimension.name_id, Dimension.name_en, Dimension.name, Dimension.position)
    return [DimensionTerm(*row) for row in db.session.execute(select(*columns).order_by(Dimension.position))]


def _sectors() -> list[SectorTerm]:
    kbli = _kbli_by_sector()
    columns = (Sector.code, Sector.name_id, Sector.name_en, Sector.dimension_code, Sector.oc4ids_code)
    rows = db.session.execute(select(*columns).order_by(Sector.position))
    return [SectorTerm(*row, kbli=tuple(kbli[row.code])) for row in rows]


def _kbli_by_sector() -> dict[str, list[Kbli]]:
    rows = db.session.execute(
        select(SectorKbli.sector_code, KbliEntry.edition, KbliEntry.code, KbliEntry.title)
        .join(KbliEntry, (KbliEntry.edition == SectorKbli.edition) & (KbliEntry.code == SectorKbli.kbli_code))
        .order_by(SectorKbli.sector_code, SectorKbli.position)
    )
    found: dict[str, list[Kbli]] = defaultdict(list)
    for sector_code, edition, code, title in rows:
        found[sector_code].append(Kbli(edition, code, title))
    return found


def _businesses() -> list[Kbli]:
    """All that a listing may name, in the order of their codes."""
    columns = (KbliEntry.edition, KbliEntry.code, KbliEntry.title)
    named = select(*columns).where(KbliEntry.edition == EDITION, KbliEntry.digits == DIGITS)
    return [Kbli(*row) for row in db.session.execute(named.order_by(KbliEntry.code))]


def _schemes() -> list[SchemeTerm]:
    columns = (Scheme.code, Scheme.name_id, Scheme.name_en, Scheme.long_name_id, Scheme.source)
    return [SchemeTerm(*row) for row in db.session.execute(select(*columns).order_by(Scheme.position))]
