"""What means the same, for listings and for questions; no index needed."""

import pytest

from marketplace.data.reading import read_rows
from marketplace.search.stems import telling_stems, words
from marketplace.search.synonyms import longest_known, meanings_of, read_listing, region_meaning


def _means(text: str) -> set[str]:
    return set(read_listing(telling_stems(words(text))).meanings)


@pytest.mark.parametrize(
    "typed, long",
    [
        ("MPP", "mal pelayanan publik"), ("KPBU", "kerja sama pemerintah dan badan usaha"),
        ("PSEL", "pengolahan sampah menjadi energi listrik"), ("PJU", "alat penerangan jalan"),
        ("APJ", "penerangan jalan umum"), ("SPAM", "sistem penyediaan air minum"),
        ("TPST", "tempat pengolahan sampah terpadu"), ("RDF", "refuse derived fuel"),
        ("UMKM", "usaha mikro, kecil, dan menengah"), ("SPBE", "sistem pemerintahan berbasis elektronik"),
        ("PLTS", "pembangkit listrik tenaga surya"), ("BRT", "bus rapid transit"),
        ("BGS", "bangun guna serah"), ("TJSL", "tanggung jawab sosial dan lingkungan"),
        ("KSDPK", "kerja sama daerah dengan pihak ketiga"), ("APBD", "anggaran pendapatan dan belanja daerah"),
    ],
)  # fmt: skip
def test_an_abbreviation_means_its_long_form(typed: str, long: str):
    assert _means(typed) & _means(f"Rencana {long} untuk kota")


def test_every_scheme_means_its_long_name_and_its_english_one():
    for row in read_rows("schemes.csv"):
        short = {meaning for part in row["name"].split("/") for meaning in _means(part)}
        assert short & _means(row["long_name_id"]), row
        assert short & _means(row["name_en"]), row


@pytest.mark.parametrize(
    "typed, code",
    [
        ("kabupaten cirebon", "32.09"), ("kab. cirebon", "32.09"), ("pemkab cirebon", "32.09"),
        ("cirebon regency", "32.09"), ("kota cirebon", "32.74"), ("city of cirebon", "32.74"),
        ("tangsel", "36.74"), ("south tangerang", "36.74"), ("pemkot tangsel", "36.74"),
        ("jabar", "32"), ("west java province", "32"), ("north sumatra", "12"), ("riau islands", "21"),
        ("southwest papua", "96"), ("central lombok regency", "52.02"), ("jkt", "31"), ("bupati cirebon", "32.09"),
        ("wali kota cirebon", "32.74"), ("cirebon kota", "32.74"), ("propinsi bali", "51"), ("balige", "12.12"),
        ("pemkab kepanjen", "35.07"), ("IKN", "ikn"), ("danau toba", "danau-toba"), ("danau toba", "12.12"),
    ],
)  # fmt: skip
def test_a_region_has_many_names(typed: str, code: str):
    assert region_meaning(code) in meanings_of(telling_stems(words(typed)))


def test_a_name_that_a_kabupaten_and_a_kota_share_is_neithers():
    assert not {region_meaning("32.09"), region_meaning("32.74")} & {*meanings_of(["cirebon"])}


@pytest.mark.parametrize(
    "kind, broad",
    [
        ("pisang", "fruit"), ("jeruk siam", "buah-buahan"), ("PLTM", "green energy"), ("pusat distribusi", "gudang"),
        ("Kabupaten Kutai Kartanegara", "ikn"), ("Kabupaten Karo Sumatera Utara", "danau toba"), ("Aceh", "sumatra"),
        ("Kabupaten Bandung", "bandung raya"), ("TPA", "waste management"),
    ],
)  # fmt: skip
def test_who_says_a_kind_says_what_it_is_a_kind_of_and_not_the_other_way(kind: str, broad: str):
    asked = set(meanings_of(words(broad)))
    assert asked & _means(kind)
    assert not set(meanings_of(words(kind))) & _means(broad)


def test_the_kabupaten_at_the_lake_is_not_all_that_lies_around_it():
    assert meanings_of(["toba"]) == (region_meaning("12.12"),)


def test_the_longest_phrase_is_taken_and_nothing_beyond_the_run():
    assert longest_known(["penerangan", "jalan", "umum", "kota"]) == 3
    assert longest_known(["penerangan", "jalan"]) == 2
    assert longest_known(["penerangan"]) == longest_known(["tidakada"]) == 1


def test_every_row_names_at_least_two_phrases():
    for row in read_rows("synonyms.csv"):
        phrases = row["phrases"].split(";")
        assert len(set(phrases)) == len(phrases) > 1, row
        assert row["kind"] in {"alias", "abbreviation", "synonym", "broader"}


def test_no_phrase_is_written_twice():
    rows = [row["phrases"] for row in read_rows("synonyms.csv")]
    assert len(set(rows)) == len(rows)
