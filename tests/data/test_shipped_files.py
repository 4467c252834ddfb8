"""The shipped files agree with each other and with what SOURCES.md says of them."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from marketplace.config import ROOT
from marketplace.core.text import slugify
from marketplace.data.reading import FOLDER, ClosedAs, ExampleLife, codes, read_examples, read_rows
from marketplace.regions.maps import outline_id

RUNGS = {"idea", "concept", "pre_fs", "fs", "ready", "transaction"}
REGIONS = {row["code"]: row for row in read_rows("regions.csv")}
SECTORS = {row["sector_id"]: row for row in read_rows("sectors.csv")}
SCHEMES = {row["id"] for row in read_rows("schemes.csv")}


@pytest.mark.parametrize(
    "name, count",
    [
        ("regions.csv", 552),
        ("sectors.csv", 42),
        ("oc4ids_project_sectors.csv", 23),
        ("kbli2020.csv", 2686),
        ("schemes.csv", 10),
        ("participants.csv", 248),
        ("examples.csv", 42),
        ("innovations.csv", 52),
    ],
)
def test_row_counts(name: str, count: int) -> None:
    assert len(read_rows(name)) == count


def test_regions_are_the_official_ones() -> None:
    kinds = Counter(row["type"] for row in REGIONS.values())
    assert kinds == {"provinsi": 38, "kabupaten": 416, "kota": 98}
    dependent = {code for code, row in REGIONS.items() if row["autonomous"] == "0"}
    assert dependent == {"31.01", "31.71", "31.72", "31.73", "31.74", "31.75"}
    for province in (True, False):
        rows = [row for row in REGIONS.values() if (row["type"] == "provinsi") is province]
        assert sum(int(row["population"]) for row in rows) == 284_973_643


def test_sectors_name_known_codes() -> None:
    oc4ids = {row["code"] for row in read_rows("oc4ids_project_sectors.csv")}
    kbli = {row["code"]: row for row in read_rows("kbli2020.csv")}
    assert len({row["dimension_id"] for row in SECTORS.values()}) == 6
    for row in SECTORS.values():
        assert row["oc4ids_project_sector"] in oc4ids
        for code in codes(row["kbli2020_codes"]):
            assert kbli[code]["digits"] == "5"


def test_participants_are_regions_once_an_intake() -> None:
    rows = read_rows("participants.csv")
    assert len({row["region_code"] for row in rows}) == 237
    assert len({(row["region_code"], row["year"], row["cohort"]) for row in rows}) == 248
    for row in rows:
        assert REGIONS[row["region_code"]]["full_name"] == row["region_name"]
        assert row["source_url"].startswith("http")
        assert row["confidence"] != "low" or row["note_id"], "a doubtful record says why"


def test_examples_are_mapped_to_known_codes() -> None:
    examples = read_examples()
    for example in examples:
        assert example.region_code in REGIONS
        assert example.sector_code in SECTORS
        assert example.dimension_code in {row["dimension_id"] for row in SECTORS.values()}
        assert example.readiness is None or example.readiness in RUNGS
        assert set(example.schemes) <= SCHEMES
        assert (example.life is ExampleLife.CLOSED) == (example.closed_as is not None)
        assert example.value_idr is None or example.value_idr > 0
        assert re.fullmatch(r"[a-z0-9-]{1,60}-[0-9a-hjkmnp-tv-z]{6}", example.slug)
        assert example.slug.startswith(slugify(example.title))
    assert len({example.slug for example in examples}) == 42
    assert Counter(example.closed_as for example in examples) == {
        None: 32, ClosedAs.FINANCED: 8, ClosedAs.OPERATING: 1, ClosedAs.AWARDED: 1
    }  # fmt: skip


def test_unknown_is_empty_and_never_a_guess() -> None:
    by_id = {example.id: example for example in read_examples()}
    assert by_id["031"].schemes == (), "the page states no scheme"
    assert by_id["033"].readiness is None
    assert by_id["052"].year is None
    assert by_id["017"].value_idr is None, "its source gives one sum for two projects"
    assert by_id["001"].value_idr == 100_600_000_000


def test_innovations_have_lasting_addresses() -> None:
    rows = read_rows("innovations.csv")
    assert Counter(row["kind"] for row in rows) == {"innovation": 35, "quick_win": 17}
    assert len({row["slug"] for row in rows}) == 52
    for row in rows:
        assert row["region_code"] in REGIONS
        assert not row["sector_code"] or row["sector_code"] in SECTORS
        assert set(codes(row["schemes"])) <= SCHEMES
        assert row["slug"] == slugify(row["slug"], limit=200)


def test_examples_and_innovations_name_their_source() -> None:
    for row in read_rows("examples.csv") + read_rows("innovations.csv"):
        assert urlsplit(row["source_url"]).netloc
        assert row["source_name"]
    ids = [row["id"] for row in read_rows("examples.csv") + read_rows("innovations.csv")]
    assert sorted(ids) == [f"{number:03}" for number in range(1, 95)]


def test_every_region_is_drawn() -> None:
    drawn = json.loads((FOLDER / "maps.json").read_text(encoding="utf-8"))
    provinces = {code for code, row in REGIONS.items() if row["type"] == "provinsi"}
    for by_province in (drawn["indonesia"]["circles"], drawn["provinces"]):
        assert set(by_province) == provinces
    members = {code for province in drawn["provinces"].values() for code in province["circles"]}
    assert members == set(REGIONS) - provinces
    for name, shown in {"indonesia": drawn["indonesia"], **drawn["provinces"]}.items():
        picture = (ROOT / "static" / "regions" / "maps" / f"{name}.svg").read_text(encoding="utf-8")
        assert set(re.findall(r'id="([^"]+)"', picture)) == {outline_id(code) for code in shown["circles"]}


def test_sources_are_told_of_every_file() -> None:
    told = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for path in [*FOLDER.glob("*.csv"), *FOLDER.glob("*.json"), *(FOLDER / "boundaries").iterdir()]:
        assert path.name in told
