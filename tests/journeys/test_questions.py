"""A partner asks, the Pemda answers for everybody, a visitor reads it without a trace of who asked, LAIP hides it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories.opportunities import a_published_opportunity
from tests.journeys.steps import fill, follow, press, sees
from tests.support.sites import Site

ASKED = "Berapa debit air baku pada musim kering? Telepon 0812-3456-7890."
SHOWN, ANSWER = (
    "Berapa debit air baku pada musim kering?",
    "Sekitar 210 liter per detik pada bulan September.",
)


def test_a_question_becomes_a_public_answer_and_is_hidden(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    with site.writing():
        slug = a_published_opportunity(title_id="Air yang ditanyakan").slug
    partner, editor = open_browser("investor", width=360), open_browser("pemda_editor")
    partner.goto(f"/peluang/{slug}")
    follow(partner, "Ajukan pertanyaan")
    fill(partner, words="Apakah PT Tirta Uji boleh tahu debitnya?")
    press(partner, "Kirim pertanyaan")
    sees(partner, "menyebut organisasi Anda")
    fill(partner, words=ASKED)
    press(partner, "Kirim pertanyaan")
    sees(partner, ASKED, "Menunggu jawaban")

    editor.goto("/dasbor/pertanyaan-masuk")
    follow(editor, SHOWN)
    sees(editor, "Mirip nomor telepon", "Namanya hanya diketahui")
    assert "Tirta" not in editor.content()
    fill(editor, words_id=SHOWN, answer_id=ANSWER)
    press(editor, "Terbitkan jawaban")
    sees(editor, "Dijawab untuk umum")
    question = editor.url.rpartition("/")[2]

    visitor, moderator = open_browser(), open_browser("moderator")
    visitor.goto(f"/peluang/{slug}")
    sees(visitor, SHOWN, ANSWER)
    assert not [trace for trace in ("Tirta", "Rani", "0812", "investor@") if trace in visitor.content()]
    partner.reload()
    sees(partner, "Dijawab untuk umum")

    moderator.goto(f"/moderasi/pertanyaan/{question}")
    sees(moderator, "PT Tirta Uji", ASKED)
    fill(moderator, reason="misleading", words="Angkanya belum diperiksa.")
    press(moderator, "Sembunyikan")
    sees(moderator, "Menyesatkan atau tidak benar")
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(SHOWN)
    editor.reload()
    sees(editor, "menyembunyikan tanya jawab ini", "Angkanya belum diperiksa.")
