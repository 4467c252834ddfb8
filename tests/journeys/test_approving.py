"""A published listing changes; whoever stands in for the approver sees just that, remarks, and releases it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.files.test_previewing import a_pdf
from tests.journeys.steps import fill, follow, mark, press, sees
from tests.personas import PEOPLE
from tests.support.sites import Site


def test_a_stand_in_sees_what_changed_remarks_and_releases_in_the_approvers_name(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    with site.writing():
        listing, bitung = a_published_opportunity().id, an_organisation_id("bitung")
    approver, editor = open_browser("pemda_approver"), open_browser("pemda_editor")
    _name_stand_in(approver, f"/dasbor/organisasi/{bitung}/pengganti", PEOPLE["pemda_viewer"].name)
    base = f"/dasbor/peluang/{listing}"
    _change_three_fields_and_a_document(editor, base)

    stand_in = open_browser("pemda_viewer", width=360, java_script_enabled=False)
    stand_in.goto(base)
    sees(stand_in, "Anda menggantikan Sari Tumbel", "3 isian", "1 dokumen", "Nilai naik 20%.")
    shown = stand_in.locator("main form > section > .tt-review > li .tt-review-name")
    assert shown.all_inner_texts() == ["Yang dicari", "Nilai investasi", "Narahubung (jabatan)", "Dokumen"]
    expect(stand_in.locator("#bagian-value_amount ins")).to_have_text("Rp300.000.000.000")
    expect(stand_in.locator("#bagian-documents")).to_contain_text("Baru")
    mark(stand_in, "Yang dicari", "Sebut jangka waktunya.")
    fill(stand_in, reason="unclear")
    press(stand_in, "Kembalikan dengan catatan")

    editor.goto(base)
    sees(editor, "Sebut jangka waktunya.", "Lia Mandagi a.n. Sari Tumbel")
    follow(editor, "Yang dicari")
    fill(editor, sought_id="Badan usaha untuk membangun dan mengoperasikan selama 20 tahun.")
    _send(editor, base)

    stand_in.goto(base)
    sees(stand_in, "Catatan sebelumnya, sudah diubah")
    press(stand_in, "Ajukan ke LAIP")
    sees(stand_in, "Diajukan", "Lia Mandagi a.n. Sari Tumbel")


def _name_stand_in(approver: Page, path: str, name: str) -> None:
    approver.goto(path)
    follow(approver, "Tunjuk pengganti")
    approver.get_by_label("Anggota yang menggantikan Anda").select_option(label=name)
    # In Bitung; the day after as well, whatever the hour.
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    fill(approver, begins=today.isoformat(), until=(today + timedelta(days=1)).isoformat())
    press(approver, "Tunjuk")
    sees(approver, f"{name} menggantikan Sari Tumbel")


def _change_three_fields_and_a_document(editor: Page, base: str) -> None:
    editor.goto(base)
    press(editor, "Tulis versi baru")
    editor.goto(f"{base}/sunting")
    fill(
        editor, sought_id="Badan usaha untuk membangun dan mengoperasikan.", value_amount="300 miliar",
        contact_role="Kepala Bagian Kerja Sama",
    )  # fmt: skip
    press(editor, "Simpan dan atur dokumen")
    fill(editor, kind="other", title="Anggaran biaya", access="public")
    content = a_pdf((300, 300))
    editor.locator("main input[type=file]").set_input_files(
        {"name": "anggaran.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(editor, "Tambahkan")
    editor.goto(base)
    press(editor, "Kirim kepada penyetuju")
    sees(editor, "Menunggu penyetuju sejak")


def _send(editor: Page, base: str) -> None:
    press(editor, "Simpan draf")
    editor.goto(base)
    press(editor, "Kirim kepada penyetuju")
