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
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"weight|neutral|full_cosine"):
        Settings(**wrong)  # type: ignore[arg-type]


def test_weights_of_each_direction_make_100() -> None:
    for direction in Direction:
        assert sum(Settings().weights(direction).values()) == 100
