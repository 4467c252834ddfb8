"""Order and risk of LAIP's queue, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.core.actor import OrganisationKind
from marketplace.moderation.rules import (
    QueueItem,
    QueueKind,
    Risk,
    Why,
    age,
    in_order,
    listing_risk,
    match_risk,
    organisation_risk,
)

MONDAY = datetime(2026, 6, 1, 3, tzinfo=UTC)


def item(days: int, risk: Risk = Risk.LOW, number: int = 1, **changes: object) -> QueueItem:
    values = {"kind": QueueKind.MATCH, "since": MONDAY, **changes}
    return QueueItem(
        id=number, title_id="x", title_en="", region_code=None, number=None, days=days, risk=risk, why=Why.LETTER,
        **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    "counts,wanted",
    [
        ({"rivals": 1, "look_alikes": 2, "submissions": 3}, (Risk.HIGH, Why.RIVAL_CLAIM)),
        ({"rivals": 0, "look_alikes": 1, "submissions": 1}, (Risk.HIGH, Why.LOOK_ALIKE)),
        ({"rivals": 0, "look_alikes": 0, "submissions": 2}, (Risk.MEDIUM, Why.AGAIN)),
        ({"rivals": 0, "look_alikes": 0, "submissions": 1}, (Risk.LOW, Why.LETTER)),
    ],
)
def test_organisations(counts: dict[str, int], wanted: tuple[Risk, Why]) -> None:
    assert organisation_risk(OrganisationKind.PEMDA, **counts) == wanted


def test_a_partner_shows_papers_not_a_letter() -> None:
    found = organisation_risk(OrganisationKind.PARTNER, rivals=0, look_alikes=0, submissions=1)
    assert found == (Risk.LOW, Why.PAPERS)


@pytest.mark.parametrize(
    "published,changed,known,wanted",
    [
        (True, True, True, (Risk.HIGH, Why.VALUE_CHANGED)),
        (True, False, False, (Risk.MEDIUM, Why.VALUE_UNKNOWN)),
        (False, False, False, (Risk.MEDIUM, Why.VALUE_UNKNOWN)),
        (True, False, True, (Risk.LOW, Why.NEW_VERSION)),
        (False, False, True, (Risk.LOW, Why.FIRST_TIME)),
    ],
)
def test_listings(published: bool, changed: bool, known: bool, wanted: tuple[Risk, Why]) -> None:
    assert listing_risk(published=published, value_changed=changed, value_known=known) == wanted


def test_matches() -> None:
    assert match_risk(foreign=True) == (Risk.MEDIUM, Why.FOREIGN_PARTNER)
    assert match_risk(foreign=False) == (Risk.LOW, Why.BOTH_AGREE)


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
