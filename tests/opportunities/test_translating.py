from typing import Any

from marketplace.opportunities.merging import digest
from marketplace.opportunities.translating import Translation, note_translations, translations


def texts(title: str, english: str) -> dict[str, Any]:
    return {"title_id": title, "title_en": english}


def test_a_field_without_indonesian_has_no_translation_to_miss() -> None:
    assert translations(texts("", ""), {}) == {}
    assert translations(texts("", "Only English"), {}) == {}


def test_missing_current_and_stale() -> None:
    assert translations(texts("Judul", ""), {}) == {"title": Translation.MISSING}
    assert translations(texts("Judul", "Title"), {}) == {"title": Translation.CURRENT}
    assert translations(texts("Judul", "Title"), {"title": digest("Judul")}) == {"title": Translation.CURRENT}
    assert translations(texts("Judul", "Title"), {"title": digest("Lain")}) == {"title": Translation.STALE}


def test_points_are_one_text() -> None:
    points = {"must_haves_id": ["a", "b"], "must_haves_en": ["a", "b"]}
    assert translations(points, {"must_haves": digest("a\nb")}) == {"must_haves": Translation.CURRENT}
    assert translations(points, {"must_haves": digest("b\na")}) == {"must_haves": Translation.STALE}


def test_an_edit_of_the_indonesian_alone_makes_it_stale_and_a_return_makes_it_current() -> None:
    before, after = texts("Judul", "Title"), texts("Judul baru", "Title")
    noted = note_translations(before, after, {})
    assert translations(after, noted)["title"] is Translation.STALE
    again = note_translations(after, before, noted)
    assert translations(before, again)["title"] is Translation.CURRENT


def test_an_edit_of_the_english_or_a_look_at_it_makes_it_current() -> None:
    stale = {"title": digest("Judul lama")}
    same = texts("Judul", "Title")
    for after, confirmed in ((texts("Judul", "New title"), ()), (same, ("title",))):
        noted = note_translations(same, after, stale, confirmed)
        assert translations(after, noted)["title"] is Translation.CURRENT


def test_english_taken_away_leaves_no_mark() -> None:
    assert note_translations(texts("Judul", "Title"), texts("Judul", ""), {"title": "x"}) == {}


def test_nothing_changed_notes_nothing() -> None:
    assert note_translations(texts("Judul", "Title"), texts("Judul", "Title"), {}) == {}
