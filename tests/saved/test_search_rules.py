"""When a letter is due, and what a search may be called."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.saved.search_rules import LONGEST_NAME, Cadence, is_mailing, next_due, shortened

JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "cadence, zone, now, due",
    [
        # Seven in the morning is midnight UTC in Jakarta, and 22.00 of the day before in Jayapura.
        (Cadence.DAILY, JAKARTA, "2026-11-25T23:59", "2026-11-26T00:00"),
        (Cadence.DAILY, JAKARTA, "2026-11-26T00:00", "2026-11-27T00:00"),
        (Cadence.DAILY, JAYAPURA, "2026-11-25T21:59", "2026-11-25T22:00"),
        (Cadence.DAILY, JAYAPURA, "2026-11-25T23:59", "2026-11-26T22:00"),
        # The 30th is a Monday.
        (Cadence.WEEKLY, JAKARTA, "2026-11-26T03:00", "2026-11-30T00:00"),
        (Cadence.WEEKLY, JAKARTA, "2026-11-29T23:59", "2026-11-30T00:00"),
        (Cadence.WEEKLY, JAKARTA, "2026-11-30T00:00", "2026-12-07T00:00"),
        (Cadence.WEEKLY, JAYAPURA, "2026-11-29T20:00", "2026-11-29T22:00"),
        (Cadence.INSTANT, JAKARTA, "2026-11-26T03:00", "2026-11-26T03:00"),
    ],
)
def test_a_letter_comes_in_the_readers_morning(cadence: Cadence, zone: str, now: str, due: str) -> None:
    assert next_due(cadence, now=at(now), zone=zone, last=None) == at(due)


def test_instant_news_is_gathered_after_a_letter() -> None:
    now = at("2026-11-26T03:00")
    for ago, due in ((timedelta(minutes=4), now + timedelta(minutes=6)), (timedelta(minutes=11), now)):
        assert next_due(Cadence.INSTANT, now=now, zone=JAKARTA, last=now - ago) == due


def test_no_letter_for_none() -> None:
    now = at("2026-11-26T03:00")
    assert next_due(Cadence.NONE, now=now, zone=JAKARTA, last=None) is None
    assert is_mailing(Cadence.DAILY, None)
    assert not is_mailing(Cadence.NONE, None)
    assert not is_mailing(Cadence.DAILY, now)


def test_a_long_name_is_cut_at_a_word() -> None:
    assert shortened("air minum") == "air minum"
    assert shortened("a" * LONGEST_NAME) == "a" * LONGEST_NAME
    cut = shortened(" · ".join(["Sumber daya air"] * 12))
    assert len(cut) <= LONGEST_NAME
    assert cut.endswith("Sumber…")
