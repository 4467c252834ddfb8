"""Sets of listings: bounds by binary digits, so many of several sets, and the store against a plain dictionary."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from marketplace.search.sets import writing
from marketplace.search.sets.ranges import Numbers, at_least, digits
from marketplace.search.sets.reading import Outlived, Sets
from marketplace.search.sets.store import STAYS
from marketplace.search.sets.writing import SetWriter

NUMBERS = st.lists(st.integers(0, 2**10 - 1), max_size=30)


def sliced(numbers: list[int]) -> Numbers:
    slices = [BitMap() for _ in range(10)]
    for listing, number in enumerate(numbers):
        for place in digits(number):
            slices[place].add(listing)
    return Numbers(slices, BitMap(range(len(numbers))))


@given(numbers=NUMBERS, bound=st.integers(0, 2**12))
def test_below_is_less_than(numbers: list[int], bound: int):
    expected = {listing for listing, number in enumerate(numbers) if number < bound}
    assert set(sliced(numbers).below(bound)) == expected


@given(numbers=NUMBERS, among=st.sets(st.integers(0, 40)))
def test_a_sum_is_of_those_that_are_asked_for(numbers: list[int], among: set[int]):
    expected = sum(number for listing, number in enumerate(numbers) if listing in among)
    assert sliced(numbers).sum_of(BitMap(among)) == expected


@given(data=st.data(), largest=st.booleans(), most=st.sampled_from([3, 1023]))
def test_a_page_is_what_sorting_all_gives(data: st.DataObject, largest: bool, most: int):
    numbers = data.draw(st.lists(st.integers(0, most), max_size=300))
    among = data.draw(st.sets(st.integers(0, max(len(numbers) - 1, 0)))) if data.draw(st.booleans()) else None
    wanted = [listing for listing in range(len(numbers)) if among is None or listing in among]
    ordered = sorted(wanted, key=lambda listing: (numbers[listing], listing), reverse=largest)
    offset, limit = data.draw(st.integers(0, 320)), data.draw(st.integers(0, 40))
    page = sliced(numbers).page(BitMap(wanted), offset, limit, largest=largest)
    assert page == ordered[offset : offset + limit]


@given(sets=st.lists(st.sets(st.integers(0, 8)), min_size=1, max_size=6), data=st.data())
def test_at_least_is_so_many(sets: list[set[int]], data: st.DataObject):
    least = data.draw(st.integers(1, len(sets)))
    expected = {each for each in range(9) if sum(each in those for those in sets) >= least}
    assert set(at_least(least, [BitMap(those) for those in sets])) == expected


def test_the_store_holds_what_was_written_and_a_reader_what_was_then(tmp_path: Path):
    chance, keys = random.Random(4), list("abcdefgh")
    model: dict[int, set[str]] = {}
    earlier: list[tuple[Sets, dict[int, set[str]]]] = []
    writer = SetWriter(tmp_path)
    for stamp in range(1, 40):
        if chance.random() < 0.2:
            writer = SetWriter(tmp_path)
        for _ in range(chance.randint(0, 5)):
            listing = chance.randint(1, 12)
            writer.remove(listing)
            model.pop(listing, None)
            if chance.random() < 0.7:
                model[listing] = set(chance.sample(keys, chance.randint(0, 4)))
                writer.add(listing, {"word": model[listing]})
        writer.commit(7 * stamp)
        # One that knows nothing yet, or takes over what it can.
        before = earlier[-1][0] if earlier and chance.random() < 0.7 else None
        earlier.append((Sets(tmp_path, before), {listing: set(said) for listing, said in model.items()}))
        assert (earlier[-1][0].stamp, earlier[-1][0].of) == (stamp, 7 * stamp)
        for seen, then in earlier[-5:]:
            assert set(seen.everything) == set(then)
            for key in keys:
                assert set(seen.get("word", key)) == {
                    listing for listing, said in then.items() if key in said
                }
            assert set(seen.group("word")) <= set(keys)


def test_what_was_not_committed_is_seen_by_nobody(tmp_path: Path):
    writer = SetWriter(tmp_path)
    writer.add(1, {"word": ["a"]})
    assert not Sets(tmp_path).everything
    writer.commit(7)
    assert (set(Sets(tmp_path).get("word", "a")), Sets(tmp_path).of) == ({1}, 7)
    assert not Sets(tmp_path).get("word", "unknown")


class TestWhatCommitsReplaced:
    """It stays for a minute, so that answers of the moment before are made in peace, and no longer."""

    @staticmethod
    def commit(writer: SetWriter, count: int, start: int = 0) -> None:
        for number in range(start, start + count):
            writer.remove(1)
            writer.add(1, {"word": [str(number)], "all": ["same"]})
            writer.commit(number + 1)

    def test_within_a_minute_earlier_states_can_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        now = 1000.0
        monkeypatch.setattr(writing.time, "time", lambda: now)
        writer = SetWriter(tmp_path)
        self.commit(writer, 1)
        first = Sets(tmp_path)
        now += STAYS
        self.commit(writer, 3, 1)
        assert set(first.get("word", "0")) == {1}
        assert not Sets(tmp_path).get("word", "0")

    def test_then_reading_says_that_they_are_gone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        now = 1000.0
        monkeypatch.setattr(writing.time, "time", lambda: now)
        writer = SetWriter(tmp_path)
        self.commit(writer, 2)
        first, known = Sets(tmp_path), Sets(tmp_path)
        assert set(known.get("word", "1")) == {1}
        self.commit(writer, 1, 2)
        now += STAYS + 1
        self.commit(writer, 1, 3)
        with pytest.raises(Outlived):
            first.get("word", "1")
        with pytest.raises(Outlived):
            first.group("word")
        # What was read stays; what comes after knows nothing of it.
        assert set(known.get("word", "1")) == {1}
        later = Sets(tmp_path, known)
        assert set(later.group("word")) == {"0", "1", "2", "3"}
        assert [word for word in "0123" if later.get("word", word)] == ["3"]
        assert later.touched_since(known) is None

    def test_the_store_does_not_grow_with_the_number_of_commits(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        now = 1000.0

        def later() -> float:
            nonlocal now
            now += 30
            return now

        monkeypatch.setattr(writing.time, "time", later)
        writer = SetWriter(tmp_path)
        for listing in range(2, 2000):
            writer.add(listing, {"all": ["same"], "word": [str(listing % 7)]})
        writer.commit(1)
        self.commit(writer, 20, 1)
        early = (tmp_path / "sets" / "data.mdb").stat().st_size
        self.commit(writer, 200, 21)
        assert (tmp_path / "sets" / "data.mdb").stat().st_size < 1.5 * early
