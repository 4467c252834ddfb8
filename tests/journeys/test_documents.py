"""A Pemda's documents from the upload to the reader, and what it adds once its listing is up."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.files.test_previewing import a_pdf
from tests.journeys.steps import fill, follow, press, sees
from tests.support.times import PATIENCE


def upload(page: Page, title: str, pages: int, *, kind: str = "fs") -> None:
    """Adds a document of so many pages to the draft that is open."""
    fill(page, kind=kind, title=title, access="accepted_partners")
    content = a_pdf(*[(595, 842)] * pages)
    page.locator("main input[type=file]").set_input_files(
        {"name": "studi.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(page, "Tambahkan")


def wait_for_drawing(page: Page) -> None:
    """The worker draws within seconds; the page says so until then."""
    until = time.monotonic() + PATIENCE
    while page.locator("main img").count() == 0:
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.reload()


def test_documents_are_kept_in_order_previewed_replaced_and_logged(
    world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    base = f"/dasbor/peluang/{world['draft']}"
    editor = open_browser("pemda_editor", width=360)
    editor.goto(f"{base}/sunting/dokumen")
    press(editor, "Simpan dan atur dokumen")
    upload(editor, "Studi kelayakan pasar", 7)
    upload(editor, "Prastudi kelayakan pasar", 1, kind="pre_fs")
    rows = editor.locator("main ol.tt-list > li")
    expect(rows.last).to_contain_text("Prastudi kelayakan pasar")
    press(editor, "Naikkan Prastudi kelayakan pasar")
    expect(rows.last).to_contain_text("Studi kelayakan pasar")
    with editor.expect_navigation():
        editor.get_by_role("link", name="Studi kelayakan pasar", exact=True).click()
    wait_for_drawing(editor)
    sees(editor, "5 halaman pertama dari 7")
    expect(editor.locator("main img").first).to_have_js_property("naturalWidth", 1131)
    editor.goto(f"{base}/dokumen")
    editor.get_by_role("link", name="Ubah atau ganti Prastudi kelayakan pasar").click()
    editor.locator("main input[type=file]").set_input_files(
        {"name": "baru.pdf", "mimeType": "application/pdf", "buffer": a_pdf((300, 300))}
    )
    press(editor, "Simpan")
    sees(editor, "versi 2", "1 versi sebelumnya")
    reader = open_browser("pemda_approver")
    reader.goto(f"/en{base}/dokumen/dibuka")
    sees(reader, "Who opened the documents", "looked at", "Studi kelayakan pasar")


def test_more_time_stands_on_the_public_page_at_once(
    world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    approver, visitor = open_browser("pemda_approver", width=360), open_browser()
    approver.goto(f"/dasbor/peluang/{world['listing_id']}")
    follow(approver, "Beri tahu atau perpanjang")
    later = (datetime.now(UTC) + timedelta(days=200)).date()
    fill(approver, words_id="Rapat penjelasan diadakan daring.", interest_deadline=later.isoformat())
    press(approver, "Terbitkan pemberitahuan")
    visitor.goto(f"/peluang/{world['listing']}")
    sees(visitor, "Rapat penjelasan diadakan daring.", "Tenggat minat diperpanjang dari")
