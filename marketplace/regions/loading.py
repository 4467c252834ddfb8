"""Brings the regions table in step with the shipped list."""

from decimal import Decimal

from sqlalchemy import Connection

from marketplace.data.reading import digest, read_rows
from marketplace.data.upserting import Changes, Row, Wanted, bring_in_step
from marketplace.regions.models import Region
from marketplace.regions.rules import CoordMethod, RegionType, Timezone, region_slug

# Raised when the loading itself changes, so that older databases load anew.
REVISION = 1
FILE = "regions.csv"


def fingerprint() -> str:
    """Changes whenever a load would have something to do."""
    return digest(FILE, revision=REVISION)


def load(connection: Connection) -> list[Changes]:
    """Upserts the 552 regions, provinces before those who refer to them."""
    rows = [_row(cells) for cells in read_rows(FILE)]
    rows.sort(key=lambda row: (row["type"] is not RegionType.PROVINSI, row["code"]))
    return bring_in_step(connection, Wanted(Region, rows, ("code",)))


def _row(cells: dict[str, str]) -> Row:
    kind = RegionType(cells["type"])
    return {
        "code": cells["code"],
        "type": kind,
        "name": cells["name"],
        "full_name": cells["full_name"],
        "short_name": cells["short_name"],
        "slug": region_slug(kind, cells["full_name"], cells["short_name"]),
        "province_code": cells["province_code"],
        "island_group": cells["island_group"],
        "timezone": Timezone(cells["timezone"]),
        "latitude": float(cells["latitude"]),
        "longitude": float(cells["longitude"]),
        "coord_method": CoordMethod(cells["coord_method"]),
        "population": int(cells["population"]),
        "area_km2": Decimal(cells["area_km2"]),
        "autonomous": cells["autonomous"] == "1",
    }
