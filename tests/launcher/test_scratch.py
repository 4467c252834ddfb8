"""Tests write into memory where there is room, and leave nothing there."""

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from launcher.scratch import scratch

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    free = [8 << 30]
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(free[0], 0, free[0]))
    return free


@pytest.mark.usefixtures("room")
def test_it_lasts_as_long_as_the_run(tmp_path: Path) -> None:
    with scratch({"CI": "1"}, tmp_path) as env:
        folder = Path(env.pop("TMPDIR"))
        assert env == {"CI": "1"}
        assert folder.parent == tmp_path
        (folder / "left").write_text("behind")
    assert not folder.exists()


@pytest.mark.usefixtures("room")
def test_what_a_killed_run_left_is_removed_and_what_a_living_one_uses_is_not(tmp_path: Path) -> None:
    # Numbers of processes end far below.
    dead = tmp_path / f"titik-{2**22 + 7}-abc"
    alive, strange = tmp_path / f"titik-{os.getppid()}-abc", tmp_path / "titik-mine"
    for each in (dead, alive, strange):
        each.mkdir()
    with scratch({}, tmp_path):
        assert [each.exists() for each in (dead, alive, strange)] == [False, True, True]


def test_little_room_or_a_wish_of_ones_own_leaves_all_as_it_is(tmp_path: Path, room: list[int]) -> None:
    with scratch({"TMPDIR": "/somewhere"}, tmp_path) as env:
        assert env == {"TMPDIR": "/somewhere"}
    with scratch({}, tmp_path / "missing") as env:
        assert env == {}
    room[0] = 1 << 30
    with scratch({}, tmp_path) as env:
        assert env == {}
    assert not [*tmp_path.iterdir()]
