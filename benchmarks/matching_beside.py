"""Whether readers notice that all suggestions are made anew: the site's answers with and without it, in turn.

People come at a steady pace, whether answers are quick or slow; the refresh is stopped and let go on every few
seconds, so that both are asked through all its phases and under the same noise of the machine.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from urllib.request import urlopen

import psutil

from benchmarks import addresses
from benchmarks.preparing import FLASK, prepared
from benchmarks.reporting import describe_machine
from benchmarks.serving import Server, serving
from marketplace.config import ROOT

A_SECOND = 25  # requests
PIECE = 4.0  # seconds
WARMING = 10.0
PORTIONS = 5
READERS = 32


@dataclass(slots=True)
class Refresh:
    """A running refresh, stopped at first, and what it has used so far: seconds of processor time, megabytes at most."""

    process: psutil.Process
    cpu: float = 0.0
    memory: float = 0.0
    done: bool = False

    def look(self) -> None:
        self.done = self.process.status() == psutil.STATUS_ZOMBIE
        if not self.done:
            times = self.process.cpu_times()
            self.cpu = times.user + times.system
            self.memory = max(self.memory, self.process.memory_info().rss / 1_000_000)


def run(rows: int, server_url: str) -> None:
    """Prints the 95th percentile of both and their ratio, as the median of five portions of the refresh."""
    with prepared(server_url, dict(os.environ), rows) as ground:
        subprocess.run([*FLASK, "match-refresh"], cwd=ROOT, env=ground.env, check=True, capture_output=True)
        paths = addresses.warm(2000)
        with serving("wsgi:app", ground.env) as site:
            _answers(site, paths, WARMING)
            alone, meanwhile, refresh = _in_turn(site, paths, ground.env)
    _print(rows, alone, meanwhile, refresh)


def _in_turn(
    site: Server, paths: Sequence[str], env: dict[str, str]
) -> tuple[list[list[float]], list[list[float]], Refresh]:
    alone: list[list[float]] = []
    meanwhile: list[list[float]] = []
    with _refreshing(env) as refresh:
        while not refresh.done:
            alone.append(_answers(site, paths, PIECE))
            refresh.process.resume()
            meanwhile.append(_answers(site, paths, PIECE))
            refresh.look()
            if not refresh.done:
                refresh.process.suspend()
    # In the last one it ended.
    return alone[:-1], meanwhile[:-1], refresh


@contextmanager
def _refreshing(env: dict[str, str]) -> Iterator[Refresh]:
    process = subprocess.Popen(
        [*FLASK, "match-refresh", "--all"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    refresh = Refresh(psutil.Process(process.pid))
    refresh.process.suspend()
    try:
        yield refresh
        if process.wait(20):
            raise SystemExit("match-refresh failed")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _answers(site: Server, paths: Sequence[str], seconds: float) -> list[float]:
    """Milliseconds of each answer, from the moment at which it was due to be asked."""
    began = time.monotonic()
    due = [(began + number / A_SECOND, number) for number in range(int(seconds * A_SECOND))]
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(lambda each: _answer(site, paths[each[1] % len(paths)], each[0]), due))


def _answer(site: Server, path: str, due: float) -> float:
    time.sleep(max(0.0, due - time.monotonic()))
    with urlopen(f"http://127.0.0.1:{site.port}{path}", timeout=30) as answer:
        answer.read()
    return (time.monotonic() - due) * 1000


def _p95(pieces: Sequence[list[float]]) -> float:
    return quantiles([each for piece in pieces for each in piece], n=20)[-1]


def _print(rows: int, alone: list[list[float]], meanwhile: list[list[float]], refresh: Refresh) -> None:
    bounds = [len(alone) * each // PORTIONS for each in range(PORTIONS + 1)]
    portions = [slice(begin, end) for begin, end in pairwise(bounds) if begin < end]
    both = [(_p95(alone[each]), _p95(meanwhile[each])) for each in portions]
    print(f"\n## Readers while all suggestions are made anew\n\n{describe_machine()}.")
    print(
        f"{rows} listings (some closed) and {rows // 10} partners, {A_SECOND} requests a second; the refresh took"
        f" {refresh.cpu:.0f} s of processor time and {refresh.memory:.0f} MB."
    )
    print(
        "\n| portion of the refresh | p95 alone, ms | p95 meanwhile, ms | ratio |\n| --- | --- | --- | --- |"
    )
    for number, (one, other) in enumerate(both, start=1):
        print(f"| {number} | {one:.1f} | {other:.1f} | {other / one:.2f} |")
    print(f"\nMedian of the ratios: {median(other / one for one, other in both):.2f} (goal: at most 1.5).")
