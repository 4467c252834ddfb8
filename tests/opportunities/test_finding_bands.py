import pytest

from marketplace.opportunities.finding.bands import band_of


@pytest.mark.parametrize(
    "rupiah, band",
    [
        (None, "belum-dinyatakan"),
        (1, "di-bawah-10-miliar"),
        (9_999_999_999, "di-bawah-10-miliar"),
        (10_000_000_000, "10-100-miliar"),
        (99_999_999_999, "10-100-miliar"),
        (100_000_000_000, "100-miliar-1-triliun"),
        (1_000_000_000_000, "di-atas-1-triliun"),
    ],
)
def test_bands_meet_without_a_gap(rupiah: int | None, band: str):
    assert band_of(rupiah) == band
