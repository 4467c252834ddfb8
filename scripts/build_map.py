"""Draws the maps from the shipped boundaries: outlines as pictures under `static/regions/maps`, which browsers keep, and
what pages lay over them (`marketplace/data/maps.json`).

Run after the boundaries changed: `python scripts/build_map.py`. Neighbours share their simplified line, since
it is simplified once, where TopoJSON keeps it. Indicative drawings: no official boundary.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "marketplace" / "data"
PICTURES = ROOT / "static" / "regions" / "maps"

COUNTRY_WIDTH = 1000
PROVINCE_SIDE = 640
TOLERANCE = 1.1
SMALLEST_ISLET = 3.0
# Circles stand at least so far apart that each is a target of 24 px where the country is 600 px wide, a province 560.
CIRCLE_DISTANCE = 40.0
PROVINCE_CIRCLE_DISTANCE = 27.5

Point = tuple[float, float]
Line = list[Point]


@dataclass(frozen=True)
class Projection:
    """Degrees to drawing units: plain, equal steps both ways, which suits a country on the equator."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    def point(self, longitude: float, latitude: float) -> Point:
        return (longitude - self.west) * self.scale, (self.north - latitude) * self.scale


def fit(points: Iterable[Point], width: float, height: float, margin: float) -> Projection:
    """The largest projection that shows all points within the box, with a margin in units."""
    longitudes, latitudes = zip(*points, strict=True)
    wide, high = max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)
    scale = min((width - 2 * margin) / wide, (height - 2 * margin) / high)
    return Projection(
        west=round(min(longitudes) - margin / scale, 5),
        north=round(max(latitudes) + margin / scale, 5),
        scale=round(scale, 5),
        width=round(wide * scale + 2 * margin),
        height=round(high * scale + 2 * margin),
    )


class Boundaries:
    """A TopoJSON file: its lines in degrees, and for each code the rings that they make."""

    def __init__(self, path: Path) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        self.lines = [list(_decoded(arc, **topology["transform"])) for arc in topology["arcs"]]
        (collection,) = topology["objects"].values()
        self.rings = {shape["id"]: list(_rings(shape)) for shape in collection["geometries"]}

    def points(self, codes: Iterable[str]) -> Iterator[Point]:
        """Every point of the given regions."""
        for code in codes:
            for ring in self.rings[code]:
                for index in ring:
                    yield from self.lines[index if index >= 0 else ~index]

    def paths(self, codes: Iterable[str], projection: Projection) -> dict[str, str]:
        """The `d` of each region in drawing units; islets are left out unless they are all there is."""
        wanted = list(codes)
        used = {max(index, ~index) for code in wanted for ring in self.rings[code] for index in ring}
        lines = {
            index: simplified([projection.point(*point) for point in self.lines[index]]) for index in used
        }
        return {code: _path([_assembled(ring, lines) for ring in self.rings[code]]) for code in wanted}


def _decoded(arc: list[list[int]], scale: Point, translate: Point) -> Iterator[Point]:
    """TopoJSON keeps steps in whole units; answers longitudes and latitudes."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield translate[0] + x * scale[0], translate[1] + y * scale[1]


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        yield from polygon


def _assembled(ring: list[int], lines: dict[int, Line]) -> Line:
    joined: Line = []
    for index in ring:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        joined.extend(line[1:] if joined else line)
    return joined


def simplified(line: Line) -> Line:
    """Douglas and Peucker's line; a closed one is halved at its farthest point first."""
    if line[0] != line[-1]:
        return _reduced(line)
    middle = max(range(len(line)), key=lambda at: hypot(line[at][0] - line[0][0], line[at][1] - line[0][1]))
    return _reduced(line[: middle + 1])[:-1] + _reduced(line[middle:])


def _reduced(line: Line) -> Line:
    kept = [False] * len(line)
    kept[0] = kept[-1] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, distance = first, 0.0
        for at in range(first + 1, last):
            away = _distance(line[at], line[first], line[last])
            if away > distance:
                far, distance = at, away
        if distance > TOLERANCE:
            kept[far] = True
            spans += [(first, far), (far, last)]
    return [point for point, keep in zip(line, kept, strict=True) if keep]


def _distance(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = hypot(bx - ax, by - ay)
    if length == 0:
        return hypot(px - ax, py - ay)
    along = max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length**2))
    return hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay))


def area(ring: Line) -> float:
    """The ring's area in square units, whichever way it turns."""
    following = ring[1:] + ring[:1]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, following, strict=True))) / 2


def _path(rings: list[Line]) -> str:
    by_size = sorted(rings, key=area, reverse=True)
    kept = [ring for ring in by_size if area(ring) >= SMALLEST_ISLET] or by_size[:1]
    return "".join(_drawn(ring) for ring in kept)


def _drawn(ring: Line) -> str:
    """One closed subpath in whole units, as steps from point to point, which compress well."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps: list[tuple[int, int]] = []
    at = whole[0]
    for point in whole[1:-1]:
        if point != at:
            steps.append((point[0] - at[0], point[1] - at[1]))
            at = point
    body = _compact(number for step in steps for number in step)
    return f"M{_compact(whole[0])}l{body}z" if steps else f"M{_compact(whole[0])}h1v1z"


def _compact(numbers: Iterable[int]) -> str:
    text = ""
    for number in numbers:
        text += f"{number}" if number < 0 or not text else f" {number}"
    return text


def spread(anchors: dict[str, Point], apart: float) -> dict[str, Point]:
    """Moves circles apart until each keeps its distance, as little as that takes."""
    places = dict(anchors)
    codes = sorted(places)
    for _ in range(2000):
        moved = False
        for at, one in enumerate(codes):
            for other in codes[at + 1 :]:
                moved |= _push_apart(places, one, other, apart)
        if not moved:
            return places
        for code in codes:
            (x, y), (ax, ay) = places[code], anchors[code]
            places[code] = (x + (ax - x) * 0.002, y + (ay - y) * 0.002)
    return places


def _push_apart(places: dict[str, Point], one: str, other: str, apart: float) -> bool:
    (ax, ay), (bx, by) = places[one], places[other]
    gap = hypot(bx - ax, by - ay) or 0.01
    lacking = apart - gap
    if lacking <= 0:
        return False
    push_x, push_y = (bx - ax) / gap * lacking / 2, (by - ay) / gap * lacking / 2
    places[one] = (ax - push_x, ay - push_y)
    places[other] = (bx + push_x, by + push_y)
    return lacking > 0.5


def label_points() -> dict[str, Point]:
    """Longitude and latitude of every region's label point."""
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}


@dataclass(frozen=True)
class Drawing:
    """One map: its projection, the outline of each region, and where each region's circle stands."""

    projection: Projection
    paths: dict[str, str]
    circles: dict[str, Point]

    def told(self) -> dict[str, Any]:
        """What pages need beside the picture."""
        circles = {code: [round(x, 1), round(y, 1)] for code, (x, y) in self.circles.items()}
        return {**vars(self.projection), "circles": circles}

    def picture(self) -> str:
        """The outlines as SVG, each under the id that `outline_id` of `marketplace.regions.maps` gives."""
        drawn = "".join(
            f'<path id="r{code.replace(".", "-")}" d="{outline}"/>\n' for code, outline in self.paths.items()
        )
        return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>\n{drawn}</defs></svg>\n'


def draw(boundaries: Boundaries, codes: list[str], side: int, *, margin: float, apart: float) -> Drawing:
    """The regions alone, as large as fits."""
    projection = fit(boundaries.points(codes), side, side, margin)
    points = label_points()
    circles = spread({code: projection.point(*points[code]) for code in codes}, apart)
    return Drawing(projection, boundaries.paths(codes, projection), circles)


def draw_all() -> tuple[Drawing, dict[str, Drawing]]:
    """The country by province, and each province by kabupaten and kota."""
    provinces = Boundaries(DATA / "boundaries" / "provinces.topojson")
    country = draw(provinces, sorted(provinces.rings), COUNTRY_WIDTH, margin=4, apart=CIRCLE_DISTANCE)
    regencies = Boundaries(DATA / "boundaries" / "regencies.topojson")
    members: dict[str, list[str]] = defaultdict(list)
    for code in sorted(regencies.rings):
        members[code[:2]].append(code)
    return country, {
        province: draw(regencies, codes, PROVINCE_SIDE, margin=16, apart=PROVINCE_CIRCLE_DISTANCE)
        for province, codes in members.items()
    }


def files() -> dict[Path, str]:
    """What each file holds."""
    country, provinces = draw_all()
    told = {"indonesia": country.told(), "provinces": {code: each.told() for code, each in provinces.items()}}
    pictures = {"indonesia": country, **provinces}
    return {
        DATA / "maps.json": json.dumps(told, separators=(",", ":")).replace('},"', '},\n"') + "\n",
        **{PICTURES / f"{name}.svg": drawing.picture() for name, drawing in pictures.items()},
    }


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for path, content in files().items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
