"""What is refused of a reason, and when a model no longer fits."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.matching.rules import (
    MODEL_LASTS,
    WORDS_AT_LEAST,
    WORDS_AT_MOST,
    DismissReason,
    ReasonUnknown,
    WhyMissing,
    WordsMissing,
    WordsTooMany,
    check_dismissal,
    check_why,
    is_outdated,
)
from tests.support.refusals import refuses

NOW = datetime(2026, 5, 4, 3, tzinfo=UTC)
ENOUGH, LONG = "x" * WORDS_AT_LEAST, "x" * (WORDS_AT_MOST + 1)


@pytest.mark.parametrize(
    "reason, words",
    [("size", ""), ("other", ENOUGH), ("timing", "x" * WORDS_AT_MOST)],
)
def test_a_reason_is_taken(reason: str, words: str) -> None:
    assert check_dismissal(reason, words) is DismissReason(reason)


@pytest.mark.parametrize(
    "reason, words, refusal, field",
    [
        (None, ENOUGH, ReasonUnknown, "reason"),
        ("bored", ENOUGH, ReasonUnknown, "reason"),
        ("other", f"{ENOUGH[1:]}  ", WordsMissing, "words"),
        ("size", LONG, WordsTooMany, "words"),
    ],
)
def test_a_reason_is_refused(reason: str | None, words: str, refusal: type[Exception], field: str) -> None:
    params = {"most": WORDS_AT_MOST} if refusal is WordsTooMany else {}
    with refuses(refusal, field=field, **params):
        check_dismissal(reason, words)


def test_a_suggestion_by_hand_says_why() -> None:
    check_why(ENOUGH)
    with refuses(WhyMissing, field="words"):
        check_why(f"{ENOUGH[1:]} ")
    with refuses(WordsTooMany, field="words", most=WORDS_AT_MOST):
        check_why(LONG)


@pytest.mark.parametrize(
    "age, then, today, same_engine, outdated",
    [
        (timedelta(0), (100, 100), (110, 90), True, False),
        (timedelta(0), (100, 100), (111, 100), True, True),
        (timedelta(0), (100, 100), (100, 89), True, True),
        (timedelta(0), (100, 100), (100, 100), False, True),
        (MODEL_LASTS - timedelta(seconds=1), (100, 100), (100, 100), True, False),
        (MODEL_LASTS, (100, 100), (100, 100), True, True),
        (timedelta(0), (0, 0), (0, 1), True, True),
        (timedelta(0), (0, 0), (0, 0), True, False),
    ],
)
def test_when_all_is_scored_anew(
    age: timedelta, then: tuple[int, int], today: tuple[int, int], same_engine: bool, outdated: bool
) -> None:
    found = is_outdated(made_at=NOW - age, now=NOW, then=then, today=today, same_engine=same_engine)
    assert found is outdated
