from decimal import Decimal

import pytest

from marketplace.data.reading import read_rows
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.rules import RegionType, Timezone, distance_km, region_slug


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(_place(row) for row in read_rows("regions.csv"))


def _place(row: dict[str, str]) -> Place:
    kind = RegionType(row["type"])
    return Place(
        row["code"], kind, row["name"], row["full_name"], row["short_name"],
        region_slug(kind, row["full_name"], row["short_name"]), row["province_code"], row["island_group"],
        Timezone(row["timezone"]), float(row["latitude"]), float(row["longitude"]), int(row["population"]),
        Decimal(row["area_km2"]), row["autonomous"] == "1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "code, text",
    [
        ("71.72", "Kota Bitung, Sulawesi Utara"),
        ("13.02", "Kabupaten Solok, Sumatera Barat"),
        ("31.71", "Kota Administrasi Jakarta Pusat, DKI Jakarta"),
        ("51", "Provinsi Bali"),
        ("31", "Provinsi DKI Jakarta"),
        ("34", "Provinsi DI Yogyakarta"),
    ],
)
def test_place_text_always_says_the_kind(gazetteer: Gazetteer, code: str, text: str) -> None:
    assert gazetteer.place_text(code) == text


def test_governments_leave_out_the_six_of_jakarta(gazetteer: Gazetteer) -> None:
    governments = {place.code for place in gazetteer.governments()}
    assert len(governments) == 546
    assert "31" in governments
    assert not any(code.startswith("31.") for code in governments)


def test_a_province_has_its_children_and_a_kota_has_none(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.provinces) == 38
    assert {child.province_code for child in gazetteer.children("71")} == {"71"}
    assert sum(len(gazetteer.children(province.code)) for province in gazetteer.provinces) == 514
    assert gazetteer.children("71.72") == []
    assert gazetteer.members("71")[0] == "71"
    assert gazetteer.members("71.72") == ["71.72"]


def test_nearest_stay_in_the_province_and_leave_out_the_region_itself(gazetteer: Gazetteer) -> None:
    names = [place.display for place in gazetteer.nearest("71.72", 3)]
    assert names == ["Kabupaten Minahasa Utara", "Kota Manado", "Kota Tomohon"]


def test_search_tells_kabupaten_from_kota(gazetteer: Gazetteer) -> None:
    both = {place.display for place in gazetteer.search("madiun")}
    assert both == {"Kabupaten Madiun", "Kota Madiun"}
    assert [place.display for place in gazetteer.search("kota MADIUN")] == ["Kota Madiun"]
    assert [place.display for place in gazetteer.search("kab. madiun")] == ["Kabupaten Madiun"]
    assert gazetteer.search("atlantis") == []


def test_unknown_codes(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("99.99") is None
    assert gazetteer.province_of("71.72") is gazetteer.find("71")


def test_paths_and_zones(gazetteer: Gazetteer) -> None:
    bitung = gazetteer.by_code["71.72"]
    assert bitung.path == "71.72-kota-bitung"
    assert bitung.zone == "WITA"
    assert gazetteer.by_code["31"].path == "31-provinsi-dki-jakarta"


def test_distance_of_a_degree_on_the_equator() -> None:
    assert distance_km((0, 100), (0, 101)) == pytest.approx(111.19, abs=0.01)
    assert distance_km((1, 2), (1, 2)) == 0
