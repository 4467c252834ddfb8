"""Names, addresses and distances of regions, without the table."""

import pytest

from marketplace.regions.rules import (
    RegionType,
    display_name,
    distance_km,
    is_province_code,
    region_slug,
)

T = RegionType


@pytest.mark.parametrize(
    "kind, full, short, shown, slug",
    [
        (T.PROVINSI, "Daerah Khusus Ibukota Jakarta", "DKI Jakarta", "Provinsi DKI Jakarta", "provinsi-dki-jakarta"),
        (T.KABUPATEN, "Kabupaten Solok", "Solok", "Kabupaten Solok", "kabupaten-solok"),
        (T.KOTA, "Kota Bitung", "Bitung", "Kota Bitung", "kota-bitung"),
    ],
)  # fmt: skip
def test_a_region_bears_its_kind_in_its_name(kind: T, full: str, short: str, shown: str, slug: str) -> None:
    assert display_name(kind, full, short) == shown
    assert region_slug(kind, full, short) == slug


BITUNG, JAKARTA, SABANG = (1.44, 125.19), (-6.2, 106.82), (5.89, 95.32)


@pytest.mark.parametrize(
    "start, end, kilometres",
    [
        ((0, 100), (0, 101), 111.19),
        ((-1, 100), (1, 100), 222.39),
        # At 60 degrees a degree of longitude is half as long.
        ((60, 10), (60, 11), 55.6),
        (BITUNG, JAKARTA, 2209.22),
        (SABANG, JAKARTA, 1853.74),
    ],
)
def test_distances_over_the_globe(
    start: tuple[float, float], end: tuple[float, float], kilometres: float
) -> None:
    assert distance_km(start, end) == pytest.approx(kilometres, abs=0.01)
    assert distance_km(end, start) == pytest.approx(kilometres, abs=0.01)
    assert distance_km(start, start) == 0


@pytest.mark.parametrize("code, wanted", [("71", True), ("71.72", False)])
def test_a_code_of_two_parts_is_no_provinces(code: str, wanted: bool) -> None:
    assert is_province_code(code) is wanted
