"""What the map shows of a question, without an index."""

from decimal import Decimal

import pytest

from marketplace.opportunities.finding.map import (
    MOST_POINTS,
    Look,
    Measure,
    Order,
    draw_map,
    looked_at,
    province_of,
)
from marketplace.opportunities.finding.question import Question
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.maps import ground
from marketplace.regions.rules import RegionType, Timezone
from marketplace.search.places import Figures, Spread

CODES = [
    code for province in ground().drawn["circles"] for code in (province, *ground(province).drawn["circles"])
]


def place(code: str) -> Place:
    kind = RegionType.PROVINSI if len(code) == 2 else RegionType.KOTA
    return Place(
        code,
        kind,
        code,
        f"Kota {code}",
        code,
        code,
        code[:2],
        "",
        Timezone.WIB,
        -2.0,
        118.0,
        1,
        Decimal(1),
        True,
    )


PLACES = Gazetteer(place(code) for code in CODES)
EVERYWHERE = Spread(
    of={code: Figures(index + 1, index * 10**9, index) for index, code in enumerate(CODES)},
    counts={code: index + 1 for index, code in enumerate(CODES)},
)


def test_points_are_the_fullest_and_few() -> None:
    drawn = draw_map(Question(), Look(), EVERYWHERE, PLACES, str)
    assert len(drawn.points) == MOST_POINTS < len(CODES)
    assert drawn.points[0].radius >= drawn.points[-1].radius
    assert len(drawn.areas) == 38
    assert {area.tone for area in drawn.areas} == {
        drawn.shades.tone(n + 1) for n in range(len(drawn.shades.lowest))
    }


def test_a_chosen_part_leaves_the_rest_of_its_province_as_outlines() -> None:
    question = Question(chosen={"daerah": ("71.72",)})
    drawn = draw_map(question, Look(Measure.VALUE, Order.NAME), EVERYWHERE, PLACES, str)
    assert [area.code for area in drawn.areas] == ["71.72"]
    assert "r71-01" in drawn.beside
    assert drawn.points == []


@pytest.mark.parametrize(
    "chosen,province", [((), None), (("71",), "71"), (("71.01", "71.72"), "71"), (("71.72", "35"), None)]
)
def test_the_map_is_of_the_one_province_that_was_asked_for(
    chosen: tuple[str, ...], province: str | None
) -> None:
    assert province_of(Question(chosen={"daerah": chosen} if chosen else {})) == province


@pytest.mark.parametrize(
    "look,address",
    [
        (Look(), "/p?q=a"),
        (Look(Measure.VALUE, Order.VALUE), "/p?q=a&warna=nilai"),
        (Look(Measure.VALUE, Order.NAME), "/p?q=a&warna=nilai&susun=nama"),
        (Look(Measure.COUNT, Order.VALUE), "/p?q=a&susun=nilai"),
    ],
)
def test_the_usual_look_is_not_in_the_address(look: Look, address: str) -> None:
    assert looked_at("/p?q=a", look) == address
