"""The maps as values for the macros of `templates/regions/_maps.html`; drawn by `scripts/build_map.py`.

Outlines are pictures of their own (`static/regions/maps`), which browsers keep; a page refers to them by code.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

from marketplace.data.reading import FOLDER

SMALLEST_RADIUS = 9.0
LARGEST_RADIUS = 20.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One region's outline, by its id in the picture."""

    code: str
    marked: bool

    @property
    def outline_id(self) -> str:
        return outline_id(self.code)


@dataclass(frozen=True, slots=True)
class Circle:
    """A count on a region's label point; x, y and radius in drawing units."""

    code: str
    name: str
    x: float
    y: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class CountryMap:
    width: int
    height: int
    shapes: tuple[Shape, ...]
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """A province with its kabupaten and kota; `dot` is the label point of the one that is meant."""

    code: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    dot: tuple[float, float] | None


def outline_id(code: str) -> str:
    """What a region's outline is called in its picture."""
    return f"r{code.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Ground:
    """An empty map, for figures to be drawn on: the country by province, or a province by kabupaten and kota."""

    picture: str
    drawn: Mapping[str, Any]

    @property
    def width(self) -> int:
        return int(self.drawn["width"])

    @property
    def height(self) -> int:
        return int(self.drawn["height"])

    def anchor(self, code: str) -> tuple[float, float]:
        """Where a region's own figure stands, clear of its neighbours'."""
        x, y = self.drawn["circles"][code]
        return x, y

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """A point (latitude, longitude) in drawing units."""
        return _place(self.drawn, point)


def ground(province: str | None = None) -> Ground:
    """The map of that province, or of the country."""
    if province is None:
        return Ground("indonesia", _drawn()["indonesia"])
    return Ground(province, _drawn()["provinces"][province])


@cache
def _drawn() -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads((FOLDER / "maps.json").read_text(encoding="utf-8"))
    return drawn


def country_map(counts: Mapping[str, int], names: Mapping[str, str]) -> CountryMap:
    """Indonesia by province, those that count something marked; counts and names by province code."""
    country = _drawn()["indonesia"]
    shown = {code: count for code, count in counts.items() if count > 0}
    largest = max(shown.values(), default=1)
    return CountryMap(
        country["width"],
        country["height"],
        tuple(Shape(code, code in shown) for code in country["circles"]),
        tuple(
            _circle(code, names[code], country["circles"][code], count, largest)
            for code, count in sorted(shown.items())
        ),
    )


def _circle(code: str, name: str, place: list[float], count: int, largest: int) -> Circle:
    return Circle(code, name, place[0], place[1], circle_radius(count, largest), count)


def circle_radius(
    count: int, largest: int, smallest: float = SMALLEST_RADIUS, widest: float = LARGEST_RADIUS
) -> float:
    """The area grows evenly from the smallest circle (that holds a figure) to the one of the largest count."""
    share = (count - 1) / (largest - 1) if largest > 1 else 0.0
    return round(sqrt(smallest**2 + (widest**2 - smallest**2) * share), 1)


def province_map(code: str, point: tuple[float, float] | None = None) -> ProvinceMap:
    """The province of a region, that region marked (a province: all), a dot on (latitude, longitude)."""
    province = _drawn()["provinces"][code[:2]]
    dot = _place(province, point) if point else None
    return ProvinceMap(
        code[:2],
        province["width"],
        province["height"],
        tuple(Shape(each, each.startswith(code)) for each in province["circles"]),
        dot,
    )


def _place(projection: Mapping[str, Any], point: tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = point
    return (
        round((longitude - projection["west"]) * projection["scale"], 1),
        round((projection["north"] - latitude) * projection["scale"], 1),
    )
