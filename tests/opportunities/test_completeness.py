from datetime import date, timedelta
from typing import Any

import pytest

from marketplace.opportunities.completeness import REQUIRED, Gap, GapKind, completeness, stated
from marketplace.opportunities.content import CONTENT, FIELDS
from marketplace.opportunities.labels import FIELD, GROUPS
from tests.factories.opportunities import COMPLETE

TODAY = date(2026, 6, 8)
LATER = TODAY + timedelta(days=30)


def content(**changes: Any) -> dict[str, Any]:
    return {**COMPLETE, "interest_deadline": LATER, **changes}


def gaps(**changes: Any) -> list[Gap]:
    return list(completeness(content(**changes), today=TODAY).gaps)


def test_a_complete_listing_has_no_gap() -> None:
    found = completeness(content(), today=TODAY)
    assert found.ready
    assert found.gaps == ()
    assert 75 <= found.percent < 100


def test_an_empty_listing_names_every_required_field() -> None:
    found = completeness({}, today=TODAY)
    assert [gap.field for gap in found.gaps] == list(REQUIRED)
    assert found.percent == 0
    assert not found.ready


@pytest.mark.parametrize("field", REQUIRED)
def test_each_required_field_is_missed(field: str) -> None:
    columns = {f"{field}_id", field}
    emptied: dict[str, Any] = {
        name: [] if isinstance(value, list) else None if name.endswith("deadline") else ""
        for name, value in content().items()
        if name in columns
    }
    assert gaps(**emptied) == [Gap(field, GapKind.MISSING)]


@pytest.mark.parametrize("length, short", [(1, True), (119, True), (120, False), (4000, False)])
def test_a_problem_of_120_letters_is_enough(length: int, short: bool) -> None:
    expected = [Gap("problem", GapKind.TOO_SHORT, length)] if short else []
    assert gaps(problem_id="x" * length) == expected


@pytest.mark.parametrize("name", ["question_deadline", "interest_deadline", "decision_expected"])
def test_yesterday_is_past_and_today_is_not(name: str) -> None:
    assert Gap(name, GapKind.PAST) in gaps(**{name: TODAY - timedelta(days=1)})
    assert Gap(name, GapKind.PAST) not in gaps(**{name: TODAY})


def test_deadlines_stand_in_their_order() -> None:
    assert gaps(question_deadline=LATER, decision_expected=LATER) == []
    assert gaps(question_deadline=LATER + timedelta(days=1)) == [
        Gap("question_deadline", GapKind.AFTER_INTEREST)
    ]
    assert gaps(decision_expected=LATER - timedelta(days=1)) == [
        Gap("decision_expected", GapKind.BEFORE_INTEREST)
    ]


def test_what_adds_value_raises_the_percentage_and_is_named() -> None:
    poor = completeness(content(value_amount=None), today=TODAY)
    rich = completeness(content(), today=TODAY)
    assert "value_amount" in poor.better
    assert "value_amount" not in rich.better
    assert poor.percent < rich.percent
    assert "documents" not in completeness(content(), today=TODAY, has_documents=True).better


def test_everything_filled_is_a_hundred_percent() -> None:
    full = content(
        summary_id="x", why_now_id="x", must_haves_id=["x"], finance_source="x", readiness_evidence="x", land_permits_id="x",
        plan_reference="x", local_character_id="x", question_deadline=LATER, decision_expected=LATER,
    )  # fmt: skip
    assert completeness(full, today=TODAY, has_documents=True, translated=True).percent == 100
    assert completeness(full, today=TODAY, has_documents=True).better == ("translations",)


def test_a_must_have_that_is_ticked_is_one() -> None:
    assert "must_haves" in completeness(content(), today=TODAY).better
    ticked = completeness(content(must_codes=["legal_entity"]), today=TODAY)
    assert "must_haves" not in ticked.better
    assert ticked.percent == completeness(content(must_haves_id=["x"]), today=TODAY).percent


def test_what_cannot_be_read_keeps_it_from_being_sent() -> None:
    found = completeness(
        content(title_id="", value_amount=None), today=TODAY, unread=["title", "value_amount"]
    )
    assert found.gaps == (Gap("title", GapKind.UNREAD), Gap("value_amount", GapKind.UNREAD))
    assert "value_amount" not in found.better
    assert found.percent < completeness(content(), today=TODAY).percent


def test_stated_reads_the_indonesian_text_or_the_plain_value() -> None:
    assert stated({"problem_id": "x"}, "problem")
    assert not stated({"problem_id": "", "problem_en": "x"}, "problem")
    assert stated({"scheme_codes": ["kpbu"]}, "scheme_codes")


def test_every_field_has_a_name_and_a_place_in_the_form() -> None:
    assert set(FIELD) == {*FIELDS, "documents", "translations"}
    grouped = [field for _anchor, _name, fields in GROUPS for field in fields]
    assert sorted([*grouped, "translations"]) == sorted(FIELD)
    assert len(CONTENT) == len(set(CONTENT))
