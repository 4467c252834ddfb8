"""What an address asks to compare, how long a note is, when a deadline is told."""

from datetime import date, timedelta

import pytest

from marketplace.saved.rules import (
    COLUMNS_AT_MOST,
    NOTE_AT_MOST,
    Choice,
    NoteTooLong,
    check_note,
    due_warning,
    parse_choice,
)
from tests.support.refusals import refuses

CLOSES = date(2026, 3, 31)


@pytest.mark.parametrize(
    "given, choice",
    [
        ([], Choice(())),
        (["abc123", "abc123", " ABC123 "], Choice(("abc123",))),
        (["spam-bitung-abc123", "zzz999"], Choice(("abc123", "zzz999"))),
        (["", "-", "a-"], Choice(())),
        (["a", "b", "c", "d"], Choice(("a", "b", "c", "d"))),
        (["a", "b", "c", "d", "e", "a", "f"], Choice(("a", "b", "c", "d"), too_many=2)),
    ],
)
def test_what_an_address_asks_for(given, choice):
    assert parse_choice(given) == choice
    assert COLUMNS_AT_MOST == 4


def test_a_note_has_an_end():
    check_note("x" * NOTE_AT_MOST)
    with refuses(NoteTooLong, field="note", most=500, length=501):
        check_note("x" * (NOTE_AT_MOST + 1))


@pytest.mark.parametrize(
    "left, told",
    [(30, None), (8, None), (7, 7), (6, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_of_the_warnings_that_are_due_the_last_is_told(left, told):
    assert due_warning(CLOSES, CLOSES - timedelta(days=left)) == told
