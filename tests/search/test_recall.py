"""What people type finds what it must among the public examples. Today's figures are higher; these are the least."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection

from benchmarks import recall
from benchmarks.recall import SETS
from marketplace.core import clock
from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.suggesting import suggest

Examples = tuple[View, dict[int, str]]
# What no example is about, though each is a letter, a stem or an abbreviation away from a word of one.
_UNANSWERED = (
    "solo jogja NTT kalteng kalbar sumbar papua kediri magelang timor makassar pantai sapi kopi padi batik banjir "
    "gempa drone blockchain e-ticketing IPAL SPALD SPBE MPP SPKLU stadion museum penjara udang garam tuna nikel "
    "kabar kampung sekarang utama penerbangan perubahan publik kotak pasir dasar like wealth"
)


@pytest.fixture
def examples(app: Flask, connection: Connection, tmp_path: Path) -> Examples:
    """An index of the public examples alone, and their keys."""
    with app.app_context():
        return recall.examples(connection, tmp_path)


def test_queries_find_their_examples(examples: Examples):
    view, keys = examples
    assert len(keys) == 42
    for name in SETS:
        found = list(recall.answers(view, name, keys, clock.now()))
        missed = [each for each in found if each.recall < 1 or each.reciprocal_rank < 1]
        score = recall.score(found)
        assert score.recall >= 0.95, missed
        assert score.mrr >= 0.9, missed


def test_what_no_example_is_about_is_not_taken_for_another_word(examples: Examples):
    view, keys = examples
    for word in _UNANSWERED.split():
        request = SearchRequest(clock.now(), word)
        found = find(view, request)
        assert ([keys[each] for each in found.ids], suggest(view, request, found)) == ([], None), word
