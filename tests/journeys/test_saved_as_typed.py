"""Nothing typed is lost: the network cut, the session ended, two editors at once."""

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import press
from tests.personas import PEOPLE

STATE = "[data-draft-state]"
SAVED = re.compile(r"^Draf tersimpan")


def begin(page: Page) -> str:
    """A new draft, open at its first step; its address without the step."""
    page.goto("/dasbor/peluang/baru")
    page.get_by_label("Tiket terpadu").check()
    press(page, "Buat draf")
    expect(page.locator(STATE)).to_have_text(SAVED)
    return page.url.rsplit("/", 1)[0]


def writes(page: Page, name: str, text: str) -> None:
    """Types letter by letter, as people do."""
    box = page.locator(f"main [name={name}]")
    box.fill("")
    box.press_sequentially(text)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-keep]")).to_have_attribute("data-state", "saved")


def stands(page: Page, address: str, **values: str) -> None:
    """What the server holds, seen from a page that is opened anew without what this browser keeps."""
    page.goto(address)
    for name, value in values.items():
        expect(page.locator(f"main [name={name}]")).to_have_value(value)


def test_what_is_typed_is_saved_without_a_button(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    draft = begin(page)
    with page.expect_response(lambda answer: answer.url.endswith("/simpan") and answer.ok):
        writes(page, "title_id", "Tiket terpadu pelabuhan")
    is_saved(page)
    stands(open_browser("pemda_approver"), f"{draft}/identitas", title_id="Tiket terpadu pelabuhan")


def test_a_laptop_closed_in_mid_typing_loses_nothing(open_browser: Callable[..., Page]) -> None:
    """The network goes while somebody types, the page is closed, and opened again another day."""
    page = open_browser("pemda_editor", width=360)
    draft = begin(page)
    page.goto(f"{draft}/kebutuhan")
    context = page.context
    context.set_offline(True)
    writes(page, "problem_id", "Ditulis di kapal, tanpa sinyal.")
    expect(page.locator(STATE)).to_contain_text("Belum tersambung")
    writes(page, "users_served_id", "Penumpang kap")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    with again.expect_response(lambda answer: answer.url.endswith("/simpan") and answer.ok):
        again.goto(f"{draft}/kebutuhan")
    expect(again.locator("main [name=problem_id]")).to_have_value("Ditulis di kapal, tanpa sinyal.")
    is_saved(again)
    stands(
        open_browser("pemda_approver"), f"{draft}/kebutuhan", problem_id="Ditulis di kapal, tanpa sinyal.",
        users_served_id="Penumpang kap",
    )  # fmt: skip


def test_a_battery_that_dies_loses_nothing_and_the_page_says_so(open_browser: Callable[..., Page]) -> None:
    """A page that ends without a farewell: only what this browser keeps can bring the words back."""
    page = open_browser("pemda_editor")
    draft = begin(page)
    page.goto(f"{draft}/kebutuhan")
    context = page.context
    context.set_offline(True)
    writes(page, "problem_id", "Ditulis sebelum baterai habis.")
    expect(page.locator(STATE)).to_contain_text("Belum tersambung")
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{draft}/kebutuhan")
    expect(again.locator("[data-draft-note]")).to_contain_text("dipulihkan")
    expect(again.locator("main [name=problem_id]")).to_have_value("Ditulis sebelum baterai habis.")
    is_saved(again)
    expect(again.locator("[data-draft-note]")).to_contain_text("dipulihkan")
    stands(open_browser("pemda_approver"), f"{draft}/kebutuhan", problem_id="Ditulis sebelum baterai habis.")


def test_it_is_sent_by_itself_once_the_network_is_back(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    draft = begin(page)
    page.context.set_offline(True)
    writes(page, "title_id", "Di terowongan")
    expect(page.locator(STATE)).to_contain_text("Belum tersambung")
    page.context.set_offline(False)
    is_saved(page)
    stands(open_browser("pemda_approver"), f"{draft}/identitas", title_id="Di terowongan")


def test_an_ended_session_loses_nothing(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    draft = begin(page)
    page.context.clear_cookies()
    writes(page, "title_id", "Ditulis sesudah sesi berakhir")
    expect(page.locator(STATE)).to_contain_text("Sesi Anda berakhir")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk di tab baru").click()
    fill_sign_in(opened.value, PEOPLE["pemda_editor"].email)
    opened.value.wait_for_url("**/dasbor")
    page.bring_to_front()
    is_saved(page)
    stands(open_browser("pemda_approver"), f"{draft}/identitas", title_id="Ditulis sesudah sesi berakhir")


def test_another_person_at_the_same_browser_sends_nothing_of_it(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    draft = begin(page)
    page.context.clear_cookies()
    writes(page, "title_id", "Milik orang pertama")
    expect(page.locator(STATE)).to_contain_text("Sesi Anda berakhir")
    other = page.context.new_page()
    other.goto("/masuk")
    fill_sign_in(other, PEOPLE["pemda_approver"].email)
    other.wait_for_url("**/dasbor")
    page.bring_to_front()
    expect(page.locator(STATE)).to_contain_text("orang lain")
    stands(other, f"{draft}/identitas", title_id="Tiket terpadu")


def test_two_editors_at_once_are_told_and_merged(open_browser: Callable[..., Page]) -> None:
    one = open_browser("pemda_editor")
    draft = begin(one)
    two = open_browser("pemda_approver")
    two.goto(f"{draft}/identitas")
    expect(two.locator("[data-draft-others]")).to_contain_text("juga menyunting draf ini sekarang")
    writes(two, "summary_id", "Ringkasan dari rekan")
    is_saved(two)
    writes(one, "title_id", "Judul dari saya")
    expect(one.locator("main [name=summary_id]")).to_have_value("Ringkasan dari rekan")
    expect(one.locator("[data-draft-note]")).to_contain_text("Ringkasan")
    expect(one.locator("[data-draft-others]")).to_be_visible()
    is_saved(one)
    stands(two, f"{draft}/identitas", title_id="Judul dari saya", summary_id="Ringkasan dari rekan")


def test_two_editors_in_one_field_choose(open_browser: Callable[..., Page]) -> None:
    """One of them is out of reach while the colleague types: else their texts might meet before both are there."""
    one = open_browser("pemda_editor")
    draft = begin(one)
    two = open_browser("pemda_approver")
    two.goto(f"{draft}/identitas")
    one.context.set_offline(True)
    writes(two, "title_id", "Judul rekan")
    writes(two, "summary_id", "Ringkasan rekan")
    is_saved(two)
    writes(one, "title_id", "Judul saya")
    one.context.set_offline(False)
    expect(one.locator("#bentrok-title_id")).to_contain_text("Judul rekan")
    expect(one.locator("main [name=title_id]")).to_have_value("Judul saya")
    stands(two, f"{draft}/identitas", title_id="Judul rekan")
    one.locator("#bentrok-title_id").get_by_role("button", name="Tetap pakai tulisan saya").press("Enter")
    is_saved(one)
    stands(two, f"{draft}/identitas", title_id="Judul saya")
    one.context.set_offline(True)
    writes(two, "title_id", "Judul rekan lagi")
    is_saved(two)
    writes(one, "title_id", "Judul saya lagi")
    one.context.set_offline(False)
    one.locator("#bentrok-title_id").get_by_role("button", name="Pakai isi ini").click()
    expect(one.locator("main [name=title_id]")).to_have_value("Judul rekan lagi")
    is_saved(one)


def test_half_a_sum_is_kept_and_no_fault_while_it_is_written(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    draft = begin(page)
    page.goto(f"{draft}/keuangan")
    writes(page, "value_amount", "seratus")
    is_saved(page)
    expect(page.locator("#value_amount-galat")).to_have_count(0)
    page.locator("main [name=sought_amount]").focus()
    expect(page.locator("#value_amount-galat")).to_be_visible()
    page.reload()
    expect(page.locator("main [name=value_amount]")).to_have_value("seratus")
    writes(page, "value_amount", "100 miliar")
    expect(page.locator("#value_amount-terbaca")).to_contain_text("Rp100.000.000.000")
