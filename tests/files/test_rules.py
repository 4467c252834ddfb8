"""Names and kinds of files, without a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.files import rules


@pytest.mark.parametrize(
    "name, ending",
    [
        ("a.pdf", ".pdf"),
        ("A.PDF", ".pdf"),
        ("a.tar.GZ", ".gz"),
        ("laporan", ""),
        ("dir.d/laporan", ""),
        (".pdf", ""),
    ],
)
def test_the_ending_is_that_of_the_shown_name(name: str, ending: str) -> None:
    assert rules.ending(name) == ending


def test_kinds_are_listed_for_people_and_for_the_field() -> None:
    assert rules.names_of(rules.IMAGES) == "PNG, JPEG, WEBP"
    assert rules.endings_of(rules.IMAGES) == ".png,.jpg,.jpeg,.webp"


@pytest.mark.parametrize(
    "size, shown",
    [(0, 0), (1, 1), (1024**2, 1), (1024**2 + 1, 2), (10 * 1024**2, 10), (10 * 1024**2 + 1, 11)],
)
def test_megabytes_are_rounded_up(size: int, shown: int) -> None:
    assert rules.megabytes(size) == shown


@pytest.mark.parametrize(
    "given_name, kept",
    [
        ("Studi kelayakan.pdf", "Studi kelayakan.pdf"),
        ("C:\\Data\\rahasia.pdf", "rahasia.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("\u200b.pdf", "pdf"),
        ("", "berkas"),
        ("...", "berkas"),
        ('<a href="x">.pdf', "a href=x.pdf"),
        ("rahasia/", "berkas"),
        ("XX laporan.XX", "XX laporan.XX"),
        ("laporan.abcdefghijkl", "laporan.abcdefghi"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kept: str) -> None:
    assert rules.clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_name_fits_and_stays(name: str) -> None:
    kept = rules.clean_name(name)
    assert 0 < len(kept) <= rules.LONGEST_NAME
    assert not set(kept) & set('/\\<>:"|?*\r\n')


def test_a_long_name_keeps_its_ending() -> None:
    assert rules.clean_name("x" * 500 + ".pdf") == "x" * 116 + ".pdf"
