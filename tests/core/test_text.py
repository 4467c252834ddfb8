import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.text import (
    clean_line,
    clean_text,
    confusable_key,
    csv_safe,
    has_bad_codepoints,
    random_tail,
    slugify,
)


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Kota   Bitung\t", "Kota Bitung"),
        ("satu\r\ndua\u2028tiga", "satu dua tiga"),
        ("a\x00b\x07c", "abc"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("Air\ufffe minum\ufdd0\U0001ffff", "Air minum"),
        ("Pasar\u00a0Baru", "Pasar Baru"),
        ("e\u0301", "\u00e9"),
        ("\u200b\u200d\u2060\ufeff", ""),
        ("\u3164\u2800\u115f", ""),
        ("\u0301\u0308", ""),
        ("\ud800rusak", "rusak"),
        ("👍 setuju", "👍 setuju"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_line_keeps_what_can_be_seen(typed: str | None, kept: str) -> None:
    assert clean_line(typed) == kept


def test_a_text_keeps_its_lines_and_its_list_indentation() -> None:
    assert (
        clean_text(" \n\nSatu  dua\r\n\r\n\r\n\r\n- tiga\n  - empat  \n\u200b\n")
        == "Satu dua\n\n- tiga\n  - empat"
    )
    assert clean_text("\u200b\n \u202e") == ""


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert not {unicodedata.category(char) for char in once} & {"Cf", "Cs"}
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    "title, slug",
    [
        ("KPBU Alat Penerangan Jalan (APJ)", "kpbu-alat-penerangan-jalan-apj"),
        ("Kafé & Ørsted", "kafe-orsted"),
        ("日本語", "tanpa-judul"),
        ("a" * 80, "a" * 60),
        ("kata " * 20, "kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata"),
    ],
)
def test_slug(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_a_slug_fits_an_address(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(title))
    assert len(slugify(title)) <= 60


@pytest.mark.parametrize(
    "other",
    [
        "PT. MAJU BERSAMA",
        "P.T. Maju Bersama Tbk",
        "Maju Bersama, PT",
        "CV Maju-Bersama",
        "PT MajuBersama",
        "РТ Маju Веrsаmа",
        "PT Μaju Bersαma",
        "PT Máju Bersama (Persero)",
        "PT\u200b Ma\u00adju Bersama",
        "ＰＴ Ｍａｊｕ Ｂｅｒｓａｍａ",
    ],
)
def test_names_that_look_alike_share_a_key(other: str) -> None:
    assert confusable_key(other) == confusable_key("PT Maju Bersama")


def test_keys_fold_strokes_and_keep_names_apart() -> None:
    assert confusable_key("PT Digital 10") == confusable_key("PT DlGITAL IO")
    assert confusable_key("PT Maju Bersama") != confusable_key("PT Maju Bersatu")
    assert confusable_key("PT") == "pt"
    assert confusable_key("Bank CV Nusantara") != confusable_key("Bank Nusantara")


def test_bad_codepoints() -> None:
    assert has_bad_codepoints("peluang\x00")
    assert has_bad_codepoints("\udcff")
    assert not has_bad_codepoints("peluang/kota-bitung?q=é 👍")


def test_a_tail_is_random_and_readable() -> None:
    tails = {random_tail() for _ in range(200)}
    assert len(tails) == 200
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{6}", tail) for tail in tails)


@pytest.mark.parametrize("cell", ["=1+1", "+62 812", "-5", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert csv_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Kota Bitung", "a=b", "", -5, None])
def test_other_cells_stay(cell: object) -> None:
    assert csv_safe(cell) == cell
