"""The committed maps are those that `scripts/build_map.py` draws."""

import importlib.util
from types import ModuleType

import pytest

from marketplace.config import ROOT


@pytest.fixture(scope="module")
def build_map() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_map", ROOT / "scripts" / "build_map.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_maps_are_up_to_date(build_map: ModuleType) -> None:
    for path, content in build_map.files().items():
        assert path.read_text(encoding="utf-8") == content, "run python scripts/build_map.py"


def test_a_straight_line_loses_its_middle_and_a_bend_keeps_it(build_map: ModuleType) -> None:
    assert build_map.simplified([(0.0, 0.0), (5.0, 0.1), (10.0, 0.0)]) == [(0.0, 0.0), (10.0, 0.0)]
    bend = [(0.0, 0.0), (5.0, 5.0), (10.0, 0.0)]
    assert build_map.simplified(bend) == bend


def test_area_does_not_ask_which_way_a_ring_turns(build_map: ModuleType) -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert build_map.area(square) == build_map.area(square[::-1]) == 4
