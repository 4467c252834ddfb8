import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace.search.stems import stem, words


def test_words_are_unaccented_casefolded_and_cut():
    assert words("Café  KOTA-Bitung, 7_459 titik\x00lampu") == [
        "cafe",
        "kota",
        "bitung",
        "7",
        "459",
        "titik",
        "lampu",
    ]
    assert words("x" * 500) == ["x" * 40]


def test_an_apostrophe_parts_no_word():
    assert words("Jum'at, the city\u2019s, people's market") == ["jumat", "the", "city", "people", "market"]


@pytest.mark.parametrize("text", ["", "   ", "🚀🚀", '"""', "---", "\ud800", "\u200b"])
def test_text_without_a_word_has_no_words(text: str):
    assert words(text) == []


@pytest.mark.parametrize(
    "forms",
    [
        ("sampah", "persampahan"),
        ("bangun", "pembangunan", "membangun"),
        ("layan", "layanan", "pelayanan"),
        ("market", "markets"),
        ("lighting", "lights"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


def test_different_words_keep_different_stems():
    assert stem("pasar") != stem("pagar")


def test_threads_that_stem_at_once_get_the_stems_that_one_alone_gets():
    asked = [
        f"pe{middle}{end}" for middle in ("layan", "sampah", "rumah") for end in ("an", "annya", "kan", "i")
    ] * 20
    alone = [stem.__wrapped__(word) for word in asked]
    switched = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: [stem.__wrapped__(word) for word in asked], range(4)))
    finally:
        sys.setswitchinterval(switched)
    assert found == [alone] * 4
