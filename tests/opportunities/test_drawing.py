"""Cards filled into their shapes are the cards that the template draws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from marketplace.opportunities.finding.cards import Card, Marks
from marketplace.opportunities.finding.drawing import draw
from marketplace.opportunities.finding.words import Tag

TEXTS = st.sampled_from(["Air minum", "<b>tebal</b> & \"kutip\" 'satu'", "a-b-c", "{{ 1 }} %s", "é 語 🏛"])
MARKED = st.sampled_from([None, Markup("<mark>Air</mark> minum &amp; lain")])
LANGS = st.sampled_from([None, "id", "en"])
MARKS = st.none() | st.builds(Marks, MARKED, TEXTS, MARKED, LANGS)
CARDS = st.builds(
    Card,
    id=st.integers(1, 10**9), url=st.sampled_from(["/peluang/air-minum-7", "/en/peluang/x-12"]), title=TEXTS,
    title_lang=LANGS, dimension_code=st.sampled_from(["smart-living", ""]), dimension_name=st.just("Smart Living"),
    sector_name=st.none() | TEXTS, place=TEXTS,
    status_label=st.sampled_from([None, Tag("neutral", "door-closed", "Ditutup"), Tag("warm", "pause", "Jeda")]),
    value_text=st.none() | TEXTS, scheme_text=st.none() | TEXTS, readiness=st.none() | st.integers(1, 6),
    readiness_text=st.just("Studi"), deadline_text=st.none() | TEXTS,
    days_left=st.none() | st.integers(-3, 20), source_text=st.none() | TEXTS, marks=MARKS,
)  # fmt: skip


@pytest.mark.parametrize("address", ["/peluang", "/en/peluang"])
@settings(max_examples=100, deadline=None)
@given(cards=st.lists(CARDS, max_size=4))
def test_shapes_filled_are_cards_drawn(app, address, cards):
    with app.test_request_context(address):
        template = app.jinja_env.get_template("components/card.html").module.card_pieces(cards)
        assert [card.html for card in draw(cards)] == [
            piece.replace("\1", "") for piece in str.split(template, "\0")[:-1]
        ]
