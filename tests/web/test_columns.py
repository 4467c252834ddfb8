"""Who says the same in a comparison is named together, and nobody is lost."""

import pytest

from marketplace.web.columns import drawn, told_together


@pytest.mark.parametrize(
    "said,shown",
    [
        (["x", "y", "x"], ["Satu; Tiga", "Dua", ""]),
        (["x", "y", "z"], ["Satu", "Dua", "Tiga"]),
        (["y", "x", "x"], ["Satu", "Dua; Tiga", ""]),
        (["x", "x", "x"], ["Semuanya", "", ""]),
        (["x"], ["Satu"]),
        ([], []),
    ],
)
def test_equal_cells_are_named_at_the_first_of_them(said: list[str], shown: list[str]) -> None:
    names = ["Satu", "Dua", "Tiga"][: len(said)]
    assert told_together(drawn(said, str.upper), names) == list(zip(map(str.upper, said), shown, strict=True))
