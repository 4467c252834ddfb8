"""What a run found, for the terminal and as the tables that are committed."""

import os
import platform
import re
from pathlib import Path
from typing import Any

import psutil

_HERE = Path(__file__).parent
RESULTS = _HERE / "results"
LATEST = RESULTS / "latest.json"
_TABLES, _PLANS = _HERE / "results.md", _HERE / "plans.md"
_INTRODUCTION = """# Measured by `make bench ARGS="--rows N --keep"`

The product beside a bare Flask answer and a bare page of the same templates, same gunicorn settings, interleaved; warm
pages by Zipf's law, their addresses asked for 20 seconds beforehand, at rest and (*publishing*) while one listing a
second is published, which changes the counts of nearly every page. Ratios are medians of the ratios of each round;
processor time is that of the web processes and of their PostgreSQL sessions. *Of the page*: the bare page's time through
the own. Of all but the warm pages nothing is kept from one to the next but what hangs on no listing (the shapes of cards
and rows of filters, as their templates drew them once) and the sets of the search.

"""


def describe_machine() -> str:
    """The processor, as its maker calls it, and what runs on it."""
    model = (
        re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text()) if os.name == "posix" else None
    )
    memory = psutil.virtual_memory().total / 2**30
    cores = f"{os.cpu_count()} cores of {model[1] if model else platform.processor()}"
    return f"{cores}, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def keep_result(result: dict[str, Any], plans: str) -> None:
    """Puts the tables of so many rows in the place of those before, beside those of other numbers."""
    kept = _TABLES.read_text() if _TABLES.exists() else ""
    found = re.findall(r"^## (\d+) listings\n(.*?)(?=^## |\Z)", kept, re.DOTALL | re.MULTILINE)
    sections = {int(rows): text.strip() for rows, text in found} | {result["rows"]: _section(result)}
    parts = [f"## {rows} listings\n\n{text}\n" for rows, text in sorted(sections.items())]
    _TABLES.write_text(_INTRODUCTION + "\n".join(parts))
    _PLANS.write_text(plans)


def _section(result: dict[str, Any]) -> str:
    head = "| page | requests/s (min-max) | CPU ms | bytes | rate to hello | of the page, by CPU |"
    rows = [_row(name, page) for name, page in result["pages"].items()]
    lines = [
        f"{result['at']}, {result['machine']}; load of the machine {result['load']}.",
        "\n".join([head, "| --- " * 6 + "|", *rows]),
        *(f"{name}: {figures}." for name, figures in _others(result).items()),
    ]
    return "\n\n".join(lines)


def _row(name: str, page: dict[str, Any]) -> str:
    middle, least, most = page["requests_per_second"]
    figures = f"{page['cpu_ms']:.2f} | {page['bytes']} | {page['rate_to_hello']:.2f} | {page['cpu_page_to_own']:.2f}"
    return f"| {name} | {middle:.0f} ({least:.0f}-{most:.0f}) | {figures} |"


def _others(result: dict[str, Any]) -> dict[str, str]:
    """What is measured beside the pages, each in one line."""
    return {
        "SQL statements a page": _listed(result["queries"]),
        "Search and all counts, CPU ms": _listed(result["search_cpu_ms"]),
        "Preparing, seconds": _listed(result["seconds"]),
        "Memory of a web process, MB": _listed(result["worker_mb"]),
    } | {
        f"Queries of {name}": f"{score['queries']}, recall@10 {score['recall']:.3f}, MRR {score['mrr']:.3f}"
        for name, score in result["recall"].items()
    }


def _listed(figures: dict[str, Any]) -> str:
    return "; ".join(f"{name} {figure}" for name, figure in figures.items())


def print_result(result: dict[str, Any]) -> None:
    print(
        "\npage                        req/s (min-max)        CPU ms   bytes  to hello  to bare page  the same by CPU"
    )
    for name, page in result["pages"].items():
        middle, least, most = page["requests_per_second"]
        print(
            f"{name:26} {middle:7.0f} ({least:.0f}-{most:.0f})".ljust(50)
            + f"{page['cpu_ms']:7.2f} {page['bytes']:7d} {page['rate_to_hello']:9.2f} {page['rate_to_page']:13.2f}"
            + f" {page['cpu_page_to_own']:16.2f}"
        )
    print()
    for name, figures in _others(result).items():
        print(f"{name}: {figures}")
    print(f"written: {LATEST.relative_to(Path.cwd()) if LATEST.is_relative_to(Path.cwd()) else LATEST}")
