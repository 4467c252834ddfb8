"""The bands in which people look for a size of investment."""

_BILLION = 10**9
UNKNOWN = "belum-dinyatakan"
# Lower limit in rupiah (inclusive) -> code in addresses; lowest first.
BANDS = (
    (0, "di-bawah-10-miliar"),
    (10 * _BILLION, "10-100-miliar"),
    (100 * _BILLION, "100-miliar-1-triliun"),
    (1000 * _BILLION, "di-atas-1-triliun"),
)
CODES = (*(code for _, code in BANDS), UNKNOWN)


def band_of(value_idr: int | None) -> str:
    """The code of the band in which that many rupiah lie."""
    if value_idr is None:
        return UNKNOWN
    return [code for lowest, code in BANDS if value_idr >= lowest][-1]
