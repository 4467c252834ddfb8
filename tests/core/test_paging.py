import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.paging import Paging, parse_page


@pytest.mark.parametrize(
    "text, page",
    [("3", 3), (" 7 ", 7), (None, 1), ("", 1), ("abc", 1), ("0", 1), ("-2", 1), ("9" * 5000, 1), ("²", 1)],
)
def test_a_page_number_is_read_without_fuss(text: str | None, page: int) -> None:
    assert parse_page(text) == page


def test_the_middle_of_a_list() -> None:
    paging = Paging(asked=5, size=20, total=195, address=lambda number: f"/peluang?halaman={number}")
    assert (paging.pages, paging.page, paging.offset, paging.first, paging.last) == (10, 5, 80, 81, 100)
    assert (paging.previous, paging.next) == (4, 6)
    assert paging.window() == [1, None, 4, 5, 6, None, 10]
    assert paging.url(6) == "/peluang?halaman=6"


def test_the_ends_of_a_list() -> None:
    assert Paging(1, 20, 195).previous is None
    assert Paging(99, 20, 195).page == 10
    assert Paging(10, 20, 195).next is None
    assert Paging(10, 20, 195).last == 195
    assert Paging(4, 20, 195).window() == [1, 2, 3, 4, 5, None, 10]


def test_an_empty_list_has_one_page() -> None:
    paging = Paging(3, 20, 0)
    assert (paging.page, paging.pages, paging.first, paging.last, paging.window()) == (1, 1, 0, 0, [1])


@given(st.integers(-5, 500), st.integers(1, 50), st.integers(0, 5000))
def test_the_window_never_leaves_out_a_single_page(asked: int, size: int, total: int) -> None:
    paging = Paging(asked, size, total)
    window = paging.window()
    numbers = [number for number in window if number]
    assert numbers == sorted(set(numbers))
    assert {1, paging.page, paging.pages} <= set(numbers)
    for before, after in itertools.pairwise(window):
        assert before is None or after is None or after == before + 1
    for left, gap, right in zip(window, window[1:], window[2:], strict=False):
        assert gap is not None or (left is not None and right is not None and right - left > 2)
