"""How often the right business (KBLI) is among the suggested ten. Run it: `python -m benchmarks.kbli`.

Two sets with known answers. *Public examples*: the title and description of each shipped example and innovation that
has a sector, never shown the sector; right is any code of the sector that was given to it by hand, so this measures
whether the sector is recognised. Each is asked of a suggester that has not read it (leave one out). *Invented titles*:
`queries/kbli.csv`, written for this benchmark about businesses outside the 42 sectors, each with the code that its writer
looked up; they are synthetic. Their odd rows chose the weights, only their even rows are reported.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from marketplace.data.reading import read_rows
from marketplace.taxonomy.kbli_suggestion import (
    SHOWN,
    Sector,
    Suggester,
    Told,
    Weights,
    shipped_examples,
    shipped_sectors,
    suggester,
)

INVENTED = Path(__file__).parent / "queries" / "kbli.csv"


@dataclass(frozen=True, slots=True)
class Case:
    """A title, a summary and the codes that are right."""

    title: str
    summary: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """`hit`: a right code among the ten; `first`: at the top; `mrr`: mean of 1/place; over so many cases."""

    cases: int
    hit: float
    first: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way of suggesting, for the ablation."""

    name: str
    weights: Weights
    names: bool = True
    examples: bool = True


WAYS = (
    Way("titles of codes only", Weights(terms=0, above=0, by_sector=0)),
    Way("+ words of descriptions", Weights(above=0, by_sector=0)),
    Way("+ titles above", Weights(by_sector=0)),
    Way("+ names of sectors", Weights(), examples=False),
    Way("+ examples of sectors (in use)", Weights()),
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
    with INVENTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Case(row["title"], row["summary"], frozenset(row["kbli2020_codes"].split(";"))) for row in rows[1::2]
    ]


def quality(places: Iterable[int | None]) -> Quality:
    """From the place of the first right code of each case (None: not among the ten)."""
    found = list(places)
    size = len(found)
    return Quality(
        size,
        sum(place is not None for place in found) / size,
        sum(place == 1 for place in found) / size,
        sum(1 / place for place in found if place) / size,
    )


def _place(made: Suggester, case: Case) -> int | None:
    codes = made.suggest(case.title, case.summary)
    return next((place for place, code in enumerate(codes, 1) if code in case.right), None)


def _made(way: Way, told: Sequence[Told]) -> Suggester:
    sectors = [sector if way.names else Sector(sector.code, "", sector.kbli) for sector in shipped_sectors()]
    return Suggester(read_rows("kbli2020.csv"), sectors, told if way.examples else (), way.weights)


def measure(way: Way) -> tuple[Quality, Quality]:
    """The quality with the public examples, leaving each out, and with the invented titles."""
    whole = _made(way, shipped_examples())
    places = [
        _place(whole.without(at) if way.examples else whole, case) for at, case in enumerate(examples())
    ]
    return quality(places), quality(_place(whole, case) for case in invented())


def main() -> None:
    """Prints the tables."""
    print(f"KBLI suggestion: a right code among the first {SHOWN}, without knowing the sector")
    print(f"{'':32}{'public examples':>28}{'invented titles (synthetic)':>32}")
    print(f"{'':32}{'n':>7}{'hit@10':>8}{'first':>7}{'MRR':>6}{'n':>11}{'hit@10':>8}{'first':>7}{'MRR':>6}")
    for way in WAYS:
        real, synthetic = measure(way)
        cells = [
            f"{q.cases:>{width}}{q.hit:>8.2f}{q.first:>7.2f}{q.mrr:>6.2f}"
            for q, width in ((real, 7), (synthetic, 11))
        ]
        print(f"{way.name:32}" + "".join(cells))
    started = perf_counter()
    made, cases = suggester(), examples()
    ready = perf_counter()
    for case in cases:
        made.suggest(case.title, case.summary)
    each = (perf_counter() - ready) / len(cases)
    print(f"made in {ready - started:.2f} s once a process, {each * 1000:.2f} ms a question")


if __name__ == "__main__":
    main()
