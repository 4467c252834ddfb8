"""Counts that tell of nobody: what is shown of a row leaves open what is hidden in it."""

from collections import defaultdict
from itertools import product

import pytest

from marketplace.partners.demand_rules import AT_LEAST, Size, shown_rows, size_of

SIZES = list(Size)


def shown(*numbers: int):
    (row,) = shown_rows({"x": dict(zip(SIZES, numbers, strict=False))}, ["x"])
    return row


@pytest.mark.parametrize(
    "numbers, cells, total",
    [
        ((3, 0, 12, 0, 4), (3, 0, 12, 0, 4), 19),
        # One small cell: another goes with it, or the total would give it away.
        ((1, 5, 9, 0, 0), (None, 5, None, 0, 0), 15),
        # Two of them: what is left of the total would say that both are small.
        ((1, 2, 9, 8, 0), (None, None, 9, None, 0), 20),
        ((1, 1, 1, 9, 5), (None, None, None, None, None), 17),
        ((2, 0, 0, 0, 0), (None, 0, 0, 0, 0), None),
        ((1, 2, 0, 0, 0), (None, None, 0, 0, 0), None),
        ((1, 9, 0, 0, 0), (None, None, 0, 0, 0), 10),
    ],
)
def test_small_cells_take_others_with_them(numbers, cells, total):
    row = shown(*numbers)
    assert (row.cells, row.total) == (cells, total)


def test_no_hidden_figure_can_be_had_by_subtraction():
    """An attacker who knows these very rules: each hidden figure has at least two values that show the same row."""
    possible = defaultdict(list)
    for numbers in product(range(8), repeat=len(SIZES)):
        if any(numbers):
            row = shown(*numbers)
            possible[row.cells, row.total].append((*numbers, sum(numbers)))
    for (cells, total), rows in possible.items():
        # Counts end at seven here, in life they don't: a row full of the largest has its neighbours outside.
        if any(7 in numbers[:-1] for numbers in rows):
            continue
        for at, figure in enumerate((*cells, total)):
            if figure is None:
                assert len({numbers[at] for numbers in rows}) > 1, (cells, total, rows)
            else:
                assert figure == 0 or figure >= AT_LEAST


def test_rows_nobody_stands_in_are_left_out_and_the_order_is_kept():
    counts = {"b": {Size.TO_10: 4}, "a": {Size.UNKNOWN: 3}, "c": {}}
    assert [row.code for row in shown_rows(counts, ["c", "a", "b", "d"])] == ["a", "b"]


@pytest.mark.parametrize(
    "amount, size",
    [
        (None, Size.UNKNOWN), (0, Size.BELOW_1), (10**9 - 1, Size.BELOW_1), (10**9, Size.TO_10),
        (10**10 - 1, Size.TO_10), (10**10, Size.TO_100), (10**11, Size.ABOVE_100),
    ],
)  # fmt: skip
def test_sizes_begin_at_their_limit(amount, size):
    assert size_of(amount) is size
