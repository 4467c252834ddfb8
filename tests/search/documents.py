"""Small and large sets of listings for the search tests."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from marketplace.core.dates import end_of_day
from marketplace.search.feeding import rebuild
from marketplace.search.index import Home, OpenIndex
from marketplace.search.schema import Document

NOW = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
_PLAIN = Document(
    id=1,
    title="Penerangan jalan kota",
    body="Lampu jalan hemat energi untuk ruas utama.",
    names="",
    trades="",
    place="Kota Cirebon Jawa Barat",
    dimension="smart-living",
    sector="street-lighting",
    regions=("32.74",),
    schemes=("kpbu",),
    readiness=2,
    value_band="belum-dinyatakan",
    value_idr=None,
    organisation="7",
    example=False,
    published_at=NOW - timedelta(days=3),
    closes_at=NOW + timedelta(days=30),
    completeness=2,
)
_WORDS = [
    "pasar",
    "jalan",
    "air",
    "minum",
    "sampah",
    "rumah",
    "sakit",
    "digital",
    "layanan",
    "energi",
    "kereta",
]
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_BANDS = ["kecil", "sedang", "besar", "belum-dinyatakan"]


def document(number: int = 1, **changes: object) -> Document:
    """One open listing, changed as named."""
    return replace(_PLAIN, id=number, **changes)  # type: ignore[arg-type]


def corpus(size: int, seed: int) -> list[Document]:
    """Random listings that use every facet, with clusters, unknown values and examples among them."""
    source = random.Random(seed)
    return [_random_document(source, number) for number in range(1, size + 1)]


def _random_document(source: random.Random, number: int) -> Document:
    codes = [
        f"{source.randint(31, 36)}.{source.randint(1, 4):02d}" for _ in range(source.choice([1, 1, 1, 3]))
    ]
    deadline = end_of_day((NOW + timedelta(days=source.randint(-60, 120))).date(), source.choice(ZONES))
    return document(
        number,
        title=" ".join(source.choices(_WORDS, k=3)),
        body=" ".join(source.choices(_WORDS, k=8)),
        names="",
        trades="",
        place="",
        dimension=f"d{source.randint(1, 6)}",
        sector=f"s{source.randint(1, 12)}",
        regions=tuple(sorted(set(codes))) if source.random() < 0.8 else (codes[0][:2],),
        schemes=tuple(source.sample(["kpbu", "ksp", "bgs", "hibah"], source.choice([0, 1, 1, 2]))),
        kbli=tuple(source.sample(["36001", "62019", "62024"], source.choice([0, 1, 2]))),
        partners=tuple(source.sample(["investor", "bumd", "startup", "operator"], source.randint(0, 3))),
        cohorts=tuple(source.sample(["2018", "2022", "2024"], source.choice([0, 0, 1, 2]))),
        clusters=tuple(source.sample(["toba", "morotai"], source.choice([0, 0, 1]))),
        readiness=source.randint(0, 6),
        value_band=source.choice(_BANDS),
        value_idr=source.choice([None, source.randint(1, 10**13)]),
        example=source.random() < 0.2,
        published_at=NOW
        - timedelta(minutes=source.choice([source.randint(0, 10**6), source.randint(0, 10**5)])),
        closes_at=source.choice([None, deadline, deadline]),
    )


def build(home: Home, documents: list[Document]) -> OpenIndex:
    """A fresh index of these listings, opened."""
    list(rebuild(home, [documents], "start"))
    return OpenIndex(home)


def home_in(folder: Path) -> Home:
    return Home(folder / "opportunities")
