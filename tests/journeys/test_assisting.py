"""LAIP writes for a region: sent back with a remark, mended, released; another moderator publishes."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import fill, fill_listing, follow, mark, press, sees

TITLE = "Gerai terpadu pulau Lembeh"


def test_laip_writes_the_region_approves_and_a_colleague_publishes(
    open_browser: Callable[..., Page],
) -> None:
    writer, approver = open_browser("moderator"), open_browser("pemda_approver", width=360)
    writer.goto("/dasbor/bantuan")
    follow(writer, "Tulis untuk daerah")
    fill(writer, region="Kota Manado")
    press(writer, "Buat draf")
    sees(writer, "belum punya organisasi terverifikasi")
    fill(writer, region="Kota Bitung")
    writer.get_by_role("radio", name=re.compile("Mal pelayanan publik")).check()
    press(writer, "Buat draf")
    fill_listing(writer, TITLE)
    press(writer, "Simpan dan kirim")
    sees(writer, "Menunggu persetujuan")

    approver.goto("/dasbor/kabar")
    follow(approver, f"Menunggu persetujuan Anda: {TITLE}")
    sees(approver, "Ditulis bersama LAIP", "Ambil alih atau tolak")
    mark(approver, "Masalah", "Sebut nama pulaunya.")
    approver.locator("select[name=reason]").select_option("unclear")
    press(approver, "Kembalikan dengan catatan")

    writer.goto("/dasbor/bantuan")
    follow(writer, TITLE)
    sees(writer, "Sebut nama pulaunya.")
    follow(writer, "Sunting")
    follow(writer, "Semua isian di satu halaman")
    box = writer.locator("main [name=problem_id]")
    box.fill(f"Di pulau Lembeh {box.input_value()}")
    press(writer, "Simpan dan kirim")

    approver.reload()
    press(approver, "Ajukan ke LAIP")
    sees(approver, "Diajukan")
    writer.goto("/moderasi/peluang")
    follow(writer, re.compile(f"^Putuskan .*{TITLE}"))
    sees(writer, "Moderator lain yang memutuskan")
    expect(writer.get_by_role("button", name="Terbitkan")).to_have_count(0)
    colleague = open_browser("moderator_b")
    colleague.goto(writer.url)
    sees(colleague, "Penulisnya: Maya Lestari")
    press(colleague, "Terbitkan")
    sees(colleague, "Diterbitkan")
    approver.reload()
    follow(approver, "Lihat halaman umum")
    sees(approver, "Ditulis bersama LAIP")
