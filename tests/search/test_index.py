"""Feeding, switching and reloading, also by another process."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from marketplace.search import index as index_module
from marketplace.search.feeding import feeding, read_cursor, rebuild
from marketplace.search.finding import find
from marketplace.search.index import IndexMissing, OpenIndex
from marketplace.search.locks import BusyError, held
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.schema import Facet
from tests.search.documents import NOW, build, document, home_in

_OTHER_PROCESS = """
import sys
from pathlib import Path
from marketplace.search.feeding import feeding
from tests.search.documents import document, home_in
with feeding(home_in(Path(sys.argv[1]))) as feeder:
    feeder.replace([2], [document(2, title="Kereta ringan")])
    feeder.commit("later")
    print("committed", flush=True)
    sys.stdin.read()
"""

_KILLED_IN_BETWEEN = """
import os, signal, sys
from pathlib import Path
from marketplace.search.feeding import feeding
from marketplace.search.sets.writing import SetWriter
from tests.search.documents import document, home_in
SetWriter.commit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with feeding(home_in(Path(sys.argv[1]))) as feeder:
    feeder.replace([2], [document(2, title="Kereta ringan")])
    feeder.commit("later")
"""


def _total(index: OpenIndex, text: str = "") -> int:
    return find(index.view(), SearchRequest(NOW, text=text)).total


def test_a_missing_index_is_named(tmp_path: Path):
    with pytest.raises(IndexMissing):
        OpenIndex(home_in(tmp_path)).view()


def test_listings_are_added_replaced_and_removed(tmp_path: Path):
    home = home_in(tmp_path)
    index = build(home, [document(1, title="Pasar lama"), document(2, title="Terminal")])
    before = index.view().generation
    with feeding(home) as feeder:
        feeder.replace([1, 2, 3], [document(1, title="Pasar baru"), document(3, title="Stasiun")])
        feeder.commit("here")
    assert (_total(index), _total(index, "lama"), _total(index, "baru"), _total(index, "terminal")) == (
        2,
        0,
        1,
        0,
    )
    assert index.view().generation != before
    assert read_cursor(home.current()) == "here"


def test_nothing_is_seen_before_the_commit(tmp_path: Path):
    home = home_in(tmp_path)
    index = build(home, [document(1)])
    generation = index.view().generation
    with feeding(home) as feeder:
        feeder.replace([2], [document(2)])
    assert (_total(index), index.view().generation, read_cursor(home.current())) == (1, generation, "start")


def test_a_view_stays_as_it_was(tmp_path: Path):
    home = home_in(tmp_path)
    view = build(home, [document(1)]).view()
    with feeding(home) as feeder:
        feeder.replace([2], [document(2)])
        feeder.commit("")
    assert find(view, SearchRequest(NOW)).total == 1


def test_a_rebuild_switches_while_the_old_one_serves(tmp_path: Path):
    home = home_in(tmp_path)
    index = build(home, [document(1)])
    progress = rebuild(home, [[document(1), document(2)], [document(3)]], "anew")
    assert (next(progress), _total(index), next(progress), _total(index)) == (2, 1, 3, 1)
    assert next(progress, None) is None
    assert _total(index) == 3
    assert read_cursor(home.current()) == "anew"


def test_old_builds_are_removed_one_rebuild_later(tmp_path: Path):
    home = home_in(tmp_path)
    for _ in range(4):
        build(home, [document(1)])
    assert len(list(home.root.glob("build-*"))) == 2


def test_an_abandoned_rebuild_leaves_the_serving_index(tmp_path: Path):
    home = home_in(tmp_path)
    index = build(home, [document(1)])
    progress = rebuild(home, [[document(2)], [document(3)]], "")
    next(progress)
    progress.close()
    assert _total(index) == 1
    build(home, [document(1), document(2)])
    assert _total(index) == 2


def test_an_index_of_another_format_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = home_in(tmp_path)
    build(home, [document(1)])
    monkeypatch.setattr(index_module, "FORMAT", "other")
    assert not home.exists()
    with pytest.raises(IndexMissing):
        OpenIndex(home).view()


def test_one_writer_and_one_rebuild_at_a_time(tmp_path: Path):
    home = home_in(tmp_path)
    build(home, [document(1)])
    with feeding(home), pytest.raises(BusyError), feeding(home):
        pass
    with held(home.root / "rebuild.lock"), pytest.raises(BusyError):
        list(rebuild(home, [], ""))


def test_another_process_writes_and_this_one_sees_it_at_its_next_look(tmp_path: Path):
    index = build(home_in(tmp_path), [document(1)])
    assert _total(index) == 1
    other = subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "committed\n"
        assert _total(index, "kereta") == 1
        with pytest.raises(BusyError), feeding(home_in(tmp_path)):
            pass
        other.kill()
    with feeding(home_in(tmp_path)):
        "a killed writer's lock is free again"


def test_half_a_commit_is_not_shown_and_written_whole_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = home_in(tmp_path)
    index = build(home, [document(1), document(2)])
    before = index.view().generation
    killed = subprocess.run([sys.executable, "-c", _KILLED_IN_BETWEEN, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (index.view().generation, _total(index, "kereta")) == (before, 0)
    # Who has nothing older to show waits for the other half, and shows what there is if none comes.
    monkeypatch.setattr(index_module, "_PATIENCE", 0.1)
    late = OpenIndex(home)
    assert _total(late) == 2
    assert read_cursor(home.current()) == "start"
    with feeding(home) as feeder:
        feeder.replace([2], [document(2, title="Kereta ringan")])
        feeder.commit("later")
    for each in (index, late):
        request = SearchRequest(NOW, text="kereta", sort=Sort.RELEVANCE)
        found = find(each.view(), request)
        assert (found.ids, found.total, _total(each)) == ([2], 1, 2)


def test_a_deadline_closes_a_listing_without_a_write(tmp_path: Path):
    view = build(home_in(tmp_path), [document(1, closes_at=NOW)]).view()
    earlier = find(view, SearchRequest(NOW - timedelta(seconds=1)))
    later = find(view, SearchRequest(NOW))
    assert earlier.counts[Facet.STATUS] == {"open": 1, "closed": 0, "example": 0}
    assert later.counts[Facet.STATUS] == {"open": 0, "closed": 1, "example": 0}
