"""No violation of axe-core on any page type, light and dark; every way in reachable by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.architecture.access import ROUTES, Answer
from tests.personas import PEOPLE
from tests.support.axe import AXE, violations_in_both

VISITOR = "visitor"
NOT_PAGES = frozenset(
    ["machines.favicon", "machines.robots", "machines.security_txt", "machines.site_map", "health.healthz",
     "health.readyz", "document_pages.open_document", "document_pages.page_image", "interests.attachment",
     "organisations.read_proof", "privacy.download", "accounts.authenticator_qr", "teasers.download",
     "feeds.listings"]
)  # fmt: skip
# Pages of the visitor that the table of routes has once, in other states or in English.
STATES = (
    "/en/", "/en/peluang", "/peluang?q=zzzzzz", "/peluang?q=air&dimensi=smart-living&urut=nilai", "/en/masuk",
    "/en/peluang/peta?daerah=71&warna=nilai",
    "/daerah?q=bitung", "/en/daerah/71-provinsi-sulawesi-utara", "/tidak-ada", "/masuk?next=/dasbor", "/mitra?q=zzzzzz",
    "/inovasi?q=zzzzzz", "/bantuan", "/en/bantuan",
)  # fmt: skip
PAGES = [route for route in ROUTES if route.method == "GET" and route.endpoint not in NOT_PAGES]


def one_reader_each() -> dict[str, list[str]]:
    """Every page once, by the persona who sees most of it: {persona: [paths]}."""
    order = ("pemda_approver", "moderator", "investor", "new_partner", "startup", "programme_owner", *PEOPLE)
    readers: dict[str, list[str]] = {VISITOR: list(STATES)}
    for route in PAGES:
        if route.visitor in (Answer.MAY, Answer.GONE, Answer.ABSENT):
            reader = VISITOR
        else:
            reader = next((name for name in order if route.answer_for(name) is Answer.MAY), None)
        if reader is None:
            # What nobody may open shows the pages of refusals, which others show too.
            continue
        readers.setdefault(reader, []).append(route.path)
    readers["programme_owner"] = [*readers.get("programme_owner", []), "/dasbor", "/moderasi"]
    readers["pemda_viewer"] = ["/dasbor", "/dasbor/organisasi/{bitung}/ubah"]
    readers["alone"] = ["/dasbor", "/dasbor/organisasi", "/dasbor/kabar"]
    readers["startup"] = [
        *readers.get("startup", []),
        "/dasbor",
        "/dasbor/minat",
        "/dasbor/minat/{own_draft}",
    ]
    readers["moderator"] = [
        *readers["moderator"],
        "/dasbor",
        "/moderasi/penjodohan",
        "/moderasi/macet",
        "/moderasi/saran/tulis",
        "/moderasi/saran/tulis?peluang={listing_id}",
    ]
    readers["investor"] = [
        *readers["investor"],
        "/dasbor",
        "/en/dasbor/minat/{asked_interest}",
        "/peluang/{listing}",
    ]
    return readers


READERS = one_reader_each()
# All that is drawn, to the letter; addresses and what forms send unseen change no finding.
WHOLE = """() => {
    const page = document.documentElement.cloneNode(true);
    page.querySelectorAll('input[type=hidden]').forEach(each => each.remove());
    for (const name of ['href', 'action'])
        page.querySelectorAll(`[${name}^="/"]`).forEach(each => each.setAttribute(name, '/'));
    return page.outerHTML;
}"""


def open_whole(page: Page, path: str) -> None:
    """Opens it; a page that broke is none."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status < 500, f"{path}: {answer.status}"


@pytest.mark.parametrize("persona", READERS)
def test_no_violation_on_any_page(
    persona: str, world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(None if persona == VISITOR else persona)
    page.add_init_script(AXE)
    problems: list[str] = []
    seen: set[str] = set()
    for path in READERS[persona]:
        open_whole(page, path.format(**world))
        # Nine addresses show the visitor one and the same page of what does not exist; others lead to one page.
        if (whole := page.evaluate(WHOLE)) not in seen:
            seen.add(whole)
            problems += [f"{path}: {line}" for line in violations_in_both(page)]
    assert not problems, "\n" + "\n".join(problems)
    assert len(seen) > 0.7 * len(READERS[persona]), "so many pages are not alike"


def test_what_is_wrong_is_found_in_both_themes(open_browser: Callable[..., Page]) -> None:
    page = open_browser(None)
    page.goto("/tentang")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    # Too pale on white, too dark on black.
    page.evaluate(
        "() => ['#ddd', '#333'].map((c, n) => document.querySelectorAll('main p')[n].style.color = c)"
    )
    found = {": ".join(line.split(": ")[:2]) for line in violations_in_both(page)}
    assert found >= {"light: image-alt", "light: color-contrast", "dark: color-contrast"}


# Who opens which form, fills it how, and presses what.
BROKEN_FORMS = (
    (None, "/masuk", {"Surel": "x@example.com"}, "Masuk"),
    (None, "/daftar", {"Surel": "bukan surel"}, "Buat akun"),
    (
        "alone",
        "/dasbor/organisasi/baru/pemda",
        {"Pemerintah daerah": "Atlantis"},
        "Simpan dan lanjut ke bukti",
    ),
    ("alone", "/dasbor/organisasi/baru/mitra", {"NIB": "12"}, "Simpan dan lanjut ke bukti"),
    ("pemda_editor", "/dasbor/peluang/{draft}/sunting", {"Nilai investasi": "dua ratus juta"}, "Simpan draf"),
    ("startup", "/peluang/{listing}/minat", {"Dana yang dapat Anda bawa": "banyak"}, "Kirim minat"),
    ("moderator", "/moderasi/peluang/{submitted_version}", {}, "Kembalikan untuk diperbaiki"),
)


@pytest.mark.parametrize("persona, path, typed, button", BROKEN_FORMS, ids=[form[1] for form in BROKEN_FORMS])
def test_no_violation_on_a_form_with_errors(
    persona: str | None, path: str, typed: dict[str, str], button: str, world: dict[str, Any],
    open_browser: Callable[..., Page],
) -> None:  # fmt: skip
    page = open_browser(persona)
    page.goto(path.format(**world))
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    for label, text in typed.items():
        page.get_by_label(label, exact=True).or_(page.get_by_label(label)).first.fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    assert page.locator("[aria-invalid=true], .tt-faulty, [role=alert]").count(), "no error is shown"
    problems = violations_in_both(page)
    assert not problems, "\n".join(problems)
