"""Businesses suggested from a title and a summary: on a tiny classification, and on the shipped one."""

import pytest

from marketplace.data.reading import read_rows
from marketplace.taxonomy.kbli_suggestion import SHOWN, Activity, Sector, Suggester, Told, Weights, suggester

ROWS = [
    {"code": "36", "title": "Penyediaan Air", "terms": ""},
    {"code": "36001", "title": "Penampungan dan Penyaluran Air Minum", "terms": "pelanggan tangki"},
    {"code": "38110", "title": "Pengumpulan Sampah", "terms": "kontainer puing"},
    {"code": "42101", "title": "Konstruksi Jalan", "terms": "aspal landasan"},
    {"code": "84112", "title": "Administrasi Sampah oleh Pemerintah", "terms": "camat desa"},
]
SECTORS = [Sector("waste", "Sampah dan limbah", ("38110",)), Sector("road", "Jalan daerah", ("42101",))]


def made(*told: Told) -> Suggester:
    return Suggester(ROWS, SECTORS, told)


@pytest.mark.parametrize(
    "title, summary, first",
    [
        ("Penyaluran air minum", "", "36001"),
        # Words of the description count, and stems do.
        ("Untuk para pelanggan", "tangki dan bertangki", "36001"),
        ("Mengaspal", "", "42101"),
        # The words of a sector lead to its codes.
        ("Limbah kota", "", "38110"),
    ],
)
def test_words_lead_to_a_code(title, summary, first):
    assert made().suggest(title, summary)[0] == first


def test_government_and_groups_are_no_business_of_a_partner():
    assert made().suggest("Administrasi sampah camat desa penyediaan") == ["38110", "36001"]


def test_an_example_teaches_its_sector_and_is_not_known_when_left_out():
    taught = made(Told("Pirolisis mini di pulau", "waste"))
    assert taught.suggest("Pirolisis")[:1] == ["38110"]
    assert taught.without(0).suggest("Pirolisis") == []


def test_the_codes_of_a_chosen_sector_come_first():
    assert made().suggest("Penyaluran air minum", sector="road")[:2] == ["42101", "36001"]
    assert made().suggest("", sector="road") == ["42101"]
    assert made().suggest("", sector="none such") == []


def test_whichever_is_surer_stands_first():
    # All of it is a code's title, though "sampah" is a word of a sector; then the other way round.
    assert made().suggest("Penyaluran air minum", "sampah")[0] == "36001"
    assert made().suggest("Sampah dan limbah", "air")[0] == "38110"


def test_a_word_is_not_its_stem_where_a_sector_is_told():
    market, promotion = Sector("market", "Pasar", ("68111",)), Sector("promotion", "Pemasaran", ("73100",))
    suggest = Suggester(ROWS, [market, promotion], ()).suggest
    assert suggest("Pasar") == ["68111", "73100"]
    assert suggest("Pemasaran") == ["73100", "68111"]


@pytest.mark.parametrize(
    "title, summary, order",
    [
        ("Bangun terminal", "", ["41019", "52211"]),
        ("Terminal", "supaya dibangun", ["41019", "52211"]),
        ("Terminal", "", ["52211", "41019"]),
    ],
)
def test_what_is_to_be_done_decides_between_codes_for_the_same_thing(title, summary, order):
    rows = [
        {"code": "41019", "title": "Terminal", "terms": ""},
        {"code": "52211", "title": "Terminal", "terms": ""},
    ]
    build = Activity(frozenset({"41"}), frozenset({"bangun"}), leading=2, unsaid=0.5)
    assert Suggester(rows, [], (), activities=[build]).suggest(title, summary) == order
    assert build.factor(["bangun", "terminal"], []) == 2
    assert build.factor(["terminal", "bangun"], []) == build.factor(["terminal"], ["bangun"]) == 1


def test_words_for_the_same_thing_that_is_done_meet():
    rows = [{"code": "41014", "title": "Konstruksi Gedung", "terms": ""}]
    build = Activity(frozenset({"41"}), frozenset({"konstruksi", "revitalisasi"}), leading=1, unsaid=1)
    assert Suggester(rows, [], (), activities=[build]).suggest("Revitalisasi") == ["41014"]
    assert Suggester(rows, [], ()).suggest("Revitalisasi") == []


def test_where_a_sector_was_chosen_the_codes_of_others_are_not_suggested():
    assert made().suggest("Limbah kota") == ["38110"]
    assert made().suggest("Limbah kota", sector="road") == ["42101"]


def test_codes_that_are_alike_make_room_for_others():
    rows = [
        {"code": "47811", "title": "Pasar", "terms": ""},
        {"code": "47812", "title": "Pasar", "terms": ""},
        {"code": "41014", "title": "Pasar gedung", "terms": ""},
    ]
    assert Suggester(rows, [], ()).suggest("Pasar")[:2] == ["47811", "41014"]
    assert Suggester(rows, [], (), Weights(alike=1)).suggest("Pasar")[:2] == ["47811", "47812"]


def test_words_that_mean_nothing_here_suggest_nothing():
    assert made().suggest("qwerty", "zxcv") == []
    assert made().suggest("", "") == []


def test_the_shipped_classification_answers_with_ten_known_codes():
    known = {row["code"] for row in read_rows("kbli2020.csv") if row["digits"] == "5"}
    found = suggester().suggest("Penerangan jalan umum", "7.459 titik lampu LED dengan meterisasi.")
    assert len(found) == len(set(found)) == SHOWN
    assert set(found) <= known
    assert "43211" in found
