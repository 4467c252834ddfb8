"""All regions as values, held by each process: names, kin and neighbours without a query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from marketplace.regions.rules import RegionType, Timezone, display_name, distance_km


@dataclass(frozen=True)
class Place:
    """One region, as pages need it; area in km2, point in degrees (a label point, no capital)."""

    code: str
    type: RegionType
    name: str
    full_name: str
    short_name: str
    slug: str
    province_code: str
    island_group: str
    timezone: Timezone
    latitude: float
    longitude: float
    population: int
    area_km2: Decimal
    autonomous: bool

    @cached_property
    def display(self) -> str:
        """The name with its kind: "Kota Bitung", "Provinsi DKI Jakarta"."""
        return display_name(self.type, self.full_name, self.short_name)

    @property
    def is_province(self) -> bool:
        return self.type is RegionType.PROVINSI

    @property
    def path(self) -> str:
        """The last part of the region's address: "71.72-kota-bitung"."""
        return f"{self.code}-{self.slug}"

    @property
    def point(self) -> tuple[float, float]:
        return self.latitude, self.longitude

    @property
    def zone(self) -> str:
        """WIB, WITA or WIT."""
        return self.timezone.name


class Gazetteer:
    """Lookups over all regions; unknown codes give None or an empty list."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code = {place.code: place for place in sorted(places, key=lambda place: place.code)}
        self.provinces = [place for place in self.by_code.values() if place.is_province]
        self.province_names = {place.code: place.short_name for place in self.provinces}
        self._children: dict[str, list[Place]] = defaultdict(list)
        for place in self.by_code.values():
            if not place.is_province:
                self._children[place.province_code].append(place)

    def find(self, code: str) -> Place | None:
        return self.by_code.get(code)

    def children(self, province_code: str) -> list[Place]:
        """The kabupaten and kota of a province, by code."""
        return self._children.get(province_code, [])

    def members(self, code: str) -> list[str]:
        """The codes that a filter on this region covers: a province's own and its kabupaten and kota."""
        return [code, *(child.code for child in self.children(code))]

    def province_of(self, code: str) -> Place | None:
        """The region's province; a province is its own."""
        return self.by_code.get(code[:2])

    def place_text(self, code: str) -> str:
        """Where that is, in one phrase: "Kota Bitung, Sulawesi Utara"; "Provinsi Bali"."""
        place = self.by_code[code]
        if place.is_province:
            return place.display
        return f"{place.display}, {self.by_code[place.province_code].short_name}"

    def governments(self) -> list[Place]:
        """The 546 that can sign for themselves, by code."""
        return [place for place in self.by_code.values() if place.autonomous]

    def nearest(self, code: str, limit: int) -> list[Place]:
        """The nearest others of the same province, by the distance of their label points."""
        here = self.by_code[code]
        others = [place for place in self.children(here.province_code) if place.code != code]
        others.sort(key=lambda place: (distance_km(here.point, place.point), place.code))
        return others[:limit]

    def search(self, query: str) -> list[Place]:
        """Regions whose name, kind or code holds every word of the query, by code."""
        words = query.casefold().replace("kab.", "kabupaten").split()
        return [
            place
            for place in self.by_code.values()
            if all(word in f"{place.display} {place.full_name} {place.code}".casefold() for word in words)
        ]
