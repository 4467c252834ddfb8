from typing import Any

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.models import Region

_PLACE: tuple[Any, ...] = (
    Region.code, Region.type, Region.name, Region.full_name, Region.short_name, Region.slug,
    Region.province_code, Region.island_group, Region.timezone, Region.latitude, Region.longitude,
    Region.population, Region.area_km2, Region.autonomous,
)  # fmt: skip


class _Held:
    gazetteer: Gazetteer | None = None


def gazetteer() -> Gazetteer:
    """All regions, read once a process; reference data changes only with a new start or `load-reference`."""
    held = _Held.gazetteer
    if held is None:
        held = _read()
        # An empty table is one that is still to be loaded.
        _Held.gazetteer = held if held.by_code else None
    return held


def forget() -> None:
    """Lets the next call read the regions anew."""
    _Held.gazetteer = None


def _read() -> Gazetteer:
    rows = db.session.execute(select(*_PLACE).order_by(Region.code))
    return Gazetteer(Place(*row) for row in rows)
