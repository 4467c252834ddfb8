"""A tutor comments on a draft, its editor handles that, the province recommends, everybody reads it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.journeys.steps import fill, follow, press, sees
from tests.support.sites import Site


# In the world the tutor guides Bitung.
@pytest.mark.usefixtures("world")
def test_a_draft_gets_better_and_a_listing_is_spoken_for(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    with site.writing():
        draft = an_opportunity(title_id="Pasar yang didampingi").id
        listing = a_published_opportunity(title_id="Air yang didukung")
        shown, slug = listing.id, listing.slug
    tutor, editor = open_browser("tutor", width=360), open_browser("pemda_editor")
    tutor.goto("/dasbor/dukungan?keadaan=draf")
    follow(tutor, "Pasar yang didampingi")
    tutor.get_by_role("link", name="Komentari Masalah").click()
    expect(tutor.locator("main [name=bagian]")).to_have_value("problem")
    fill(tutor, words="Sebutkan jumlah warga yang belum terlayani.")
    press(tutor, "Kirim komentar")
    sees(tutor, "Sebutkan jumlah warga yang belum terlayani.")

    editor.goto(f"/dasbor/peluang/{draft}/sunting/kebutuhan")
    sees(editor, "Klinik Kota Cerdas Uji", "Sebutkan jumlah warga yang belum terlayani.")
    fill(editor, problem_id="Sebanyak 41.000 warga belum terlayani air minum." * 4)
    press(editor, "Simpan, sudah ditangani")
    expect(editor.locator("main")).not_to_contain_text("Sebutkan jumlah warga")
    tutor.reload()
    sees(tutor, "ditangani", "41.000 warga")

    province, visitor = open_browser("province"), open_browser()
    province.goto(f"/peluang/{slug}")
    follow(province, "Rekomendasikan atau baca lebih jauh")
    fill(
        province,
        words_id="Sejalan dengan rencana induk provinsi.",
        words_en="In line with the provincial plan.",
    )
    press(province, "Rekomendasikan versi 1")
    sees(province, "Direkomendasikan oleh Provinsi Sulawesi Utara")
    assert province.url.endswith(f"/dasbor/dukungan/{shown}")
    visitor.goto(f"/en/peluang/{slug}")
    sees(visitor, "Recommended by", "In line with the provincial plan.")
