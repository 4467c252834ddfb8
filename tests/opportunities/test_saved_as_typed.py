"""A draft saved while it is written, alone and by two at once."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from marketplace.opportunities.rules import VersionStatus
from tests.factories.opportunities import an_opportunity, the_version
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]


class Typist:
    """Has a draft open and sends what they type, as the script of the page does."""

    def __init__(self, browser: PageClient, draft: Any, *, prefix: str = "") -> None:
        self.browser, self.prefix = browser, prefix
        self.address = f"{prefix}/dasbor/peluang/{draft.id}"
        self.open()

    def open(self) -> str:
        page = self.browser.get(f"{self.address}/sunting").text
        self.hidden = {name: unescape(self._hidden(page, name)) for name in ("csrf_token", "seen", "base")}
        return page

    @staticmethod
    def _hidden(page: str, name: str) -> str:
        found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', page)
        assert found, name
        return found.group(1)

    def types(self, **typed: Any) -> Any:
        answer = self.browser.post(f"{self.address}/simpan", {**self.hidden, "isian": list(typed), **typed})
        if answer.status_code == 200:
            self.hidden["seen"] = str(answer.json["revision"])
            marks = json.loads(self.hidden["base"]) | answer.json["marks"]
            self.hidden["base"] = json.dumps(marks)
        return answer


@pytest.fixture
def draft() -> Any:
    return an_opportunity()


@pytest.fixture
def sari(client_as: ClientAs, draft: Any) -> Typist:
    return Typist(client_as("pemda_editor"), draft)


@pytest.fixture
def rekan(client_as: ClientAs, draft: Any) -> Typist:
    return Typist(client_as("pemda_approver"), draft)


def test_what_is_typed_is_stored_and_the_rest_stays(sari: Typist, draft: Any) -> None:
    answer = sari.types(title_id="Judul baru")
    assert answer.status_code == 200
    version = the_version(draft)
    assert version.title_id == "Judul baru"
    assert version.problem_id.startswith("Sambungan air minum")
    assert version.value_amount == 250_000_000_000
    assert answer.json["saved"].startswith("Draf tersimpan")
    assert answer.json["overlaps"] == answer.json["fresh"] == []
    assert answer.json["problems"] == {"title_id": ""}


def test_nothing_new_writes_nothing(sari: Typist, draft: Any) -> None:
    before = the_version(draft).revision
    assert sari.types().status_code == 200
    sari.types(title_id=the_version(draft).title_id)
    assert the_version(draft).revision == before


@pytest.mark.parametrize(
    "name, typed, sentence",
    [
        ("value_amount", "dua ratus juta", "angka"),
        ("interest_deadline", "besok", "Tulis tanggal"),
        ("price_year", "20", "empat angka"),
        ("title_id", "J" * 200, "160 huruf"),
        ("must_haves_id", "a\nb\nc\nd\ne\nf", "Paling banyak 5 butir"),
        ("sought_amount", "USD 5 juta", "mata uang yang sama"),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_was_typed(
    name: str, typed: str, sentence: str, sari: Typist, draft: Any
) -> None:
    answer = sari.types(**{name: typed})
    assert sentence in answer.json["problems"][name]
    version = the_version(draft)
    assert version.unread[name] == {"text": typed, "language": "id"}
    assert not getattr(version, name)
    page = sari.open()
    assert typed in page
    assert sentence in page
    assert "Lengkapi" in sari.browser.get(sari.address).text
    sent = sari.browser.submit(f"{sari.address}/kirim", {"seen": str(version.revision)})
    assert sent.status_code == 422
    assert the_version(draft).status is VersionStatus.DRAFT


def test_what_was_unread_is_read_once_it_is_mended(sari: Typist, draft: Any) -> None:
    sari.types(value_amount="dua ratus juta")
    answer = sari.types(value_amount="200 juta")
    assert answer.json["problems"] == {"value_amount": ""}
    assert answer.json["echoes"]["value_amount"] == "Rp200.000.000"
    assert the_version(draft).unread == {}
    assert the_version(draft).value_idr == 200_000_000


def test_a_sum_typed_in_english_is_not_read_as_indonesian(client_as: ClientAs, draft: Any) -> None:
    english = Typist(client_as("pemda_editor"), draft, prefix="/en")
    english.types(value_amount="1.5 M")
    home = Typist(client_as("pemda_editor"), draft)
    home.types(title_id="Judul lain")
    assert the_version(draft).value_amount is None
    assert the_version(draft).unread["value_amount"] == {"text": "1.5 M", "language": "en"}


def test_two_editors_in_different_fields_both_stand(sari: Typist, rekan: Typist, draft: Any) -> None:
    rekan.types(title_id="Judul dari rekan", scheme_codes=["kpbu", "hibah"])
    answer = sari.types(summary_id="Ringkasan saya")
    assert answer.json["overlaps"] == []
    assert {each["name"]: each["values"] for each in answer.json["fresh"]} == {
        "title_id": ["Judul dari rekan"],
        "scheme_codes": ["kpbu", "hibah"],
    }
    version = the_version(draft)
    assert (version.title_id, version.summary_id) == ("Judul dari rekan", "Ringkasan saya")


def test_two_editors_in_one_field_are_both_shown_and_nothing_is_overwritten(
    sari: Typist, rekan: Typist, draft: Any
) -> None:
    rekan.types(title_id="Judul dari rekan")
    answer = sari.types(title_id="Judul saya", summary_id="Ringkasan saya")
    (other,) = answer.json["overlaps"]
    assert (other["name"], other["text"]) == ("title_id", "Judul dari rekan")
    assert "Sari Tumbel" not in answer.json["clash"] or "disimpan" in answer.json["clash"]
    version = the_version(draft)
    assert (version.title_id, version.summary_id) == ("Judul dari rekan", "Ringkasan saya")
    # Having seen the other text, they may keep their own.
    sari.hidden["base"] = json.dumps(json.loads(sari.hidden["base"]) | {"title_id": other["mark"]})
    assert sari.types(title_id="Judul saya").json["overlaps"] == []
    assert the_version(draft).title_id == "Judul saya"


def test_two_who_type_the_same_do_not_clash(sari: Typist, rekan: Typist) -> None:
    rekan.types(title_id="Sama")
    assert sari.types(title_id="Sama").json["overlaps"] == []


def test_an_answer_that_was_lost_makes_nobody_clash_with_themselves(sari: Typist, draft: Any) -> None:
    before = dict(sari.hidden)
    sari.types(title_id="Satu du", scheme_codes=["kpbu", "hibah"])
    sari.hidden = before
    clash = sari.types(title_id="Satu dua", lalu=json.dumps(["title_id", ["Satu"]]))
    assert [each["name"] for each in clash.json["overlaps"]] == ["title_id"]
    sari.hidden = before
    tries = [json.dumps(["title_id", ["Satu"]]), json.dumps(["title_id", ["Satu du"]])]
    assert sari.types(title_id="Satu dua", lalu=tries).json["overlaps"] == []
    assert the_version(draft).title_id == "Satu dua"


@pytest.mark.parametrize(
    "tried", ["", "5", "[]", '["title_id"]', '["x", ["y"]]', "[" * 3000, '[["a"], ["b"]]']
)
def test_forged_tries_are_no_fault(tried: str, sari: Typist) -> None:
    assert sari.types(title_id="Judul baru", lalu=tried).status_code == 200


def test_each_is_told_of_the_other_and_not_of_themselves(sari: Typist, rekan: Typist) -> None:
    assert sari.types().json["others"] == ""
    told = rekan.types().json["others"]
    assert "juga menyunting draf ini sekarang" in told
    assert "juga menyunting draf ini sekarang" in sari.open()


def test_the_form_merges_what_a_colleague_typed_elsewhere(sari: Typist, rekan: Typist, draft: Any) -> None:
    page = sari.open()
    rekan.types(title_id="Judul dari rekan")
    answer = sari.browser.post(
        f"{sari.address}/sunting/mitra",
        {
            **sari.hidden,
            "langkah": "simpan",
            "partner_kinds": ["investor", "operator"],
            "scheme_codes": "hibah",
        },
    )
    assert answer.status_code == 302, page
    version = the_version(draft)
    assert (version.title_id, version.scheme_codes) == ("Judul dari rekan", ["hibah"])


def test_the_form_shows_both_texts_of_one_field_and_lets_one_go(
    sari: Typist, rekan: Typist, draft: Any
) -> None:
    rekan.types(title_id="Judul dari rekan")
    path = f"{sari.address}/sunting/identitas"
    mine = {
        **sari.hidden,
        "title_id": "Judul saya",
        "summary_id": "Ringkasan saya",
        "sector_code": "water-supply",
    }
    answer = sari.browser.post(path, mine)
    assert answer.status_code == 409
    assert "Judul dari rekan" in answer.text
    assert 'value="Judul saya"' in answer.text
    assert the_version(draft).title_id == "Judul dari rekan"
    assert sari.browser.post(path, {**mine, "pakai": "title"}).status_code == 302
    version = the_version(draft)
    assert (version.title_id, version.summary_id) == ("Judul dari rekan", "Ringkasan saya")


def test_a_returned_version_is_a_draft_once_somebody_types(client_as: ClientAs) -> None:
    returned = an_opportunity(review=VersionStatus.RETURNED)
    typist = Typist(client_as("pemda_editor"), returned)
    typist.types()
    assert the_version(returned).status is VersionStatus.RETURNED
    assert typist.types(title_id="Diperbaiki").status_code == 200
    assert the_version(returned).status is VersionStatus.DRAFT


def test_a_version_that_was_sent_stops_the_typing_with_a_sentence(sari: Typist, draft: Any) -> None:
    version = the_version(draft)
    version.status = VersionStatus.IN_APPROVAL
    answer = sari.types(title_id="Terlambat")
    assert answer.status_code == 409
    assert "sedang diperiksa" in answer.json["stopped"]
    assert the_version(draft).title_id != "Terlambat"


@pytest.mark.parametrize("base", ["", "[]", "nonsense", '{"title_id": 5}', "[" * 3000])
def test_a_forged_base_is_no_fault(base: str, sari: Typist, draft: Any) -> None:
    forged = {**sari.hidden, "base": base, "isian": "title_id", "title_id": "Judul baru"}
    assert sari.browser.post(f"{sari.address}/simpan", forged).status_code == 200


def test_names_that_are_no_inputs_are_not_written(sari: Typist, draft: Any) -> None:
    sari.types(status="published", value_idr="1", revision="99", dimension_code="x")
    version = the_version(draft)
    assert (version.status, version.value_idr) == (VersionStatus.DRAFT, 250_000_000_000)


def test_a_text_beyond_all_measure_stays_in_the_browser(sari: Typist, draft: Any) -> None:
    answer = sari.types(problem_id="x" * 30_000)
    assert answer.json["unsaved"] == ["problem_id"]
    assert the_version(draft).problem_id.startswith("Sambungan")
    assert the_version(draft).unread == {}


def test_saving_costs_the_same_with_many_drafts(sari: Typist, count_queries: Any) -> None:
    sari.types(title_id="Satu")
    with count_queries() as few:
        sari.types(title_id="Dua")
    for _number in range(30):
        an_opportunity()
    with count_queries() as many:
        sari.types(title_id="Tiga")
    assert few.number == many.number


STEPS = ("identitas", "kebutuhan", "mitra", "keuangan", "kesiapan", "dokumen", "jadwal", "periksa")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_step_has_its_page_and_leads_to_the_next(prefix: str, client_as: ClientAs, draft: Any) -> None:
    editor = client_as("pemda_editor")
    base = f"{prefix}/dasbor/peluang/{draft.id}/sunting"
    for step in STEPS:
        page = editor.get(f"{base}/{step}")
        assert page.status_code == 200
        assert page.text.count('aria-current="step"') == 1
        assert all(f"{base}/{other}" in page.text for other in STEPS)
    assert editor.get(f"{base}/lain").status_code == 404


def test_a_step_saves_its_own_fields_and_goes_on(sari: Typist, draft: Any) -> None:
    answer = sari.browser.post(
        f"{sari.address}/sunting/jadwal",
        {**sari.hidden, "langkah": "kembali", "contact_role": "Bappeda", "interest_deadline": "2099-01-31"},
    )
    assert answer.headers["Location"].endswith("/sunting/dokumen")
    version = the_version(draft)
    assert (version.contact_role, version.sector_code) == ("Bappeda", "water-supply")


def test_the_last_step_lists_what_is_missing_with_links(client_as: ClientAs) -> None:
    lacking = an_opportunity(users_served_id="", scheme_codes=[])
    editor = client_as("pemda_editor")
    page = editor.get(f"/dasbor/peluang/{lacking.id}/sunting/periksa").text
    assert f'/dasbor/peluang/{lacking.id}/sunting/kebutuhan#users_served_id"' in page
    assert f'/dasbor/peluang/{lacking.id}/sunting/mitra#scheme_codes"' in page
    typist = Typist(editor, lacking)
    answer = editor.post(f"{typist.address}/sunting/periksa", {**typist.hidden, "langkah": "kirim"})
    assert answer.status_code == 422
    assert "Lengkapi dahulu isian wajib" in answer.text


def test_the_last_step_sends_a_complete_draft(sari: Typist, draft: Any) -> None:
    answer = sari.browser.post(f"{sari.address}/sunting/periksa", {**sari.hidden, "langkah": "kirim"})
    assert answer.status_code == 302
    assert the_version(draft).status is VersionStatus.IN_APPROVAL


def test_english_is_stale_when_the_indonesian_is_edited_after_it(sari: Typist, draft: Any) -> None:
    assert "perlu ditinjau" not in sari.open()
    told = sari.types(title_id="Judul yang lain sama sekali").json["translations"]
    assert told["title"]["stale"]
    assert told["summary"]["word"] == "belum diterjemahkan"
    assert "perlu ditinjau" in sari.open()
    assert not sari.types(title_en="Quite another title").json["translations"]["title"]["stale"]


def test_english_that_still_fits_is_confirmed(sari: Typist, draft: Any) -> None:
    sari.types(title_id="SPAM Bitung; demonstrasi")
    sari.open()
    assert not sari.types(sesuai="title").json["translations"]["title"]["stale"]
    assert "perlu ditinjau" not in sari.open()


def test_what_looks_odd_is_justified_with_a_sentence(sari: Typist, draft: Any) -> None:
    sari.types(sought_amount="300 miliar")
    page = sari.browser.get(f"{sari.address}/sunting/periksa").text
    assert "Dana melebihi nilai" in page
    assert 'name="why_sought_above_value"' in page
    assert 'name="why_phone"' not in page
    sari.types(why_sought_above_value="Termasuk modal kerja dua tahun.")
    assert the_version(draft).justified == {"sought_above_value": "Termasuk modal kerja dua tahun."}
    assert "Termasuk modal kerja dua tahun." in sari.browser.get(f"{sari.address}/sunting/periksa").text
    # A page that does not show the question does not wipe its answer.
    assert (
        sari.browser.post(
            f"{sari.address}/sunting/mitra", {**sari.hidden, "scheme_codes": "kpbu"}
        ).status_code
        == 302
    )
    assert the_version(draft).justified
