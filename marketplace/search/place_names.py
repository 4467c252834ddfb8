"""What people call regions: their kind before the bare name, the government's name, English in its word order."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from marketplace.data.reading import codes, read_rows

_KINDS = {
    "provinsi": (
        "provinsi {}", "prov {}", "propinsi {}", "pemprov {}", "pemerintah provinsi {}", "gubernur {}",
        "{} province", "province of {}",
    ),
    "kabupaten": (
        "kabupaten {}", "kab {}", "pemkab {}", "pemerintah kabupaten {}", "bupati {}", "{} kabupaten", "{} kab",
        "{} regency", "regency of {}",
    ),
    "kota": (
        "kota {}", "pemkot {}", "pemerintah kota {}", "wali kota {}", "walikota {}", "kotamadya {}", "kodya {}",
        "{} kota", "{} city", "city of {}", "municipality of {}",
    ),
}  # fmt: skip
_DIRECTIONS = {
    "barat daya": "southwest", "utara": "north", "selatan": "south", "barat": "west",
    "timur": "east", "tengah": "central", "tenggara": "southeast", "pusat": "central",
}  # fmt: skip
_ENGLISH = (("sumatera", "sumatra"), ("jawa", "java"))


def region_phrases() -> dict[str, list[str]]:
    """Region code -> what it is called. A bare name that two regions share is neither's."""
    rows = read_rows("regions.csv")
    bare = Counter(name for row in rows for name in _names(row))
    return {
        row["code"]: [
            phrase
            for name in _names(row)
            for phrase in (*with_kind(row["type"], name), *([name] if bare[name] == 1 else []))
        ]
        for row in rows
    }


def region_kinds() -> dict[str, str]:
    """Region code -> provinsi, kabupaten or kota."""
    return {row["code"]: row["type"] for row in read_rows("regions.csv")}


def cluster_names() -> dict[str, list[str]]:
    """Code of a cluster of regions -> what it is called; short names stand in brackets behind the long one."""
    return {row["code"]: re.split(r" \(|\)", row["name"])[:2] for row in read_rows("clusters.csv")}


def cluster_regions() -> dict[str, list[str]]:
    """Code of a cluster of regions -> the codes of its regions."""
    return {row["code"]: list(codes(row["region_codes"])) for row in read_rows("clusters.csv")}


@cache
def name_words() -> frozenset[str]:
    """Every word of the regions' own names."""
    return frozenset(word for row in read_rows("regions.csv") for word in row["name"].casefold().split())


def with_kind(kind: str, name: str) -> Iterator[str]:
    """The name with such a kind, as people write it."""
    return (form.format(name) for form in _KINDS[kind])


def _names(row: dict[str, str]) -> list[str]:
    name = row["name"].casefold()
    return list(dict.fromkeys([name, *_in_english(name)]))


def _in_english(name: str) -> Iterator[str]:
    english = name
    for own, other in _ENGLISH:
        english = english.replace(own, other)
    for own, other in _DIRECTIONS.items():
        if name.endswith(f" {own}"):
            for each in (name, english):
                yield f"{other} {each.removesuffix(f' {own}')}"
            return
    if name.startswith("kepulauan "):
        yield f"{name.removeprefix('kepulauan ')} islands"
