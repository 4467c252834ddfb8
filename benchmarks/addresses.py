"""Addresses as people would ask them: words, filters, sorts and pages, the same for a seed."""

import random
from itertools import accumulate
from urllib.parse import urlencode

from marketplace.opportunities.finding.bands import CODES
from marketplace.opportunities.finding.question import DEADLINES, PARTNERS, POSTED

WORDS = (
    "pasar", "air minum", "penerangan jalan", "sampah", "tiket", "energi surya", "parkir", "rumah", "bus", "data",
    "pelabuhan", "wisata", "persampahan", "kesehatan", "peneranagn jalan", "hemat energi", "banjir", "petani",
)  # fmt: skip
DIMENSIONS = ("governance", "branding", "economy", "living", "society", "environment")
SCHEMES = ("apbd", "kpbu", "ksdpk", "ksp", "bgs", "hibah", "pinjaman", "swasta")
PROVINCES = ("11", "12", "32", "33", "35", "51", "53", "64", "71", "73", "94")
SORTS = ("terbaru", "tenggat", "nilai")


def cold(number: int, seed: int = 1) -> list[str]:
    """That many different addresses, 0 to 3 filters each."""
    source = random.Random(seed)
    found: dict[str, None] = {"/peluang": None}
    while len(found) < number:
        found[_address(source)] = None
    return list(found)


def warm(drawn: int, among: int = 2000, seed: int = 2) -> list[str]:
    """Addresses drawn from `among` different ones by Zipf's law."""
    addresses = cold(among)
    weights = list(accumulate(1 / rank for rank in range(1, among + 1)))
    return random.Random(seed).choices(addresses, cum_weights=weights, k=drawn)


def _address(source: random.Random) -> str:
    pairs: list[tuple[str, str]] = []
    if source.random() < 0.4:
        pairs.append(("q", source.choice(WORDS)))
    filters = [
        ("dimensi", f"smart-{source.choice(DIMENSIONS)}"),
        ("skema", source.choice(SCHEMES)),
        ("daerah", source.choice(PROVINCES)),
        ("nilai", source.choice(CODES)),
        ("status", source.choice(("terbuka", "ditutup"))),
        ("mitra", source.choice(PARTNERS)),
        ("tenggat", source.choice(tuple(DEADLINES))),
        ("sejak", source.choice(POSTED)),
    ]
    pairs += source.sample(filters, source.choice((0, 0, 1, 1, 1, 2, 3)))
    if source.random() < 0.2:
        pairs.append(("urut", source.choice(SORTS)))
    if source.random() < 0.2:
        pairs.append(("halaman", str(source.randint(2, 5))))
    return f"/peluang?{urlencode(pairs)}" if pairs else "/peluang"
