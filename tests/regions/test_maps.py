from math import hypot

from marketplace.regions.maps import LARGEST_RADIUS, SMALLEST_RADIUS, circle_radius, country_map, province_map


def test_circles_stand_only_where_something_is_counted() -> None:
    drawn = country_map({"71": 3, "32": 10, "51": 0}, {"71": "Sulawesi Utara", "32": "Jawa Barat"})
    shown = [(circle.name, circle.count) for circle in drawn.circles]
    assert shown == [("Jawa Barat", 10), ("Sulawesi Utara", 3)]
    assert {shape.code for shape in drawn.shapes if shape.marked} == {"32", "71"}
    assert len(drawn.shapes) == 38


def test_area_grows_evenly_with_the_count() -> None:
    assert circle_radius(1, 1) == SMALLEST_RADIUS
    assert circle_radius(10, 10) == LARGEST_RADIUS
    first, middle, last = (circle_radius(count, 9) ** 2 for count in (1, 5, 9))
    assert abs((middle - first) - (last - middle)) < 5


def test_circles_are_far_enough_apart_to_be_pressed() -> None:
    codes = [shape.code for shape in country_map({}, {}).shapes]
    circles = country_map(dict.fromkeys(codes, 1), dict.fromkeys(codes, "")).circles
    gaps = [hypot(a.x - b.x, a.y - b.y) for a in circles for b in circles if a.code < b.code]
    assert len(circles) == 38
    assert min(gaps) >= 39


def test_one_region_is_marked_in_its_province() -> None:
    drawn = province_map("71.72", (1.44, 125.19))
    assert [shape.code for shape in drawn.shapes if shape.marked] == ["71.72"]
    assert drawn.dot is not None
    x, y = drawn.dot
    assert 0 < x < drawn.width
    assert 0 < y < drawn.height


def test_a_province_is_marked_whole() -> None:
    drawn = province_map("71")
    assert {shape.marked for shape in drawn.shapes} == {True}
    assert drawn.dot is None
