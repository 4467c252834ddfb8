from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.search.finding import find
from marketplace.search.highlighting import Marker
from marketplace.search.index import OpenIndex
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.suggesting import suggest
from marketplace.search.text import parse, read
from tests.search.documents import NOW, build, corpus, document, home_in

_LISTINGS = [
    document(1, title="Penyiapan KPBU penerangan jalan kota", body="Lampu di ruas utama"),
    document(2, title="Revitalisasi pasar tradisional", body="Kios baru", place="Kota Bandung Jawa Barat"),
    document(3, title="Pemasaran digital UMKM", body="Pelatihan", place="Kabupaten Bandung Jawa Barat"),
    document(
        4, title="Pengolahan sampah menjadi RDF", body="Waste treatment for the region", place="Kab. Cilacap"
    ),
    document(5, title="Jalan layang", body="Penerangan sementara, dan air minum"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    return build(home_in(tmp_path_factory.mktemp("text")), _LISTINGS)


def _ids(index: OpenIndex, text: str) -> list[int]:
    return find(index.view(), SearchRequest(NOW, text=text, sort=Sort.RELEVANCE)).ids


def test_words_must_all_be_there(index: OpenIndex):
    assert set(_ids(index, "penerangan minum")) == {5}
    assert _ids(index, "penerangan jalan kpbu") == [1]


def test_words_that_mean_something_together_must_be_near_each_other(index: OpenIndex):
    assert _ids(index, "penerangan jalan") == [1]
    assert set(_ids(index, "jalan penerangan")) == {1, 5}


def test_a_stem_finds_its_other_forms(index: OpenIndex):
    assert _ids(index, "persampahan") == [4]
    assert _ids(index, "wastes") == [4]


def test_accents_and_case_do_not_matter(index: OpenIndex):
    assert _ids(index, "REVITÁLISASI Pasar") == [2]


@pytest.mark.parametrize(
    "typed", ["peneranagn jalan", "peneragan jalan", "penerangann jalan", "penerangan jaln kota"]
)
def test_one_typo_is_forgiven(index: OpenIndex, typed: str):
    assert _ids(index, typed) == [1]


@pytest.mark.parametrize("typed", ["kpub", "kpb", "psar", "apsar"])
def test_short_words_are_mended_with_care(index: OpenIndex, typed: str):
    found = _ids(index, typed)
    assert found == {"kpub": [1], "kpb": [], "psar": [2, 3], "apsar": [2, 3]}[typed]


def test_numbers_are_taken_as_typed(index: OpenIndex):
    assert _ids(index, "20266") == []


def test_a_typo_is_only_forgiven_when_nothing_has_the_word(tmp_path: Path):
    index = build(home_in(tmp_path), [document(1, title="Rumah susun"), document(2, title="Rumah surun")])
    assert _ids(index, "susun") == [1]


def test_a_known_word_may_be_the_typo_of_another(tmp_path: Path):
    listings = [document(1, title="pasar induk", body=""), document(2, title="pagar stadion", body="")]
    index = build(home_in(tmp_path), listings)
    found = find(index.view(), SearchRequest(NOW, text="pagar induk"))
    assert (found.ids, found.corrected) == ([1], "pasar induk")


def test_the_word_as_typed_ranks_above_its_stem(index: OpenIndex):
    assert _ids(index, "pasar") == [2, 3]
    assert _ids(index, "pemasaran")[0] == 3


def test_phrases_keep_their_order(index: OpenIndex):
    assert _ids(index, '"penerangan jalan"') == [1]
    assert _ids(index, '"jalan penerangan"') == []
    assert _ids(index, '"air minum"') == [5]


def test_words_can_be_excluded(index: OpenIndex):
    assert _ids(index, "penerangan -layang") == [1]
    assert set(_ids(index, "-penerangan")) == {2, 3, 4}
    assert _ids(index, 'penerangan -"ruas utama"') == [5]


def test_a_hyphen_inside_a_word_excludes_nothing(index: OpenIndex):
    assert _ids(index, "air-minum") == [5]


def test_stop_words_are_not_demanded(index: OpenIndex):
    assert _ids(index, "pasar di bandung dan untuk kios") == [2]


def test_places_are_found_by_their_full_name(index: OpenIndex):
    assert _ids(index, "kota bandung") == [2]
    assert _ids(index, "kabupaten bandung") == [3]


@pytest.mark.parametrize("typed", ["🚀", '"""', "- - -", "+++", "\x00", "()"])
def test_a_question_without_words_finds_nothing(index: OpenIndex, typed: str):
    assert _ids(index, typed) == []


def test_blank_text_is_no_question(index: OpenIndex):
    assert len(_ids(index, "   ")) == 5


def test_long_questions_are_cut():
    assert len(parse("kata " * 5000)) == 16


_ODD = """"'-+:()[]{}^~*\\/|&!<>%_;.,?#@$=` aijkOR\x00\u200b\ud83d🚀é٣"""
_SYNTAX = st.sampled_from(
    ["pasar", "jalan", "-", '"', "%", "_", "' OR 1=1 --", "'; DROP TABLE x;", "a & !b", "a <-> b", ":*", "title:", "AND",
     "NOT", "[a TO b]", "^2", "~1", "\x00", "🚀", "\\", "*", "-" * 9, "é" * 9]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.one_of(
        st.text(max_size=400),
        st.text(alphabet=_ODD, max_size=60),
        st.lists(_SYNTAX, max_size=12).map(" ".join),
    )
)
def test_nothing_typed_makes_it_fail(index: OpenIndex, typed: str):
    request = SearchRequest(NOW, text=typed, sort=Sort.RELEVANCE)
    found = find(index.view(), request)
    assert found.total == len(found.ids) <= 5
    assert suggest(index.view(), request, found) is None or not found.corrected
    reading = read(index.view(), typed)
    if reading:
        Marker(reading).snippet(f"{typed} pasar")


def test_ten_kilobytes_of_anything_are_survived(index: OpenIndex):
    for typed in ("a" * 10_000, '"' * 10_000, "-x " * 3_000, "é" * 10_000, "\ud83d" * 10_000):
        find(index.view(), SearchRequest(NOW, text=typed))


def test_relevance_pages_hold_each_listing_once(tmp_path: Path):
    index = build(home_in(tmp_path), corpus(150, seed=5))
    question = SearchRequest(NOW, text="pasar", sort=Sort.RELEVANCE)
    first = find(index.view(), question)
    seen = [
        number
        for page in range(1, first.pages + 1)
        for number in find(index.view(), SearchRequest(NOW, text="pasar", sort=Sort.RELEVANCE, page=page)).ids
    ]
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == first.total


@pytest.mark.parametrize("typed", ["pju", "lampu jalan", "street lighting kota", "penerangan jalan umum"])
def test_synonyms_find_the_same_thing(tmp_path: Path, typed: str):
    index = build(home_in(tmp_path), [document(1, body=""), document(2, title="Jalan tol kota", body="")])
    assert _ids(index, typed) == [1]


def test_short_names_of_provinces_are_known(tmp_path: Path):
    places = [
        document(1, place="Kota Bitung Sulawesi Utara"),
        document(2, place="Kota Sorong Papua Barat Daya"),
    ]
    index = build(home_in(tmp_path), places)
    assert _ids(index, "sulut") == [1]
    assert _ids(index, "penerangan sulut") == [1]


def test_a_synonym_ranks_below_the_words_as_typed(tmp_path: Path):
    listings = [document(1, title="Rumah susun", body=""), document(2, title="Apartemen", body="")]
    index = build(home_in(tmp_path), listings)
    assert (_ids(index, "apartemen"), _ids(index, "rumah susun")) == ([2, 1], [1, 2])


@pytest.mark.parametrize(
    "better, worse",
    [
        ({"title": "Pasar", "body": ""}, {"title": "Kios", "body": "Pasar"}),
        ({"completeness": 4}, {"completeness": 1}),
        ({"published_at": NOW - timedelta(days=3)}, {"published_at": NOW - timedelta(days=300)}),
    ],
)
def test_relevance_weighs_title_completeness_and_freshness(tmp_path: Path, better: dict, worse: dict):
    listing = {"title": "Pasar", "body": "", "completeness": 2, "published_at": NOW - timedelta(days=100)}
    listings = [document(1, **{**listing, **worse}), document(2, **{**listing, **better})]
    assert _ids(build(home_in(tmp_path), listings), "pasar") == [2, 1]


def test_merit_does_not_outweigh_the_title(tmp_path: Path):
    fresh = document(1, title="Kios", body="Dekat pasar", completeness=4)
    old = document(2, title="Pasar", body="", completeness=0, published_at=NOW - timedelta(days=900))
    assert _ids(build(home_in(tmp_path), [fresh, old]), "pasar") == [2, 1]


def test_a_province_itself_comes_before_what_lies_in_it(tmp_path: Path):
    inside = document(1, place="Kota Bitung Sulawesi Utara", regions=("71.72",))
    itself = document(2, place="Provinsi Sulawesi Utara Sulawesi Utara", regions=("71",))
    assert _ids(build(home_in(tmp_path), [inside, itself]), "sulut") == [2, 1]


def test_a_distant_day_still_fits_into_the_column_of_merit(tmp_path: Path):
    distant = document(1, title="Pasar", published_at=NOW.replace(year=2100), closes_at=None)
    assert _ids(build(home_in(tmp_path), [distant]), "pasar") == [1]
