import pytest

from marketplace.opportunities.content import CONTENT
from marketplace.opportunities.merging import TYPED, Base, Merge, digest, merge, written_texts

NOTHING = dict.fromkeys(CONTENT)


def merged(base: str, mine: str, stored: str) -> Merge:
    return merge(
        Base({"title_id": digest(base)}, current=False),
        {"title_id": mine},
        {"title_id": stored},
        ["title_id"],
    )


@pytest.mark.parametrize(
    "base, mine, stored, taken, overlaps",
    [
        ("a", "a", "a", (), ()),
        ("a", "b", "a", ("title_id",), ()),
        ("a", "a", "c", (), ()),
        ("a", "b", "b", ("title_id",), ()),
        ("a", "b", "c", (), ("title_id",)),
        ("a", "", "c", (), ("title_id",)),
        ("a", "a", "", (), ()),
    ],
)
def test_whose_change_is_whose(
    base: str, mine: str, stored: str, taken: tuple[str, ...], overlaps: tuple[str, ...]
) -> None:
    found = merged(base, mine, stored)
    assert (found.taken, found.overlaps) == (taken, overlaps)
    assert found.changed == taken + overlaps


@pytest.mark.parametrize(
    "current, mine, stored, expected",
    [
        (True, "b", "a", Merge(("title_id",), ())),
        (True, "a", "a", Merge((), ())),
        (False, "b", "a", Merge((), ("title_id",))),
        (False, "a", "a", Merge((), ())),
    ],
)
def test_without_marks_the_revision_decides(current: bool, mine: str, stored: str, expected: Merge) -> None:
    assert merge(Base({}, current), {"title_id": mine}, {"title_id": stored}, ["title_id"]) == expected


def test_equal_values_are_equal_texts_whatever_their_order_or_scale() -> None:
    one = NOTHING | {"scheme_codes": ["kpbu", "hibah"], "must_haves_id": ["a", "b"], "title_id": "x"}
    two = one | {"scheme_codes": ["hibah", "kpbu"]}
    assert written_texts(one, {}, {}) == written_texts(two, {}, {})
    assert written_texts(one | {"must_haves_id": ["b", "a"]}, {}, {}) != written_texts(one, {}, {})


def test_what_is_unread_is_no_value_and_what_is_justified_is_compared_too() -> None:
    texts = written_texts(
        NOTHING, {"price_year": {"text": "20", "language": "id"}}, {"phone": "Nomor kantor."}
    )
    assert texts["price_year"] == "?20"
    assert texts["why_phone"] == "Nomor kantor."
    assert set(texts) == set(TYPED)


def test_a_sum_is_told_with_its_currency() -> None:
    sums = NOTHING | {"value_amount": 5, "value_currency": "IDR"}
    assert written_texts(sums, {}, {}) != written_texts(sums | {"value_currency": "USD"}, {}, {})
