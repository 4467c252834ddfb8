"""`make bench`: the product against a bare Flask answer and a bare page of the same template, interleaved."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask
from sqlalchemy import event

from benchmarks import (
    addresses,
    agreeing,
    explaining,
    matching_beside,
    matching_quality,
    matching_speed,
    recall,
    searching,
)
from benchmarks.asking import Burst, burst
from benchmarks.preparing import NAME, Prepared, prepared
from benchmarks.publishing import publishing
from benchmarks.reporting import LATEST, RESULTS, describe_machine, keep_result, print_result
from benchmarks.serving import Server, serving
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.search.index import open_index

REGIONS = ["/daerah/32-provinsi-jawa-barat", "/daerah/71.72-kota-bitung", "/daerah/35.19-kabupaten-madiun"]
WARMING = 2.0  # seconds a page
# Each worker keeps its own pages: within this time it has met about each address, which are asked in turn.
FILLING = 20.0
# While such a page is asked one listing a second is published, which changes the counts of nearly every page.
PUBLISHING = "publishing"
Bursts = dict[str, list[Burst]]


def main() -> int:
    """Prints the table and writes latest.json."""
    options = _options()
    server_url = os.environ.get("TEST_DATABASE_URL")
    if not server_url:
        sys.exit("TEST_DATABASE_URL is not set: run `make bench`")
    if options.beside:
        matching_beside.run(options.beside, server_url)
        return 0
    print(
        f"{options.rows} invented listings; each page {options.rounds} times",
        end=" ",
    )
    print(f"{options.seconds} s, interleaved.")
    with prepared(server_url, dict(os.environ), options.rows) as ground:
        queries = _queries(ground)
        with ground.app.app_context():
            search = searching.measure(open_index().view())
            _expect_agreement(options.mixes)
            found = _recall()
        bursts, memory = _measure(ground, options)
        plans = explaining.explain(ground.app, _busiest(ground), ground.cookie, options.rows)
    result = _result(options, ground.seconds, queries, search, bursts)
    _write(result | {"recall": found, "worker_mb": memory}, plans, keep=options.keep)
    matching_speed.run(*options.match, options.rounds, server_url)
    matching_quality.run(*options.judge)
    return 0


def _write(result: dict[str, Any], plans: str, *, keep: bool) -> None:
    """The newest result, the newest with so many rows and the plans behind it; with `keep` also what is committed."""
    RESULTS.mkdir(exist_ok=True)
    for path in (LATEST, RESULTS / f"{result['rows']}.json"):
        path.write_text(json.dumps(result, indent=2) + "\n")
    (RESULTS / f"{result['rows']}-plans.md").write_text(plans)
    print_result(result)
    if keep:
        keep_result(result, plans)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    both = {"type": int, "nargs": 2, "metavar": ("LISTINGS", "PARTNERS")}
    parser.add_argument("--match", **both, default=(10_000, 10_000), help="size of the world that is matched")
    parser.add_argument("--judge", **both, default=(800, 800), help="size of the world that is judged")
    parser.add_argument(
        "--beside", type=int, default=0, metavar="ROWS", help="only: readers while all is matched"
    )
    parser.add_argument(
        "--mixes", type=int, default=200, help="counted by SQL too: seconds each with a million rows"
    )
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results.md and plans.md too")
    return parser.parse_args()


def _measure(ground: Prepared, options: argparse.Namespace) -> tuple[Bursts, dict[str, float]]:
    """Every page once a round, so that a noisy moment hits all of them; and the memory of a worker afterwards."""
    database = ground.env["DATABASE_URL"].partition("?")[0].rpartition("/")[2]
    found: Bursts = {}
    with (
        serving("wsgi:app", {**ground.env, "FRAGMENTS": "0"}, database) as cold,
        serving("wsgi:app", ground.env, database) as warm,
        serving("benchmarks.bare:app", ground.env) as bare,
        publishing(ground) as active,
    ):
        _expect_signed_in(cold, ground.cookie)
        pages = _pages(ground, cold, warm, bare)
        for server, paths, cookie in pages.values():
            different, seconds = list(dict.fromkeys(paths)), FILLING if server is warm else WARMING
            burst(server, different, seconds, cookie=cookie)
        for _ in range(options.rounds):
            for name, (server, paths, cookie) in pages.items():
                (active.set if name.endswith(PUBLISHING) else active.clear)()
                found.setdefault(name, []).append(burst(server, paths, options.seconds, cookie=cookie))
        memory = {"keeping pieces": round(warm.memory(), 1), "keeping none": round(cold.memory(), 1)}
    return found, memory


def _expect_agreement(mixes: int) -> None:
    """Fast counts that are wrong are worth nothing."""
    with db.engine.connect() as connection:
        differences = agreeing.differences(open_index().view(), connection, mixes)
    if differences:
        sys.exit("\n".join(["the search counts otherwise than SQL:", *differences[:10]]))
    print(f"All counts of the search equal those of SQL on {mixes} mixes of filters.")


def _expect_signed_in(server: Server, cookie: str) -> None:
    """A cookie that is not believed would measure a visitor's page twice."""
    address = f"http://127.0.0.1:{server.port}/peluang"
    with urlopen(Request(address, headers={"Cookie": cookie}), timeout=30) as answer:
        if NAME not in answer.read().decode():
            sys.exit("the cookie of the benchmark signs nobody in")


def _pages(
    ground: Prepared, cold: Server, warm: Server, bare: Server
) -> dict[str, tuple[Server, list[str], str]]:
    """`cold` keeps no pieces between pages; `warm` does, and meets addresses as often as people ask for them, with nothing
    published meanwhile but where it is said."""
    mixed, asked = addresses.cold(2000), addresses.warm(2000)
    listings = [f"/peluang/{slug}" for slug in ground.slugs]
    return {
        "bare hello": (bare, ["/halo"], ""),
        "bare page": (bare, ["/beku"], ""),
        "browse, unfiltered": (cold, ["/peluang"], ""),
        "browse, mixed": (cold, mixed, ""),
        "browse, mixed, signed in": (cold, mixed, ground.cookie),
        "browse, Zipf, warm": (warm, asked, ""),
        "browse, Zipf, warm, in": (warm, asked, ground.cookie),
        f"browse, warm, {PUBLISHING}": (warm, asked, ""),
        "listing": (cold, listings, ""),
        "listing, warm": (warm, listings, ""),
        "listing, signed in": (cold, listings, ground.cookie),
        "region": (cold, REGIONS, ""),
    }


def _recall() -> dict[str, dict[str, float]]:
    """Recall@10 and mean reciprocal rank of each set of queries."""
    with TemporaryDirectory() as folder:
        view, keys = recall.examples(db.session.connection(), Path(folder))
        scores = {name: recall.score(recall.answers(view, name, keys, clock.now())) for name in recall.SETS}
    return {name: asdict(score) for name, score in scores.items()}


def _busiest(ground: Prepared) -> dict[str, str]:
    return {"browse": "/peluang?q=pasar", "listing": f"/peluang/{ground.slugs[0]}", "region": REGIONS[0]}


def _queries(ground: Prepared) -> dict[str, int]:
    pages = _busiest(ground)
    readers = {"signed out": "", "signed in": ground.cookie}
    return {
        f"{page}, {reader}": _count(ground.app, path, cookie)
        for page, path in pages.items()
        for reader, cookie in readers.items()
    }


def _count(app: Flask, path: str, cookie: str) -> int:
    """Statements of one answer, of a process that has answered before."""
    client, seen = app.test_client(use_cookies=False), []
    headers = {"Cookie": cookie} if cookie else {}
    client.get(path, headers=headers)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    answer = client.get(path, headers=headers)
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        sys.exit(f"{path}: {answer.status_code}")
    return len(seen)


def _result(
    options: argparse.Namespace,
    seconds: dict[str, float],
    queries: dict[str, int],
    search: dict[str, float],
    bursts: Bursts,
) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": describe_machine(),
        "load": round(os.getloadavg()[1], 1),
        "rows": options.rows,
        "seconds": {step: round(spent, 2) for step, spent in seconds.items()},
        "queries": queries,
        "search_cpu_ms": {name: round(spent, 3) for name, spent in search.items()},
        "pages": {name: _page(bursts, name) for name in bursts},
    }


def _page(bursts: Bursts, name: str) -> dict[str, Any]:
    """Medians with their range; ratios are medians of the ratios of each round."""
    own, hello, page = bursts[name], bursts["bare hello"], bursts["bare page"]
    rates = [each.rate for each in own]
    return {
        "requests_per_second": [round(figure, 1) for figure in (median(rates), min(rates), max(rates))],
        "cpu_ms": round(median(each.cpu_ms for each in own), 3),
        "bytes": round(median(each.mean_bytes for each in own)),
        "rate_to_hello": round(median(a.rate / b.rate for a, b in zip(own, hello, strict=True)), 3),
        "rate_to_page": round(median(a.rate / b.rate for a, b in zip(own, page, strict=True)), 3),
        "cpu_page_to_own": round(median(b.cpu_ms / a.cpu_ms for a, b in zip(own, page, strict=True)), 3),
    }


if __name__ == "__main__":
    sys.exit(main())
