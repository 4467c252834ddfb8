"""Slips are mended by words of the listings and of our synonyms, and by nothing else; words that exist are none."""

import pytest

from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.spelling import Speller
from marketplace.search.suggesting import suggest
from tests.search.documents import NOW, build, document, home_in

_LISTINGS = [
    document(1, title="Pasar Bauntung", body="Kios", place="Kota Banjarbaru"),
    document(2, title="Pasar Legi", body="Los wadah", place="Kabupaten Temanggung"),
    document(3, title="Pasir kuarsa", body="Tambang", place="Kota Tanjung Pinang"),
    document(4, title="Agrowisata", body="Kebun waduh", place="Kabupaten Toba", names="Pariwisata Tourism"),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return build(home_in(tmp_path_factory.mktemp("slips")), _LISTINGS).view()


@pytest.mark.parametrize(
    "typed, first",
    [
        ("temangung", "temanggung"),
        ("temangggung", "temanggung"),
        ("bautnung", "bauntung"),
        ("bauntumg", "bauntung"),
        ("hopsital", "hospital"),
        ("psar", "pasar"),
        ("lgei", "legi"),
        # Without its vowels, or without some.
        ("psr", "pasar"),
        ("smph", "sampah"),
        ("bnjarbru", "banjarbaru"),
        # A letter left out is likelier than one exchanged for another far away on the keyboard.
        ("bandun", "bandung"),
        # Names are slipped in twice.
        ("temengung", "temanggung"),
    ],
)
def test_a_slip_is_mended(view: View, typed: str, first: str):
    assert Speller(view).guesses(typed)[0] == first


@pytest.mark.parametrize(
    "typed",
    [
        *("xx", "apsr", "xios", "lama", "20266", "kota7", "пасар", "temanguunnggg", "", "é"),
        # Words that exist: a region, one of everyday life, a form of it, one that people ask with.
        *("magelang", "kampung", "perkampungan", "saja", "pantai"),
    ],
)
def test_what_is_too_far_or_too_short_stays(view: View, typed: str):
    assert Speller(view).guesses(typed) == ()


def test_the_more_frequent_word_comes_first(view: View):
    assert Speller(view).guesses("pasrr")[:1] == ("pasar",)


@pytest.mark.parametrize(
    "typed, found, corrected",
    [
        ("pasar temangung", [2], "pasar temanggung"),
        ("tanjungpinang", [3], ""),
        ("banjar baru pasar", [1], ""),
        ("agro wisata", [4], ""),
        ("hopsital", [], ""),
    ],
)
def test_the_question_says_how_it_was_understood(view: View, typed: str, found: list[int], corrected: str):
    answer = find(view, SearchRequest(NOW, text=typed))
    assert (answer.ids, answer.corrected) == (found, corrected)


def test_where_nothing_has_all_of_it_a_part_is_found_unless_the_whole_is_asked(view: View):
    answer = find(view, SearchRequest(NOW, text="pasar kelontong"))
    assert (sorted(answer.ids), answer.partial) == ([1, 2], True)
    answer = find(view, SearchRequest(NOW, text="pasar kelontong", exact=True))
    assert (answer.ids, answer.partial) == ([], False)


def test_other_words_are_suggested_only_where_they_find_more(view: View):
    def suggested(typed: str) -> tuple[str, int] | None:
        request = SearchRequest(NOW, text=typed)
        found = suggest(view, request, find(view, request))
        return (found.text, found.total) if found else None

    assert suggested("pasir") == ("pasar", 2)
    assert suggested("pasar") is None
    assert suggested("wadah") is None
    assert suggested("kelontong") is None
    assert suggested("") is None
