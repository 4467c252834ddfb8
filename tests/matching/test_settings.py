import json

import pytest

from marketplace.matching.settings import Direction, Factor, Settings


def test_settings_survive_json() -> None:
    given = Settings(exposure=7, neutral=dict.fromkeys(Factor, 20))
    assert Settings.of_json(json.loads(json.dumps(given.as_json()))) == given
    assert Settings.of_json({"shown": 5, "what_a_later_engine_knows": 1}).shown == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"for_partner": {Factor.SECTOR: 100}},
        {"for_partner": dict(Settings().for_partner) | {Factor.SECTOR: 29}},
        {"for_listing": dict(Settings().for_listing) | {Factor.KIND: -12, Factor.TEXT: 44}},
        {"neutral": {Factor.SECTOR: 50}},
        {"neutral": dict.fromkeys(Factor, 101)},
        {"full_cosine": 0},
        {"floor": 101},
        {"always": 0},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"weight|neutral|full_cosine|floor"):
        Settings(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "place,total,shown",
    [(0, 0, True), (1, 299_999, True), (2, 299_999, False), (2, 300_000, True), (3, 1_000_000, False)],
)
def test_the_first_are_always_shown_and_the_others_above_the_floor(
    place: int, total: int, shown: bool
) -> None:
    assert Settings(shown=3, always=2, floor=30).shows(place, total) is shown


def test_weights_of_each_direction_make_100() -> None:
    for direction in Direction:
        assert sum(Settings().weights(direction).values()) == 100
