"""The joined filters are what the template draws row by row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from marketplace.opportunities.finding.filters import Group, Option
from marketplace.opportunities.finding.panel import draw_filters

NAMES = ("dimensi", "daerah", "tahap", "sejak")
CODES = ("31", "32", "smart-living", "a<b>\"'&")
FIGURES = st.sampled_from([None, 0, 1, 999, 1000, 44_477, 1_234_567])
LABELS = {code: f"Nama > 0 < checked> {code}" for code in CODES}


def options(below):
    def build(code, count, checked, children):
        rung = 3 if code == "31" else None
        glyph = code if code.startswith("smart-") else None
        return Option(code, LABELS[code], count, checked, glyph=glyph, rung=rung, children=tuple(children))

    return st.builds(build, st.sampled_from(CODES), FIGURES, st.booleans(), below)


ROWS = st.lists(options(st.lists(options(st.just([])), max_size=7)), max_size=7)
GROUPS = st.builds(
    lambda name, rows, chosen, show, rare: Group(
        name, f"Judul {name}", rows, chosen, "radio" if name == "tahap" else "checkbox", show, rare
    ),
    st.sampled_from(NAMES), ROWS, st.integers(0, 3), st.sampled_from([1, 4, 99]), st.booleans(),
)  # fmt: skip


def row_by_row(app, groups, sheet):
    draw = app.jinja_env.get_template("components/filter.html").module.filter_group
    return Markup("").join(
        draw(g.name, g.title, g.options, g.kind, g.show, g.chosen or not (sheet or g.rare), g.chosen)
        for g in groups
        if g.options
    )


@pytest.mark.parametrize("address", ["/peluang", "/en/peluang"])
@settings(max_examples=40, deadline=None)
@given(groups=st.lists(GROUPS, max_size=3), sheet=st.booleans())
def test_rows_joined_are_rows_drawn(app, address, groups, sheet):
    with app.test_request_context(address):
        assert draw_filters(groups, sheet=sheet) == row_by_row(app, groups, sheet)
