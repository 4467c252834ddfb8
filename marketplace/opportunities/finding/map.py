"""The listings of a question on a map: shades, figures and points, and the same figures as rows of a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from marketplace.opportunities.finding.question import Arguments, Question
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.maps import Ground, circle_radius, ground, outline_id
from marketplace.regions.shading import Shades, shades
from marketplace.search.places import Figures, Spread

# The fullest; more of them would hide each other.
MOST_POINTS = 150
_POINT_RADII = (1.6, 6.0)


class Measure(StrEnum):
    """What the shades mean."""

    COUNT = "jumlah"
    VALUE = "nilai"

    def of(self, figures: Figures) -> int:
        return figures.count if self is Measure.COUNT else figures.value_idr


class Order(StrEnum):
    """By what the rows of the table are ordered."""

    NAME = "nama"
    COUNT = "jumlah"
    VALUE = "nilai"


@dataclass(frozen=True, slots=True)
class Look:
    """How the map is looked at, beside the question; in the address where it is not the usual."""

    measure: Measure = Measure.COUNT
    order: Order = Order.COUNT

    def pairs(self) -> list[tuple[str, str]]:
        pairs = [("warna", self.measure.value)] if self.measure is not Measure.COUNT else []
        return pairs + ([("susun", self.order.value)] if self.order.value != self.measure.value else [])


def parse_look(arguments: Arguments) -> Look:
    """The look of an address; unknown words are ignored."""
    given = {name: (arguments.getlist(name) or [""])[0] for name in ("warna", "susun")}
    measure = Measure.VALUE if given["warna"] == Measure.VALUE else Measure.COUNT
    order = next((each for each in Order if each == given["susun"]), Order(measure.value))
    return Look(measure, order)


@dataclass(frozen=True, slots=True)
class Area:
    """A region: its figures, their class (0 for nothing) and its tone, where they are drawn, where it leads."""

    code: str
    name: str
    figures: Figures
    shade: int
    tone: int
    x: float
    y: float
    radius: float
    url: str

    @property
    def outline_id(self) -> str:
        return outline_id(self.code)


@dataclass(frozen=True, slots=True)
class Point:
    """Listings of one kabupaten or kota on the map of the country."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class ListingMap:
    """What the page draws: regions with listings in the order of the table, then those without by name; `beside` are
    outlines that were not asked for."""

    ground: Ground
    province: Place | None
    areas: list[Area]
    empty: list[Area]
    beside: list[str]
    points: list[Point]
    shades: Shades
    # Of the whole province, hence in none of its parts.
    alone: Figures


def province_of(question: Question) -> str | None:
    """The province in which all chosen regions lie; None for the whole country."""
    provinces = {code[:2] for code in question.values("daerah")}
    return provinces.pop() if len(provinces) == 1 else None


def address(path: str, question: Question, look: Look) -> str:
    """The page of a map."""
    return looked_at(path + question.query("halaman"), look)


def looked_at(url: str, look: Look) -> str:
    """The address of a question with its look."""
    pairs = urlencode(look.pairs())
    return f"{url}{'&' if '?' in url else '?'}{pairs}" if pairs else url


def within(question: Question, code: str) -> Question:
    """The same question, asked of that region."""
    return replace(question, chosen={**question.chosen, "daerah": (code,)}, page=1)


def draw_map(
    question: Question, look: Look, found: Spread, places: Gazetteer, link: Callable[[str], str]
) -> ListingMap:
    """The map of a question; `link` gives the address to which a region's code leads."""
    province = province_of(question)
    base = ground(province)
    asked = shaded(question, places)
    figures = {place.code: found.of.get(place.code, Figures()) for place in asked}
    limits = shades(look.measure.of(each) for each in figures.values())
    largest = max((each.count for each in figures.values()), default=1)
    areas = [_area(place, figures[place.code], look, limits, base, largest, link) for place in asked]
    return ListingMap(
        ground=base,
        province=places.by_code[province] if province else None,
        areas=_ordered([area for area in areas if area.figures.count], look.order),
        empty=_ordered([area for area in areas if not area.figures.count], Order.NAME),
        beside=[outline_id(code) for code in base.drawn["circles"] if code not in figures],
        points=[] if province else _points(found.counts, set(figures), places, base),
        shades=limits,
        alone=found.alone.get(province, Figures()) if province else Figures(),
    )


def shaded(question: Question, places: Gazetteer) -> list[Place]:
    """The regions that the map of a question has figures of: all of its level, unless some of them were chosen."""
    chosen, province = question.values("daerah"), province_of(question)
    if province is None:
        wanted = {code[:2] for code in chosen}
        return [place for place in places.provinces if not wanted or place.code in wanted]
    return [place for place in places.children(province) if province in chosen or place.code in chosen]


def _area(
    place: Place,
    figures: Figures,
    look: Look,
    limits: Shades,
    base: Ground,
    largest: int,
    link: Callable[[str], str],
) -> Area:
    x, y = base.anchor(place.code)
    name = place.short_name if place.is_province else place.display
    shade = limits.of(look.measure.of(figures))
    radius = circle_radius(max(figures.count, 1), largest)
    return Area(
        place.code,
        name,
        figures,
        shade,
        limits.tone(shade),
        x,
        y,
        radius,
        link(place.code),
    )


def _ordered(areas: list[Area], order: Order) -> list[Area]:
    by_name = sorted(areas, key=lambda area: area.name)
    if order is Order.NAME:
        return by_name
    measure = Measure(order.value)
    return sorted(by_name, key=lambda area: measure.of(area.figures), reverse=True)


def _points(counts: Mapping[str, int], asked: set[str], places: Gazetteer, base: Ground) -> list[Point]:
    """The fullest kabupaten and kota, the fullest first, so that smaller ones lie above them."""
    counted = [(count, code) for code, count in counts.items() if len(code) > 2 and code[:2] in asked]
    kept = sorted(counted, key=lambda each: (-each[0], each[1]))[:MOST_POINTS]
    largest = kept[0][0] if kept else 1
    return [
        Point(*base.place(places.by_code[code].point), circle_radius(count, largest, *_POINT_RADII))
        for count, code in kept
    ]
