import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.regions.shading import CLASSES, Shades, shades


@pytest.mark.parametrize(
    "figures,lowest",
    [
        ([], ()),
        ([0, 0], ()),
        ([1], (1,)),
        ([3, 0, 1], (1, 3)),
        ([4, 1, 1, 2, 1], (1, 2, 4)),
        ([1, 1, 2, 3, 12, 40], (1, 2, 10)),
        (
            [7_500_000_000, 250_000_000_000, 1_900_000_000_000],
            (5_000_000_000, 200_000_000_000, 1_000_000_000_000),
        ),
        ([999, 1000], (500, 1000)),
    ],
)
def test_limits_are_round_and_few(figures: list[int], lowest: tuple[int, ...]) -> None:
    assert shades(figures).lowest == lowest


@given(st.lists(st.integers(0, 10**18), max_size=60))
def test_every_figure_has_a_class_and_the_classes_follow_each_other(figures: list[int]) -> None:
    found = shades(figures)
    assert len(found.lowest) <= CLASSES
    assert list(found.lowest) == sorted(set(found.lowest))
    for figure in figures:
        assert (found.of(figure) == 0) == (figure == 0)
    ordered = [found.of(figure) for figure in sorted(figures)]
    assert ordered == sorted(ordered)
    tones = [found.tone(number) for number in range(len(found.lowest) + 1)]
    assert tones == sorted(set(tones))


def test_a_class_ends_where_the_next_begins() -> None:
    assert Shades(()).ranges() == []
    assert Shades((1, 2, 10)).ranges() == [(1, 2), (2, 10), (10, None)]
    assert [Shades((1, 2, 10)).of(figure) for figure in (0, 1, 2, 9, 10, 99)] == [0, 1, 2, 2, 3, 3]
