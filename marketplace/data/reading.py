"""Reads the files beside it: rows as text, the public examples as values."""

import csv
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from marketplace.data.provenance import Confidence

FOLDER = Path(__file__).resolve().parent


class ExampleLife(StrEnum):
    # By its source the government was still looking for someone.
    OPEN = "open"
    CLOSED = "closed"


class ClosedAs(StrEnum):
    """Why an example is closed, as its source tells."""

    OPERATING = "operating"
    AWARDED = "awarded"
    FINANCED = "financed"


@dataclass(frozen=True, slots=True)
class ExampleOpportunity:
    """A listing known from a public source; unknown things are None or empty, never 0."""

    id: str
    slug: str
    title: str
    region_code: str
    dimension_code: str
    sector_code: str
    description_id: str
    year: int | None
    readiness: str | None
    life: ExampleLife
    closed_as: ClosedAs | None
    schemes: tuple[str, ...]
    value_idr: int | None
    source_status: str
    source_scheme: str | None
    source_url: str
    source_name: str
    confidence: Confidence
    note_id: str | None


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one shipped CSV file, every cell as text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digest(*names: str, revision: int) -> str:
    """SHA-256 over the named files and the loader's revision, in hexadecimal."""
    total = hashlib.sha256(f"revision {revision}".encode())
    for name in names:
        total.update(hashlib.sha256((FOLDER / name).read_bytes()).digest())
    return total.hexdigest()


def whole(cell: str) -> int | None:
    """The cell's whole number; None where it is empty."""
    return int(cell) if cell else None


def codes(cell: str) -> tuple[str, ...]:
    """The cell's codes, which semicolons part."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def read_examples() -> list[ExampleOpportunity]:
    """The 42 public examples, in the order of their ids."""
    return [_example(row) for row in read_rows("examples.csv")]


def _example(row: dict[str, str]) -> ExampleOpportunity:
    return ExampleOpportunity(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        region_code=row["region_code"],
        dimension_code=row["dimension_code"],
        sector_code=row["sector_code"],
        description_id=row["description_id"],
        year=whole(row["year"]),
        readiness=row["readiness"] or None,
        life=ExampleLife(row["life"]),
        closed_as=ClosedAs(row["closed_as"]) if row["closed_as"] else None,
        schemes=codes(row["schemes"]),
        value_idr=whole(row["value_idr"]),
        source_status=row["source_status"],
        source_scheme=row["source_scheme"] or None,
        source_url=row["source_url"],
        source_name=row["source_name"],
        confidence=Confidence(row["confidence"]),
        note_id=row["note_id"] or None,
    )
