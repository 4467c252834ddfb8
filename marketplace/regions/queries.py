from typing import Any

from sqlalchemy import select

from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE
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


def zone_at(region_code: str) -> str:
    """The zone (tz database) in which the days of that region end."""
    return str(gazetteer().by_code[region_code].timezone)


def zone_of(actor: Actor) -> str:
    """The zone (tz database) in which the actor works: that of the region of the organisation acted for, else WIB."""
    region_code = actor.main.region_code if actor.main else None
    place = gazetteer().by_code.get(region_code) if region_code else None
    return str(place.timezone) if place else HOME_ZONE


def forget() -> None:
    """Lets the next call read the regions anew."""
    _Held.gazetteer = None


def _read() -> Gazetteer:
    rows = db.session.execute(select(*_PLACE).order_by(Region.code))
    return Gazetteer(Place(*row) for row in rows)
