from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.opportunities.checks import (
    JUSTIFIABLE,
    Finding,
    Found,
    inconsistencies,
    justifiable,
    looks_like_email,
    looks_like_phone,
    material_changes,
    private_contacts,
    unproven,
    value_change,
)
from marketplace.opportunities.differences import differences, item_differences, replaced
from marketplace.opportunities.figures import FigureOutOfRange, FigureUnreadable, parse_figure


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 0812-3456-7890",
        "telp (0438) 213 456",
        "+62 812 3456 7890",
        "WA 081234567890.",
        "0438.2134567",
        "hp:0812 3456 789",
    ],
)
def test_telephone_numbers_are_seen(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rp250.000.000.000", "7.459 titik lampu", "300 liter per detik", "RPJMD 2025-2029", "NIB 8120001234567",
        "0,15 miliar pada 2026", "01-02-2026", "216.026 warga di 8 kecamatan", "Perpres 38 Tahun 2015", "1.000.000.000,00",
    ],
)  # fmt: skip
def test_sums_years_and_numbers_of_rules_are_not(text: str) -> None:
    assert not looks_like_phone(text)


@pytest.mark.parametrize(
    "text",
    ["joko@bitung.go.id", "joko.r (at) gmail.com", "surel: a_b+c@x.co.id", "joko [at] contoh [dot] id"],
)
def test_mail_addresses_are_seen(text: str) -> None:
    assert looks_like_email(text)


@pytest.mark.parametrize("text", ["PT Tirta @ Bitung", "50% @ tahun", "lihat bitung.go.id", "Rp1.000 @liter"])
def test_what_only_holds_an_at_sign_is_not(text: str) -> None:
    assert not looks_like_email(text)


@given(st.text(max_size=300))
def test_the_detectors_end_on_any_text(text: str) -> None:
    looks_like_phone(text)
    looks_like_email(text)


def test_private_contacts_name_the_field_in_either_language() -> None:
    content: dict[str, Any] = {
        "sought_id": "Badan usaha.",
        "sought_en": "Call +62 812 3456 7890",
        "must_haves_id": ["a@b.go.id"],
    }
    assert private_contacts(content) == [Found(Finding.PHONE, "sought"), Found(Finding.EMAIL, "must_haves")]


def test_inconsistencies() -> None:
    fine = {
        "value_amount": Decimal(10),
        "sought_amount": Decimal(10),
        "value_currency": "IDR",
        "irr_percent": None,
    }
    assert inconsistencies(fine) == []
    assert inconsistencies({**fine, "sought_amount": Decimal(11)}) == [
        Found(Finding.SOUGHT_ABOVE_VALUE, "sought_amount")
    ]
    assert inconsistencies({**fine, "irr_percent": Decimal(15)}) == [
        Found(Finding.FIGURES_UNSOURCED, "irr_percent")
    ]
    assert inconsistencies({**fine, "irr_percent": Decimal(15), "finance_source": "Pra-FS"}) == []
    assert inconsistencies({**fine, "value_currency": "USD"}) == [Found(Finding.RATE_MISSING, "value_amount")]
    assert inconsistencies({**fine, "value_currency": "USD", "idr_rate": Decimal(16000)}) == []


@pytest.mark.parametrize(
    "old, new, percent",
    [(None, None, 0), (100, 100, 0), (100, 110, 10), (100, 75, -25), (None, 5, None), (5, None, None)],
)
def test_value_change(old: int | None, new: int | None, percent: int | None) -> None:
    def sum_of(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    assert value_change(sum_of(old), sum_of(new)) == percent


def test_material_changes() -> None:
    before = {"value_amount": Decimal(100), "scheme_codes": ["kpbu"], "interest_deadline": date(2026, 8, 28)}
    assert material_changes(None, before) == []
    assert material_changes(before, before) == []
    assert material_changes(before, {**before, "value_amount": Decimal(105)}) == []
    assert material_changes(before, {**before, "value_amount": Decimal(106)}) == [
        Found(Finding.VALUE_CHANGED, "value_amount", 6)
    ]
    assert material_changes(before, {**before, "value_amount": None}) == [
        Found(Finding.VALUE_CHANGED, "value_amount", 0)
    ]
    assert material_changes(before, {**before, "scheme_codes": ["apbd"]}) == [
        Found(Finding.SCHEME_CHANGED, "scheme_codes")
    ]
    shorter = {**before, "interest_deadline": date(2026, 8, 27)}
    assert material_changes(before, shorter) == [Found(Finding.DEADLINE_SHORTENED, "interest_deadline")]
    assert material_changes(before, {**before, "interest_deadline": date(2026, 8, 29)}) == []


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in differences(old, new)]


def test_differences_go_word_by_word() -> None:
    assert told("", "") == []
    assert told("sama", "sama") == [("same", "sama")]
    assert told("nilai lama tetap", "nilai baru tetap") == [
        ("same", "nilai"),
        ("gone", " lama"),
        ("new", " baru"),
        ("same", " tetap"),
    ]
    assert told("Kota tumbuh.", "Kota tumbuh. Air kurang.") == [
        ("same", "Kota tumbuh."),
        ("new", " Air kurang."),
    ]
    assert told("", "baru") == [("new", "baru")]
    assert told("lama", "") == [("gone", "lama")]


@pytest.mark.parametrize(
    "old, new, wanted",
    [
        ("Investor, BUMD", "Investor, BUMD, BUMN", [("same", "Investor, BUMD"), ("new", ", BUMN")]),
        ("Investor luar negeri", "Investor", [("gone", "Investor luar negeri"), ("new", "Investor")]),
        ("", "Hibah", [("new", "Hibah")]),
        ("Hibah", "Hibah", [("same", "Hibah")]),
    ],
)
def test_lists_are_compared_item_by_item(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in item_differences(old, new, ", ")] == wanted


def test_what_is_no_prose_is_compared_whole() -> None:
    pieces = replaced("24 Februari 2027", "10 Maret 2027")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("gone", "24 Februari 2027"),
        ("new", "10 Maret 2027"),
    ]
    assert replaced("", "") == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_lose_nothing(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old


def test_very_long_texts_are_set_beside_each_other_whole() -> None:
    old, new = "kata " * 2000, "lain " * 2000
    assert told(old, new) == [("gone", old), ("new", new)]


@pytest.mark.parametrize(
    "text, figure", [("12,5", "12.5"), ("12.5", "12.5"), ("15,69 %", "15.69"), ("7", "7"), (" 0,1 ", "0.1")]
)
def test_figures_are_read_with_comma_or_point(text: str, figure: str) -> None:
    assert parse_figure(text, largest=999, places=2, unit="%") == Decimal(figure)


def test_grouped_figures_and_years() -> None:
    assert parse_figure("16.250", largest=1_000_000, places=6, thousands=".") == 16250
    assert parse_figure("16.250", largest=1_000_000, places=2) == Decimal("16.25")
    assert parse_figure("7,5 tahun", largest=99, places=1, unit="tahun") == Decimal("7.5")


@pytest.mark.parametrize("text", ["lima belas", "-3", "1e5", "12,5,1", "١٢", "%", "12%%"])
def test_other_figures_are_refused(text: str) -> None:
    with pytest.raises(FigureUnreadable):
        parse_figure(text, largest=999, places=2, unit="%")


@pytest.mark.parametrize("text", ["0", "0,001", "1000"])
def test_figures_out_of_range_are_refused(text: str) -> None:
    with pytest.raises(FigureOutOfRange):
        parse_figure(text, largest=999, places=2)


@pytest.mark.parametrize(
    "readiness, documents, odd",
    [
        ("fs", False, True),
        ("pre_fs", False, True),
        ("concept", False, False),
        ("fs", True, False),
        (None, False, False),
    ],
)
def test_a_study_that_is_claimed_is_attached(readiness: str | None, documents: bool, odd: bool) -> None:
    found = unproven({"readiness": readiness}, has_documents=documents)
    assert found == ([Found(Finding.READINESS_UNPROVEN, "readiness")] if odd else [])


@pytest.mark.parametrize(
    "schemes, partners, odd",
    [
        (["apbd"], ["investor"], True),
        (["apbd", "kpbu"], ["investor"], False),
        (["apbd"], ["startup"], False),
        ([], ["investor"], False),
        (["apbd"], [], False),
    ],
)
def test_capital_is_not_sought_for_what_the_budget_pays_alone(
    schemes: list[str], partners: list[str], odd: bool
) -> None:
    found = unproven({"scheme_codes": schemes, "partner_kinds": partners}, has_documents=True)
    assert found == ([Found(Finding.PUBLIC_FUNDS_ONLY, "scheme_codes")] if odd else [])


def test_what_may_be_justified_is_named_once_at_its_first_field() -> None:
    content = {"problem_id": "Hubungi 0812 3456 7890", "contact_role": "0812 3456 7890", "readiness": "fs"}
    assert justifiable(content, has_documents=False) == [
        Found(Finding.PHONE, "problem"),
        Found(Finding.READINESS_UNPROVEN, "readiness"),
    ]
    assert {found.finding for found in justifiable(content, has_documents=False)} <= set(JUSTIFIABLE)
