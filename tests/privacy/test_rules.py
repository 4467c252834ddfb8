"""How a person is recognised in words, without a database: which phones and names count at all."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.privacy import rules
from marketplace.privacy.rules import STEPS, STORED, ErasureStatus


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("", ()),
        ("0812 7345 6890", ("0812 7345 6890",)),
        ("  +62 (21) 555-0100\n\n0812.7345.6890 ", ("+62 (21) 555-0100", "0812.7345.6890")),
    ],
)
def test_phones_are_read_a_line_each(text, numbers):
    assert rules.read_phones(text) == numbers


@pytest.mark.parametrize("text", ["Rani", "0812 a", "12", "0000000", "62", "0812 7345 6890, 0813", "1\n" * 6])
def test_what_is_no_phone_is_refused(text):
    with pytest.raises(rules.PhoneUnfit):
        rules.read_phones(text)


@pytest.mark.parametrize("names", [(), ("",), ("Al",), ("  ", "Jo")])
def test_a_name_too_short_finds_nothing(names):
    assert rules.name_pattern(names) == ""


def test_without_anything_to_find_there_is_no_pattern():
    assert rules.any_of(rules.name_pattern(()), rules.email_pattern(()), rules.phone_pattern(())) == ""


def test_all_ways_of_writing_a_number_are_one():
    assert (
        len({rules.phone_pattern([way]) for way in ("+62 812 7345 6890", "62-81273456890", "081273456890")})
        == 1
    )


def test_an_erasure_ends_taken_back_or_done():
    ends = {new for _old, new in STEPS} - {old for old, _new in STEPS}
    assert ends == {ErasureStatus.CANCELLED, ErasureStatus.DONE}
    assert {new for _old, new in STEPS} == set(STORED)


@pytest.mark.parametrize("minutes, there", [(0, True), (3 * 24 * 60 - 1, True), (3 * 24 * 60, False)])
def test_a_copy_is_there_for_its_days(minutes, there):
    ready = datetime(2026, 5, 1, tzinfo=UTC)
    assert rules.is_copy_there(ready, ready + timedelta(minutes=minutes)) is there
    assert not rules.is_copy_there(None, ready)
