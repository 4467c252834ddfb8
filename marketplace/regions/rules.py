"""What a region is, told apart from its rows."""

from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from marketplace.core.text import slugify


class RegionType(StrEnum):
    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"


class Timezone(StrEnum):
    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


class CoordMethod(StrEnum):
    SOURCE_CENTROID = "source_centroid"
    REPRESENTATIVE_POINT = "representative_point"
    CENTROID = "centroid"


def is_province_code(code: str) -> bool:
    """Whether a Kemendagri code is a province's: only its kabupaten and kota have a second part."""
    return "." not in code


def display_name(kind: RegionType, full_name: str, short_name: str) -> str:
    """The name with its kind before it: "Kota Bitung", "Kabupaten Solok", "Provinsi DKI Jakarta"."""
    return f"Provinsi {short_name}" if kind is RegionType.PROVINSI else full_name


def region_slug(kind: RegionType, full_name: str, short_name: str) -> str:
    """The words of a region's address, after its code."""
    return slugify(display_name(kind, full_name, short_name))


_EARTH_RADIUS_KM = 6371.0


def distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres between two points, each (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (start, end))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(half))
