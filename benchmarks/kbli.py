"""How often the right business (KBLI) is among the suggested ten. Run it: `python -m benchmarks.kbli`.

Three sets with known answers. *Public examples*: the title and description of each shipped example and innovation that
has a sector, never shown the sector; right is any code of the sector that was given to it by hand, so this measures
whether the sector is recognised. Each is asked of a suggester that has not read it (leave one out). *Invented titles*:
`queries/kbli.csv`, written for this benchmark about businesses outside the 42 sectors, each with the code that its writer
looked up; they are synthetic. Their odd rows chose the weights (with the public examples), only their even rows are reported.
*Held out*: `queries/kbli_held_out.csv`, invented too, of the kinds that local governments publish, each with all codes that
its writer would accept; written by hand before the present way of suggesting was, and never looked at to choose anything.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from marketplace.data.reading import read_rows
from marketplace.taxonomy.kbli_suggestion import (
    SHOWN,
    Sector,
    Suggester,
    Told,
    Weights,
    shipped_activities,
    shipped_examples,
    shipped_sectors,
    suggester,
)

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Case:
    """A title, a summary and the codes that are right."""

    title: str
    summary: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """`hit`: a right code among the ten; `three`, `first`: among three, at the top; `mrr`: mean of 1/place."""

    cases: int
    hit: float
    three: float
    first: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way of suggesting, for the ablation."""

    name: str
    weights: Weights
    names: bool = True
    examples: bool = True


_TEXT_ONLY = Weights(by_sector=0, activities=False, alike=1)
WAYS = (
    Way("titles of codes only", replace(_TEXT_ONLY, terms=0, above=0)),
    Way("+ words of descriptions", replace(_TEXT_ONLY, above=0)),
    Way("+ titles above", _TEXT_ONLY),
    Way("+ names of sectors", Weights(written=0, activities=False, alike=1), examples=False),
    Way("+ examples of sectors", Weights(written=0, activities=False, alike=1)),
    Way("+ words as written", Weights(activities=False, alike=1)),
    Way("+ what is done", Weights(alike=1)),
    Way("+ room for others (in use)", Weights()),
    Way("sectors only", Weights(by_text=0)),
)


def examples() -> list[Case]:
    """The public examples with the codes of their sectors."""
    right = {sector.code: frozenset(sector.kbli) for sector in shipped_sectors()}
    rows = [*read_rows("examples.csv"), *read_rows("innovations.csv")]
    return [
        Case(row["title"], row["description_id"], right[row["sector_code"]])
        for row in rows
        if row["sector_code"]
    ]


def invented() -> list[Case]:
    """The invented titles that chose nothing."""
    return _read("kbli.csv")[1::2]


def held_out() -> list[Case]:
    """Those that were written before anything was chosen."""
    return _read("kbli_held_out.csv")


def _read(name: str) -> list[Case]:
    with (QUERIES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Case(row["title"], row["summary"], frozenset(row["kbli2020_codes"].split(";"))) for row in rows]


def quality(places: Iterable[int | None]) -> Quality:
    """From the place of the first right code of each case (None: not among the ten)."""
    found = list(places)
    size = len(found)
    return Quality(
        size,
        sum(place is not None for place in found) / size,
        sum(place is not None and place <= 3 for place in found) / size,
        sum(place == 1 for place in found) / size,
        sum(1 / place for place in found if place) / size,
    )


def _place(made: Suggester, case: Case) -> int | None:
    codes = made.suggest(case.title, case.summary)
    return next((place for place, code in enumerate(codes, 1) if code in case.right), None)


def _made(way: Way, told: Sequence[Told]) -> Suggester:
    sectors = [sector if way.names else Sector(sector.code, "", sector.kbli) for sector in shipped_sectors()]
    known = told if way.examples else ()
    return Suggester(read_rows("kbli2020.csv"), sectors, known, way.weights, shipped_activities())


def measure(way: Way) -> tuple[Quality, Quality, Quality]:
    """The quality with the public examples, leaving each out, with the invented titles, and with those held out."""
    whole = _made(way, shipped_examples())
    places = [
        _place(whole.without(at) if way.examples else whole, case) for at, case in enumerate(examples())
    ]
    others = (quality(_place(whole, case) for case in cases) for cases in (invented(), held_out()))
    return (quality(places), *others)


def main() -> None:
    """Prints the tables."""
    print(f"KBLI suggestion: a right code among the first {SHOWN}, without knowing the sector")
    print(f"{'':30}{'public examples':>32}{'invented titles (synthetic)':>32}{'held out (synthetic)':>32}")
    print(f"{'':30}" + f"{'n':>7}{'hit@10':>7}{'hit@3':>6}{'first':>6}{'MRR':>6}" * 3)
    for way in WAYS:
        cells = [
            f"{q.cases:>7}{q.hit:>7.2f}{q.three:>6.2f}{q.first:>6.2f}{q.mrr:>6.2f}" for q in measure(way)
        ]
        print(f"{way.name:30}" + "".join(cells))
    started = perf_counter()
    made, cases = suggester(), examples()
    ready = perf_counter()
    for case in cases:
        made.suggest(case.title, case.summary)
    each = (perf_counter() - ready) / len(cases)
    print(f"made in {ready - started:.2f} s once a process, {each * 1000:.2f} ms a question")


if __name__ == "__main__":
    main()
