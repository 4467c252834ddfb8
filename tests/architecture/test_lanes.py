"""The journeys share two sites, whatever versions of pytest and pytest-xdist hand the tests out."""

from collections import OrderedDict
from types import SimpleNamespace

from marketplace.config import ROOT
from tests.support.lanes import FIRST, LANES, SECOND, SWEEP, Lanes, lane_of


class Process:
    """A test process that does what it is given."""

    shutting_down = False

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.given: list[int] = []

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.given += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def a_scheduler(processes: list[Process], tests: list[str]) -> Lanes:
    tx = [f"{len(processes)}*popen"]
    config = SimpleNamespace(
        getvalue=lambda _name: tx, option=SimpleNamespace(loadscopereorder=True), hook=SimpleNamespace()
    )
    made = Lanes(config, SimpleNamespace(loadscopesched=lambda *_words: None))
    for process in processes:
        made.add_node(process)
        made.add_node_collection(process, tests)
    made.schedule()
    return made


def test_each_lane_is_run_by_one_process_and_the_rest_by_whoever_is_free():
    small = [f"tests/core/test_money.py::test_sum[{number}]" for number in range(30)]
    walks = [f"{file}::test_walk[{number}]" for file in LANES for number in range(4)]
    journeys = [f"tests/journeys/test_map.py::test_map[{number}]" for number in range(20)]
    tests = small + walks + journeys
    processes = [Process(name) for name in ("a", "b", "c")]
    scheduler = a_scheduler(processes, tests)
    done: OrderedDict[str, str] = OrderedDict()
    while len(done) < len(tests):
        for process in processes:
            waiting = [number for number in process.given if tests[number] not in done]
            if waiting:
                done[tests[waiting[0]]] = process.gateway.id
                scheduler.mark_test_complete(process, waiting[0])
    runners = {
        lane: {done[test] for test in tests if lane_of(test) == lane} for lane in (FIRST, SECOND, "fifty")
    }
    assert [len(names) for names in runners.values()] == [1, 1, 1]
    assert {done[test] for test in small} == {"a", "b", "c"}
    assert lane_of(next(iter(done))) == FIRST, "the longest lane begins first"


def test_the_files_with_a_lane_are_there_and_the_sweep_has_two():
    assert [file for file in (*LANES, SWEEP) if not (ROOT / file).is_file()] == []
    halves = [lane_of(f"{SWEEP}::test_pages[{number}]") for number in range(40)]
    assert len(set(halves)) == 2
    assert min(halves.count(half) for half in set(halves)) > 10


def test_the_running_suite_is_handed_out_by_them(request):
    """A hook that nobody asked any more would give every process a site, and only the clock would notice."""
    asked = request.config.hook.pytest_xdist_make_scheduler.get_hookimpls()
    assert str(ROOT / "tests" / "conftest.py") in {each.plugin_name for each in asked}
