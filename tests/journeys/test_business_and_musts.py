"""A Pemda chooses the business of a listing from what its words suggest, and must-haves that can be checked."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import press
from tests.journeys.test_saved_as_typed import begin, is_saved, writes


def test_a_suggested_business_and_checkable_must_haves(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor", width=360)
    draft = begin(page)
    writes(page, "title_id", "Gudang beku ikan")
    press(page, "Simpan draf")
    group = page.get_by_role("group", name="Bidang usaha")
    group.get_by_text("saran lagi").click()
    with page.expect_response(lambda answer: answer.url.endswith("/simpan") and answer.ok):
        group.get_by_label("Cold Storage").check()
    is_saved(page)
    # A typed code counts before the choice, and one that does not exist is said beside it.
    other = page.get_by_label("Kode lain")
    other.fill("99999")
    other.press("Tab")
    expect(group.get_by_text("bukan kode lima angka")).to_be_visible()
    other.fill("")
    other.press("Tab")
    expect(group.get_by_text("bukan kode lima angka")).to_have_count(0)
    is_saved(page)
    page.goto(f"{draft}/mitra")
    musts = page.get_by_role("group", name="Syarat wajib yang diperiksa")
    musts.get_by_label("Berbadan hukum Indonesia").check()
    musts.get_by_label("Nilai per proyeknya").check()
    is_saved(page)
    page.goto(draft.replace("/sunting", "/pratinjau"))
    expect(page.get_by_text("Aktivitas Cold Storage")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Berbadan hukum Indonesia")).to_be_visible()
