"""Kept pieces are bounded, and the least recently used leave first."""

import pytest

from marketplace.config import UnsafeSettings, load
from marketplace.web.fragments import Fragments


def test_a_piece_is_made_once():
    kept, made = Fragments(2), []

    def make():
        made.append(1)
        return "piece"

    assert [kept.kept("key", make) for _ in range(3)] == ["piece"] * 3
    assert len(made) == 1


def test_the_least_recently_used_leaves():
    kept = Fragments(2)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.get("a")
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept)) == (1, None, 3, 2)


def test_zero_keeps_nothing():
    kept = Fragments(0)
    kept.put("a", 1)
    assert (kept.get("a"), len(kept)) == (None, 0)


@pytest.mark.parametrize("text", ["-1", "banyak", "1.5", "99999999"])
def test_a_number_that_is_none_stops_the_start(text):
    with pytest.raises(UnsafeSettings, match="FRAGMENTS"):
        load({"FRAGMENTS": text, "SECRET_KEY": "k"})
