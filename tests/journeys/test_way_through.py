"""The main job, end to end, as people walk it: from a draft to an introduction."""

import re
import urllib.request
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import (
    fill,
    fill_listing,
    find_by_search,
    follow,
    mark,
    none_may_read,
    press,
    sees,
    write_interest,
)
from tests.personas import PEOPLE
from tests.support.sites import Site, words_of

TITLE = "Mal pelayanan publik Girian"
REASON = "Kapasitas belum cukup"


def test_from_a_draft_to_an_introduction(site: Site, open_browser: Callable[..., Page]) -> None:
    editor, approver = open_browser("pemda_editor"), open_browser("pemda_approver")
    moderator = open_browser("moderator")

    workspace = _write(editor)
    public = ["/peluang?q=girian", "/daerah/71.72-kota-bitung", "/sitemap.xml", "/"]
    hidden = [workspace, f"{workspace}/pratinjau", *public]
    none_may_read(open_browser, hidden, TITLE, strangers=(None,))
    # What the public sees is the same for them; what they are refused is theirs alone.
    none_may_read(open_browser, hidden[:3], TITLE, strangers=("other_approver", "startup", "moderator"))

    _approver_remarks(approver, workspace)
    _editor_mends(
        editor, workspace, "Sebut jumlah hariannya.", problem_id="Setiap hari 400 warga antre. " * 8
    )
    approver.goto(workspace)
    press(approver, "Ajukan ke LAIP")
    sees(approver, "Diajukan")

    _moderator_returns(moderator)
    assert site.mails_to(PEOPLE["pemda_editor"].email, containing=TITLE)
    _editor_mends(
        editor,
        workspace,
        "Luas gedung menurut siapa?",
        existing_id="Gedung bekas pasar, 2.400 m² menurut KIB A.",
    )
    approver.goto(workspace)
    press(approver, "Ajukan ke LAIP")
    none_may_read(open_browser, hidden[1:], TITLE, strangers=(None,))

    _open_from_queue(moderator, TITLE)
    press(moderator, "Terbitkan")
    sees(moderator, "Diterbitkan")

    phone = open_browser(width=360)
    find_by_search(phone, "girian", TITLE)
    address = phone.url.removeprefix(site.address)
    with urllib.request.urlopen(f"{site.address}/sitemap.xml") as site_map:
        assert address in site_map.read().decode()

    declined = _startup_sends(phone, address)
    _pemda_declines(editor)
    phone.goto(declined)
    sees(phone, REASON, "Butuh tiga gerai serupa.")

    investor = open_browser("investor")
    sent = _investor_sends(investor, address)
    _ask_and_answer(editor, investor, sent)
    approver.goto(sent)
    press(approver, "Terima minat")
    sees(approver, "Minat diterima")
    _open_from_queue(moderator, TITLE)
    press(moderator, "Perkenalkan")
    _both_are_told(site, open_browser, investor, approver, sent)


def _write(editor: Page) -> str:
    """Begins from a template, gets the money wrong once, sends it on; the workspace's path."""
    editor.goto("/dasbor/peluang")
    follow(editor, "Tulis peluang")
    editor.get_by_role("radio", name="Mal pelayanan publik").check()
    press(editor, "Buat draf")
    fill_listing(editor, TITLE, value_amount="dua ratus juta")
    press(editor, "Simpan draf")
    expect(editor.locator("#value_amount")).to_have_value("dua ratus juta")
    expect(editor.locator("#value_amount-galat")).to_be_visible()
    expect(editor.locator("#title_id")).to_have_value(TITLE)
    fill(editor, value_amount="1,5 M")
    press(editor, "Simpan draf")
    expect(editor.locator("#value_amount-terbaca")).to_contain_text("Rp1.500.000.000")
    press(editor, "Simpan dan kirim")
    sees(editor, "Menunggu persetujuan")
    found = re.search(r"/dasbor/peluang/\d+", editor.url)
    assert found
    return found.group()


def _approver_remarks(approver: Page, workspace: str) -> None:
    approver.goto("/dasbor")
    approver.locator(f"main a[href='{workspace}']").first.click()
    mark(approver, "Masalah", "Sebut jumlah hariannya.")
    fill(approver, reason="unclear", words="Tinggal satu hal.")
    press(approver, "Kembalikan dengan catatan")
    sees(approver, "Draf")


def _editor_mends(editor: Page, workspace: str, remark: str, **values: str) -> None:
    """Reads the remark beside its field, mends it and sends the version on again."""
    editor.goto(f"{workspace}/sunting")
    notice = editor.locator("main").get_by_text(remark)
    expect(notice.first).to_be_visible()
    name = next(iter(values))
    following = editor.locator("main .tt-notice", has_text=remark).locator(
        f"xpath=following::*[@id='{name}']"
    )
    expect(following).to_be_visible()
    fill(editor, **values)
    press(editor, "Simpan dan kirim")
    sees(editor, "Menunggu persetujuan")


def _open_from_queue(moderator: Page, title: str) -> None:
    moderator.goto("/moderasi")
    follow(moderator, re.compile(f"^Putuskan .*{title}"))


def _moderator_returns(moderator: Page) -> None:
    _open_from_queue(moderator, TITLE)
    mark(moderator, "Yang sudah ada", "Luas gedung menurut siapa?")
    fill(moderator, reason="kembalikan:figures_unsourced", words="Sebut sumber luasnya.")
    press(moderator, "Kembalikan untuk diperbaiki")
    sees(moderator, "Perlu perbaikan")


def _startup_sends(phone: Page, address: str) -> str:
    """Signed out she presses the button, signs in and stands at the form she wanted."""
    phone.goto(address)
    phone.get_by_role("link", name="Nyatakan minat").first.click()
    phone.wait_for_url(re.compile(r"/masuk\?next="))
    fill_sign_in(phone, PEOPLE["startup"].email)
    phone.wait_for_url(f"**{address}/minat")
    return write_interest(
        phone, "Kami menjalankan antrean digital di tiga gerai layanan bersama.", button="Kirim minat"
    )


def _pemda_declines(editor: Page) -> None:
    editor.goto("/dasbor/minat-masuk")
    editor.get_by_role("row").filter(has_text=TITLE).filter(has_text="PT Rintisan Uji").get_by_role(
        "link"
    ).first.click()
    editor.get_by_role("link", name="Tidak melanjutkan").click()
    editor.get_by_role("radio", name=REASON).check()
    fill(editor, words="Butuh tiga gerai serupa.")
    press(editor, "Kirim jawaban: tidak dilanjutkan")
    sees(editor, REASON)


def _investor_sends(investor: Page, address: str) -> str:
    investor.goto(address)
    investor.get_by_role("link", name="Nyatakan minat").first.click()
    return write_interest(
        investor, "Kami membiayai gedungnya dan mengoperasikan gerai sepuluh tahun.", button="Kirim minat"
    )


def _ask_and_answer(editor: Page, investor: Page, interest: str) -> None:
    editor.goto(interest)
    editor.get_by_role("link", name="Minta keterangan").click()
    fill(editor, question="Berapa lama masa operasinya?")
    press(editor, "Kirim pertanyaan")
    investor.goto(interest)
    sees(investor, "Berapa lama masa operasinya?")
    investor.get_by_role("link", name="Jawab", exact=True).click()
    fill(investor, answer="Sepuluh tahun, lalu diserahkan.")
    press(investor, "Kirim jawaban")
    editor.goto(interest)
    sees(editor, "Sepuluh tahun, lalu diserahkan.")


def _both_are_told(
    site: Site, open_browser: Callable[..., Page], investor: Page, approver: Page, interest: str
) -> None:
    """Contacts, a notice and a mail for both sides, each in the reader's own language."""
    for page, contact, other in (
        (investor, "pemerintah-kota-bitung@example.com", "Pemerintah Kota Bitung"),
        (approver, "pt-tirta-uji@example.com", "PT Tirta Uji"),
    ):
        page.goto(interest)
        follow(page, "Buka kerja sama dan kontaknya")
        sees(page, contact)
        page.goto("/dasbor/kabar")
        sees(page, f"Anda diperkenalkan dengan {other}")
    english = open_browser("investor_editor")
    english.goto("/en/dasbor/kabar")
    sees(english, "You are introduced to Pemerintah Kota Bitung")
    for persona, words, contact in (
        ("pemda_approver", "Anda diperkenalkan dengan PT Tirta Uji", "pt-tirta-uji@example.com"),
        (
            "investor",
            "Anda diperkenalkan dengan Pemerintah Kota Bitung",
            "pemerintah-kota-bitung@example.com",
        ),
        ("investor_editor", "introduced to Pemerintah Kota Bitung", "pemerintah-kota-bitung@example.com"),
    ):
        mails = site.mails_to(PEOPLE[persona].email, containing=words)
        assert len(mails) == 1, f"{len(mails)} mails to {persona} say: {words}"
        assert contact in words_of(mails[0])
    assert "/en/dasbor/kerja-sama/" in words_of(
        site.mails_to(PEOPLE["investor_editor"].email, containing="introduced")[0]
    )


def test_the_same_way_in_english(site: Site, open_browser: Callable[..., Page]) -> None:
    """A one-person Pemda: its editor is its approver, so the version goes straight to LAIP."""
    title = "Angkutan terpadu Caruban"
    pemda, moderator = (
        open_browser("other_approver"),
        open_browser("moderator_b"),
    )
    pemda.goto("/en/dasbor/peluang/baru")
    pemda.get_by_role("radio", name="Smart transportation").check()
    press(pemda, "Begin the draft")
    fill_listing(pemda, title, title_en="Integrated transport in Caruban", value_amount="1,5 M")
    press(pemda, "Save the draft")
    # A bare M is a thousand million here and a million there: the form asks which.
    expect(pemda.locator("#value_amount-galat")).to_contain_text("billion")
    fill(pemda, value_amount="IDR 1.5 billion")
    press(pemda, "Save and send")
    sees(pemda, "Submitted")
    _decide_in_english(moderator, "Integrated transport in Caruban", "Publish")

    partner = open_browser(width=360)
    find_by_search(partner, "caruban", "Integrated transport in Caruban", prefix="/en")
    partner.get_by_role("link", name="Show interest").first.click()
    partner.wait_for_url(re.compile(r"/en/masuk\?next="))
    fill_sign_in(partner, PEOPLE["investor"].email)
    partner.wait_for_url("**/minat")
    offer = "We finance the depot and run the buses for fifteen years."
    sent = write_interest(partner, offer, ticket="IDR 75 billion", button="Send the interest")
    pemda.goto(f"/en{sent}")
    press(pemda, "Accept the interest")
    _decide_in_english(moderator, "Integrated transport in Caruban", "Introduce")
    for page, contact in (
        (partner, "pemerintah-kabupaten-madiun@example.com"),
        (pemda, "pt-tirta-uji@example.com"),
    ):
        page.goto(f"/en{sent}")
        follow(page, "Open the collaboration and its contacts")
        sees(page, contact)


def _decide_in_english(moderator: Page, title: str, button: str) -> None:
    moderator.goto("/en/moderasi")
    follow(moderator, re.compile(f"^Decide.*{title}"))
    press(moderator, button)
