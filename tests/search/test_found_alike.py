"""What orders a text's listings finds the same listings as what counts them."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from marketplace.data.reading import read_rows
from marketplace.search.index import OpenIndex
from marketplace.search.text import read
from tests.search.documents import build, document, home_in

_PHRASES = sorted({phrase for row in read_rows("synonyms.csv") for phrase in row["phrases"].split(";")})
_PLACES = (
    "Kota Bekasi Jawa Barat",
    "Kab. Pasuruan Jawa Timur",
    "Kabupaten Batang Jawa Tengah",
    "Kota Pasaran",
)
_WORDS = (
    "pasar",
    "pemasaran",
    "pasaran",
    "bekas",
    "bekasi",
    "batang",
    "batangan",
    "jalan",
    "berjalan",
    "dan",
    "tepi",
)
_TYPED = st.one_of(
    st.sampled_from(_PHRASES),
    st.sampled_from(_WORDS),
    st.sampled_from(_PHRASES).map(lambda phrase: f'"{phrase}"'),
    st.sampled_from(_PHRASES + list(_WORDS)).map(lambda said: f"-{said.split()[0]}"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    source = random.Random(5)

    def said(most: int) -> str:
        return " ".join(source.choice((source.choice(_PHRASES), source.choice(_WORDS))) for _ in range(most))

    listings = [
        document(n, title=said(2), body=said(8), names=said(1), trades=said(1), place=source.choice(_PLACES))
        for n in range(400)
    ]
    folder: Path = tmp_path_factory.mktemp("alike")
    return build(home_in(folder), listings)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(_TYPED, min_size=1, max_size=3).map(" ".join))
def test_queries_and_sets_find_the_same(index: OpenIndex, typed: str):
    view = index.view()
    reading = read(view, typed)
    if reading is None:
        return
    for asked in filter(None, (reading.asked(), reading.part())):
        scored = view.searcher.search(asked.scored, 400, count=False, order_by_field="id").hits
        assert {number for number, _ in scored} == set(asked.found(view, None))
        few = BitMap(range(0, 400, 7))
        assert asked.found(view, few) & few == asked.found(view, None) & few
