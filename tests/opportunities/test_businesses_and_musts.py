"""A listing's own business (KBLI) and its must-haves that can be checked, from the form to the page and the filter."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.matching.lists.loading import listings_among
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.support.clients import PageClient
from tests.support.searching import index_everything

ClientAs = Callable[[str], PageClient]
OWN = {"kbli_code": "42101", "kbli_edition": "2020"}


@pytest.fixture
def draft(session: Any) -> Any:
    return an_opportunity()


@pytest.fixture
def editor(client_as: ClientAs) -> PageClient:
    return client_as("pemda_editor")


def step(editor: PageClient, draft: Any, name: str, **typed: Any) -> Any:
    version = the_version(draft)
    path = f"/dasbor/peluang/{draft.id}/sunting/{name}"
    stood = {
        "identitas": {"title_id": version.title_id, "title_en": version.title_en, "summary_id": version.summary_id,
                      "sector_code": version.sector_code},
        "mitra": {"partner_kinds": version.partner_kinds, "scheme_codes": version.scheme_codes},
    }[name]  # fmt: skip
    return editor.submit(path, {**stood, "seen": str(version.revision), "langkah": "simpan", **typed})


def radios(page: str) -> dict[str, bool]:
    found = re.findall(r'<input [^>]*type="radio"[^>]*name="kbli_code"[^>]*>', page)
    return {re.search(r'value="([^"]*)"', each)[1]: " checked" in each for each in found}


def test_businesses_are_suggested_and_one_is_chosen(editor: PageClient, draft: Any) -> None:
    page = editor.get(f"/dasbor/peluang/{draft.id}/sunting/identitas").text
    offered = radios(page)
    # The sector's own codes stand first, behind "as the sector".
    assert list(offered)[:3] == ["", "36001", "36002"]
    assert [code for code, chosen in offered.items() if chosen] == [""]
    assert len(offered) == 11
    assert step(editor, draft, "identitas", kbli_code=["36002", ""]).status_code == 302
    version = the_version(draft)
    assert (version.kbli_code, version.kbli_edition) == ("36002", "2020")
    offered = radios(editor.get(f"/dasbor/peluang/{draft.id}/sunting/identitas").text)
    assert [code for code, chosen in offered.items() if chosen] == ["36002"]
    step(editor, draft, "identitas", kbli_code=["", ""])
    assert the_version(draft).kbli_code is None


@pytest.mark.parametrize("typed", ["42101", " 42101 ", "42101 Konstruksi Bangunan Sipil Jalan"])
def test_a_code_that_is_typed_counts_before_a_choice(editor: PageClient, draft: Any, typed: str) -> None:
    assert step(editor, draft, "identitas", kbli_code=["36002", typed]).status_code == 302
    assert the_version(draft).kbli_code == "42101"


@pytest.mark.parametrize("typed", ["99999", "4210", "421011", "jalan", "<b>"])
def test_what_is_no_code_is_refused_and_stays(editor: PageClient, draft: Any, typed: str) -> None:
    answer = step(editor, draft, "identitas", kbli_code=["36002", typed])
    assert answer.status_code == 422
    assert "bukan kode lima angka dari KBLI 2020" in answer.text
    assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
    assert the_version(draft).kbli_code is None


def test_must_haves_that_are_ticked_and_written_count_together(editor: PageClient, draft: Any) -> None:
    ticked = ["legal_entity", "track_record", "ticket"]
    assert step(editor, draft, "mitra", must_codes=ticked, must_haves_id="Satu\nDua").status_code == 302
    assert sorted(the_version(draft).must_codes) == sorted(ticked)
    answer = step(editor, draft, "mitra", must_codes=ticked, must_haves_id="Satu\nDua\nTiga")
    assert answer.status_code == 422
    assert "dihitung bersama. Sekarang 6" in answer.text
    many = [*ticked, "fund", "build", "operate"]
    answer = step(editor, draft, "mitra", must_codes=many, must_haves_id="")
    assert answer.status_code == 422
    assert "Sekarang 6" in answer.text
    assert step(editor, draft, "mitra", must_codes=["terbang"], must_haves_id="").status_code == 422
    assert sorted(the_version(draft).must_codes) == sorted(ticked)


def test_what_is_wished_for_is_written_shown_and_weighed(
    editor: PageClient, client: PageClient, draft: Any
) -> None:
    wished = {"capability_codes": ["operate", "platform"], "language_codes": ["en"]}
    assert step(editor, draft, "mitra", **wished).status_code == 302
    stored = the_version(draft)
    assert {name: sorted(getattr(stored, name)) for name in wished} == wished
    assert step(editor, draft, "mitra", language_codes=["fr"]).status_code == 422
    assert step(editor, draft, "mitra", capability_codes=["terbang"]).status_code == 422
    listing = a_published_opportunity(title_en="Water", **wished)
    page = client.get(f"/peluang/{listing.slug}").text
    assert "Mengoperasikan, Menyediakan platform digital" in page
    assert "Working language" in client.get(f"/en/peluang/{listing.slug}").text
    silent = a_published_opportunity(title_en="Water")
    facts = {each.id: each for each in listings_among([listing.id, silent.id], now=clock.now())}
    assert (facts[listing.id].capabilities, facts[listing.id].languages) == ({"operate", "platform"}, {"en"})
    # Without a language that it names, those that it is written in.
    assert (facts[silent.id].capabilities, facts[silent.id].languages) == (set(), {"id", "en"})


def test_a_draft_that_is_saved_while_it_is_typed_holds_no_more_than_five(
    editor: PageClient, draft: Any
) -> None:
    page = f"/dasbor/peluang/{draft.id}/sunting/mitra"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', editor.get(page).text)[1]
    many = ["fund", "build", "operate", "supply", "platform", "research"]
    sent = {"isian": "must_codes", "must_codes": many, "seen": "1", "base": "", "csrf_token": token}
    answer = editor.post(f"/dasbor/peluang/{draft.id}/simpan", sent)
    assert answer.status_code == 200
    assert "Sekarang 6" in answer.json["problems"]["must_codes"]
    assert len(the_version(draft).must_codes) == 5


def test_a_partner_sees_before_it_writes_what_its_profile_shows(client_as: ClientAs) -> None:
    codes = ["legal_entity", "track_record", "ticket"]
    listing = a_published_opportunity(must_codes=codes, value_idr=10**15)
    page = client_as("investor").get(f"/peluang/{listing.slug}/minat").text
    found = re.findall(r'<span class="visually-hidden">([^<]*)</span><span>([^<]*)</span>', page)
    assert {text: mark for mark, text in found} == {
        "Berbadan hukum Indonesia": "sesuai:",
        "Punya rekam jejak dengan bukti": "belum diketahui:",
        "Nilai per proyeknya mencakup dana yang dicari": "tidak sesuai:",
    }
    assert "Lengkapi profil" in page


def test_the_page_shows_both_and_the_filter_finds_its_own_business(
    app: Any, connection: Any, client: PageClient
) -> None:
    own = a_published_opportunity(title_id="Jalan akses SPAM", must_codes=["legal_entity", "fund"], **OWN)
    a_published_opportunity(title_id="SPAM biasa")
    page = client.get(f"/peluang/{own.slug}").text
    assert "42101" in page
    assert "Konstruksi Bangunan Sipil Jalan" in page
    assert "36001" not in page
    assert "Berbadan hukum Indonesia" in page
    english = client.get(f"/en/peluang/{own.slug}").text
    assert "Indonesian legal entity" in english
    index_everything(app, connection)
    found = client.get("/peluang?kbli=42101").text
    assert "Jalan akses SPAM" in found
    assert "SPAM biasa" not in found
    found = client.get("/peluang?kbli=36001").text
    assert "Jalan akses SPAM" not in found
    assert "SPAM biasa" in found
