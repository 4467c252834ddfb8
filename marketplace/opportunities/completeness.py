"""How complete a listing is and what it lacks: plain values in, plain answers out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from marketplace.opportunities.content import DOCUMENTS, TRANSLATIONS

PROBLEM_AT_LEAST = 120

# A required field weighs as much as three that only make a listing better.
_REQUIRED_WEIGHT = 3


class GapKind(StrEnum):
    MISSING = "missing"
    TOO_SHORT = "too_short"
    PAST = "past"
    AFTER_INTEREST = "after_interest"
    BEFORE_INTEREST = "before_interest"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Gap:
    """One field that keeps the listing from being submitted; `length` in letters where it is too short."""

    field: str
    kind: GapKind
    length: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """`percent` 0 to 100; `gaps` must be closed before submitting, `better` would only add value."""

    percent: int
    gaps: tuple[Gap, ...]
    better: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not self.gaps


REQUIRED = (
    "title", "sector_code", "problem", "users_served", "existing", "sought", "expected_result",
    "partner_kinds", "scheme_codes", "readiness", "interest_deadline", "contact_role",
)  # fmt: skip
BETTER = (
    "summary", "why_now", "must_haves", "value_amount", "finance_source", "readiness_evidence", "land_permits",
    "plan_reference", "local_character", "question_deadline", "decision_expected",
)  # fmt: skip
# What says the same by another field.
_SAID_BESIDE = {"must_haves": "must_codes"}
Content = Mapping[str, Any]


def completeness(
    content: Content,
    *,
    today: date,
    has_documents: bool = False,
    unread: Collection[str] = (),
    translated: bool = False,
) -> Completeness:
    """What the content lacks on that day (of the region's own zone).

    `unread`: fields in which something is typed that cannot be read; `translated`: all English is there and current.
    """
    checked = [gap for check in _CHECKS for gap in check(content, today) if gap.field not in unread]
    gaps = (*(Gap(field, GapKind.UNREAD) for field in unread), *checked)
    faulty = {gap.field for gap in gaps}
    better = [field for field in BETTER if field not in unread and not stated(content, field)]
    beside = {DOCUMENTS: has_documents, TRANSLATIONS: translated}
    better += [name for name, there in beside.items() if not there]
    filled = sum(field not in faulty for field in REQUIRED) * _REQUIRED_WEIGHT
    filled += sum(field not in faulty for field in BETTER) + sum(beside.values())
    filled -= sum(field in BETTER for field in better)
    whole = len(REQUIRED) * _REQUIRED_WEIGHT + len(BETTER) + len(beside)
    return Completeness(filled * 100 // whole, gaps, tuple(better))


def stated(content: Content, field: str) -> bool:
    """Whether the field says anything (in Indonesian, where it has two languages)."""
    beside = _SAID_BESIDE.get(field, "")
    return bool(content.get(f"{field}_id") or content.get(field) or content.get(beside))


def _missing(content: Content, _today: date) -> list[Gap]:
    return [Gap(field, GapKind.MISSING) for field in REQUIRED if not stated(content, field)]


def _short_problem(content: Content, _today: date) -> list[Gap]:
    length = len(content.get("problem_id") or "")
    return [Gap("problem", GapKind.TOO_SHORT, length)] if 0 < length < PROBLEM_AT_LEAST else []


def _past_deadlines(content: Content, today: date) -> list[Gap]:
    named = ("question_deadline", "interest_deadline", "decision_expected")
    return [Gap(name, GapKind.PAST) for name in named if (day := content.get(name)) and day < today]


def _deadlines_in_order(content: Content, _today: date) -> list[Gap]:
    interest = content.get("interest_deadline")
    question, decision = content.get("question_deadline"), content.get("decision_expected")
    gaps = []
    if interest and question and question > interest:
        gaps.append(Gap("question_deadline", GapKind.AFTER_INTEREST))
    if interest and decision and decision < interest:
        gaps.append(Gap("decision_expected", GapKind.BEFORE_INTEREST))
    return gaps


_CHECKS: tuple[Callable[[Content, date], list[Gap]], ...] = (
    _missing, _short_problem, _past_deadlines, _deadlines_in_order,
)  # fmt: skip
