"""English is complete, and no library speaks to people in its own words."""

from marketplace.operation.translating import binary, compiled, find_faults, read_english


def test_english_is_complete_and_nothing_is_left_over():
    assert find_faults() == []


def test_the_catalogue_is_compiled():
    assert binary().read_bytes() == compiled(read_english())
