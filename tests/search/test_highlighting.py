"""Which words of a text are marked, and which part of it is shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.search.highlighting import Marker
from marketplace.search.index import View
from marketplace.search.text import Clause, Reading, read
from tests.search.documents import build, document, home_in


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    folder: Path = tmp_path_factory.mktemp("marks")
    return build(home_in(folder), [document(1), document(2, title="Pengelolaan persampahan")]).view()


def _marker(view: View, typed: str) -> Marker:
    reading = read(view, typed)
    assert reading is not None
    return Marker(reading)


@pytest.mark.parametrize(
    "typed, text, marked",
    [
        ("sampah", "Pengelolaan persampahan pulau", "Pengelolaan <mark>persampahan</mark> pulau"),
        ("PJU", "Titik lampu jalan baru", "Titik <mark>lampu jalan</mark> baru"),
        ("street lighting", "KPBU alat penerangan jalan.", "KPBU <mark>alat penerangan jalan</mark>."),
        ("UMKM", "Usaha mikro, kecil, dan menengah", "<mark>Usaha mikro, kecil, dan menengah</mark>"),
        ("peneranagn", "Penerangan malam", "<mark>Penerangan</mark> malam"),
        ("RÉVITALISASI", "Revitalisasi pasar", "<mark>Revitalisasi</mark> pasar"),
        ("sampah", "<b>Sampah</b> & \"lain\"", "&lt;b&gt;<mark>Sampah</mark>&lt;/b&gt; &amp; &#34;lain&#34;"),
        ('"air minum"', "Air untuk minum, air minum", "<mark>Air untuk minum</mark>, <mark>air minum</mark>"),
    ],
)  # fmt: skip
def test_what_was_found_is_marked_and_the_rest_escaped(view: View, typed: str, text: str, marked: str):
    assert _marker(view, typed).mark(text) == marked


def test_what_was_excluded_is_not_marked(view: View):
    assert _marker(view, "penerangan -sampah").mark("Sampah") is None


def test_a_snippet_is_the_part_around_the_first_found_word(view: View):
    text = "Kalimat pembuka yang panjang sekali. " * 8 + "Di sini sampah diolah. " + "Dan seterusnya. " * 20
    shown = _marker(view, "sampah").snippet(text)
    assert shown is not None
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>sampah</mark>" in shown
    assert len(shown) < 220
    assert _marker(view, "sampah").snippet("Tanpa kata itu") is None


@given(text=st.text(max_size=400), word=st.text(alphabet="abc<&é ", min_size=1, max_size=5))
def test_no_text_makes_it_fail_or_leaves_html_open(text: str, word: str):
    marker = Marker(Reading((Clause(("ab",)), Clause(("c",), phrase=True))))
    shown = marker.snippet(f"{text} ab {word} {text}")
    assert shown is not None
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert shown.count("<mark>") == shown.count("</mark>") > 0
    assert "<" not in bare
