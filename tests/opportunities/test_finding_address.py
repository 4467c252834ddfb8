"""The address of a question: read leniently, written in one way."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from marketplace.opportunities.finding.question import PARAMETERS, Known, Question, parse
from marketplace.search.query import Sort
from marketplace.search.schema import NO_DEADLINE, Facet

KNOWN = Known(
    dimensions=("smart-living", "smart-economy"),
    sectors=("water-supply", "market"),
    regions=("32", "32.74", "33", "33.01"),
    schemes=("apbd", "kpbu"),
    kbli=("36001", "62019"),
    cohorts=("2018-tahap-ii", "2022"),
    clusters=("danau-toba",),
)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def read(query: str) -> Question:
    return parse(MultiDict(parse_qsl(query, keep_blank_values=True)), KNOWN)


def test_every_parameter_is_read():
    question = read(
        "q=air+minum&dimensi=smart-living&sektor=market&daerah=32.74&skema=kpbu&tahap=fs"
        "&nilai=10-100-miliar&status=terbuka&urut=tenggat&halaman=3&kbli=36001&mitra=bumd&tenggat=tanpa&tenggat=7"
        "&sejak=30&angkatan=2022&klaster=danau-toba"
    )
    request = question.request(NOW)
    assert request.text == "air minum"
    assert request.chosen == {
        Facet.DIMENSION: ("smart-living",),
        Facet.SECTOR: ("market",),
        Facet.REGION: ("32.74",),
        Facet.SCHEME: ("kpbu",),
        Facet.READINESS: ("4",),
        Facet.VALUE: ("10-100-miliar",),
        Facet.STATUS: ("open",),
        Facet.KBLI: ("36001",),
        Facet.PARTNER: ("bumd",),
        Facet.DEADLINE: ("7", NO_DEADLINE),
        Facet.POSTED: ("30",),
        Facet.COHORT: ("2022",),
        Facet.CLUSTER: ("danau-toba",),
    }
    assert (request.sort, request.page) == (Sort.DEADLINE, 3)


def test_the_canonical_address_has_one_order_and_no_defaults():
    messy = "halaman=1&urut=terbaru&skema=kpbu&utm_source=x&skema=apbd&dimensi=smart-living&q=&daerah="
    assert read(messy).query() == "?dimensi=smart-living&skema=apbd&skema=kpbu"
    assert read("").query() == ""


@pytest.mark.parametrize(
    "odd",
    ["halaman=0", "halaman=-1", "halaman=abc", "halaman=٣", "halaman=1e9", "urut=naik", "tahap=9", "daerah=99",
     "dimensi=%00", "status=semua", "nilai=1", "q=%20%20", "urut=relevan", "foo=bar",
     "kbli=36", "mitra=semua", "tenggat=8", "tenggat=none", "sejak=", "sejak=1e3", "angkatan=2022%27", "klaster=toba"],
)  # fmt: skip
def test_what_is_unknown_is_ignored(odd: str):
    assert read(odd) == Question()


def test_several_values_of_one_filter_are_kept():
    assert read("dimensi=smart-economy&dimensi=smart-living&dimensi=x").values("dimensi") == (
        "smart-living",
        "smart-economy",
    )


def test_a_kota_is_narrower_than_its_province():
    assert read("daerah=32&daerah=32.74&daerah=33").values("daerah") == ("32.74", "33")


def test_the_lowest_rung_counts_and_the_first_is_no_filter():
    assert read("tahap=transaksi&tahap=fs").values("tahap") == ("fs",)
    assert read("tahap=ide").chosen == {}


def test_the_longest_time_since_posting_holds_the_others():
    assert read("sejak=7&sejak=90&sejak=30").values("sejak") == ("90",)


def test_all_statuses_are_no_filter():
    assert read("status=contoh&status=terbuka&status=ditutup").chosen == {}


def test_words_are_sorted_by_relevance_unless_said_otherwise():
    assert read("q=air").sort == "relevan"
    assert read("q=air&urut=terbaru").query() == "?q=air&urut=terbaru"


def test_taking_a_choice_off_returns_to_the_first_page():
    question = read("q=air&dimensi=smart-living&skema=kpbu&skema=apbd&halaman=4")
    assert question.without("skema", "apbd").query() == "?q=air&dimensi=smart-living&skema=kpbu"
    assert question.without("dimensi").query() == "?q=air&skema=apbd&skema=kpbu"
    assert question.without_text().query() == "?dimensi=smart-living&skema=apbd&skema=kpbu"


@given(st.lists(st.tuples(st.sampled_from([*PARAMETERS, "q", "urut", "halaman", "x"]), st.text(max_size=20))))
def test_a_canonical_address_reads_as_the_same_question(pairs: list[tuple[str, str]]):
    question = parse(MultiDict(pairs), KNOWN)
    assert parse(MultiDict(question.pairs()), KNOWN) == question
