"""Order and risk of LAIP's queue, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.core.actor import OrganisationKind
from marketplace.moderation.rules import (
    RISK,
    QueueItem,
    QueueKind,
    Risk,
    StalledKind,
    Why,
    age,
    in_order,
    is_held,
    is_stalled,
    listing_why,
    match_why,
    older_than,
    organisation_why,
    stalled_before,
)

MONDAY = datetime(2026, 6, 1, 3, tzinfo=UTC)


OF_RISK = {Risk.HIGH: Why.RIVAL_CLAIM, Risk.MEDIUM: Why.AGAIN, Risk.LOW: Why.LETTER}


def item(days: int, risk: Risk = Risk.LOW, number: int = 1, **changes: object) -> QueueItem:
    values = {"kind": QueueKind.MATCH, "since": MONDAY, **changes}
    return QueueItem(
        id=number, title_id="x", title_en="", region_code=None, number=None, days=days, why=OF_RISK[risk], **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    "true,wanted,risk",
    [
        ({"rivals", "look_alikes", "again", "foreign"}, Why.RIVAL_CLAIM, Risk.HIGH),
        ({"look_alikes", "again", "foreign"}, Why.LOOK_ALIKE, Risk.HIGH),
        ({"again", "foreign"}, Why.AGAIN, Risk.MEDIUM),
        ({"foreign"}, Why.FOREIGN_PARTNER, Risk.MEDIUM),
        (set(), Why.LETTER, Risk.LOW),
    ],
)
def test_organisations(true: set[str], wanted: Why, risk: Risk) -> None:
    facts = {name: name in true for name in ("rivals", "look_alikes", "again", "foreign")}
    assert organisation_why(OrganisationKind.PEMDA, **facts) is wanted
    assert RISK[wanted] is risk


def test_a_partner_shows_papers_not_a_letter() -> None:
    nothing = {"rivals": False, "look_alikes": False, "again": False, "foreign": False}
    assert organisation_why(OrganisationKind.PARTNER, **nothing) is Why.PAPERS


@pytest.mark.parametrize(
    "published,changed,known,wanted,risk",
    [
        (True, True, True, Why.VALUE_CHANGED, Risk.HIGH),
        (True, False, False, Why.VALUE_UNKNOWN, Risk.MEDIUM),
        (False, False, False, Why.VALUE_UNKNOWN, Risk.MEDIUM),
        (True, False, True, Why.NEW_VERSION, Risk.LOW),
        (False, False, True, Why.FIRST_TIME, Risk.LOW),
    ],
)
def test_listings(published: bool, changed: bool, known: bool, wanted: Why, risk: Risk) -> None:
    assert listing_why(published=published, value_changed=changed, value_known=known) is wanted
    assert RISK[wanted] is risk


def test_matches() -> None:
    assert match_why(foreign=True) is Why.FOREIGN_PARTNER
    assert match_why(foreign=False) is Why.BOTH_AGREE
    assert RISK[Why.BOTH_AGREE] is Risk.LOW


def test_every_why_has_its_risk() -> None:
    assert set(RISK) == set(Why)


@pytest.mark.parametrize("start", range(7))
@pytest.mark.parametrize("days", [0, 5, 10])
def test_older_than_says_what_age_says(start: int, days: int) -> None:
    """Hour by hour over four weeks, from every day of the week."""
    now = MONDAY + timedelta(days=start)
    for hours in range(28 * 24):
        since = now - timedelta(hours=hours)
        assert (since < older_than(days, now)) == (age(since, now) > days), since


@pytest.mark.parametrize("kind", StalledKind)
def test_stalled_before_says_what_is_stalled_says(kind: StalledKind) -> None:
    found = set()
    for hours in range(40 * 24):
        since = MONDAY - timedelta(hours=hours)
        found.add(is_stalled(kind, since, MONDAY))
        assert (since < stalled_before(kind, MONDAY)) == is_stalled(kind, since, MONDAY), since
    assert found == {True, False}


def test_two_weeks_are_stalled_and_a_month_is_quiet() -> None:
    assert not is_stalled(StalledKind.MATCH, MONDAY - timedelta(days=14), MONDAY)
    assert is_stalled(StalledKind.MATCH, MONDAY - timedelta(days=17), MONDAY)
    assert not is_stalled(StalledKind.COLLABORATION, MONDAY - timedelta(days=30), MONDAY)
    assert is_stalled(StalledKind.COLLABORATION, MONDAY - timedelta(days=31), MONDAY)


@pytest.mark.parametrize(
    "hours,submitted,held",
    [
        (0, 30, True),
        (30, 30, False),
        (5, 5, True),
        (23, 30, True),
        (24, 30, False),
        (25, 30, False),
        (2, 1, False),
    ],
)
def test_a_hand_lies_on_it_for_a_day_and_not_from_before_it_was_submitted(
    hours: int, submitted: int, held: bool
) -> None:
    since, held_at = MONDAY - timedelta(hours=submitted), MONDAY - timedelta(hours=hours)
    assert is_held(held_at, since=since, now=MONDAY) is held


@pytest.mark.parametrize("days,wanted", [(0, 0), (1, 1), (4, 4), (5, 4), (6, 4), (7, 5), (8, 6)])
def test_age_counts_working_days(days: int, wanted: int) -> None:
    assert age(MONDAY, MONDAY + timedelta(days=days)) == wanted


@pytest.mark.parametrize("days,late", [(0, 0), (5, 0), (6, 1), (9, 4)])
def test_late_is_past_five(days: int, late: int) -> None:
    assert item(days).late == late


def test_oldest_first_then_riskiest_then_to_the_minute() -> None:
    minute = timedelta(minutes=1)
    first = item(6, number=1)
    second = item(5, Risk.HIGH, number=2)
    third = item(5, Risk.LOW, number=3, since=MONDAY - minute)
    fourth = item(5, Risk.LOW, number=4)
    assert in_order([fourth, third, second, first]) == [first, second, third, fourth]


def test_each_kind_has_its_page() -> None:
    assert item(1, number=7).path == "/moderasi/penjodohan/7"
    assert item(1, number=7, kind=QueueKind.OPPORTUNITY).path == "/moderasi/peluang/7"
