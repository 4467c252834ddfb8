from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.opportunities.content import BESIDE, CONTENT
from marketplace.opportunities.listing_templates import TEMPLATES
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import VersionStatus
from marketplace.opportunities.views.authoring import PAGE
from tests.factories.opportunities import COMPLETE, an_opportunity, the_version
from tests.files.samples import PDF
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]


def written(**changes: Any) -> dict[str, Any]:
    """What a person types into the form: a complete listing."""
    columns = ("title_id", "problem_id", "users_served_id", "existing_id", "sought_id", "expected_result_id",
               "sector_code", "partner_kinds", "scheme_codes", "contact_role")  # fmt: skip
    day = (clock.now() + timedelta(days=90)).date().isoformat()
    typed = {name: COMPLETE[name] for name in columns}
    return {
        **typed,
        "readiness": "pre_fs",
        "interest_deadline": day,
        "seen": "1",
        **changes,
    }


def save(client: PageClient, opportunity: Any, **changes: Any) -> Any:
    return client.submit(f"/dasbor/peluang/{opportunity.id}/sunting", written(**changes))


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_editor_begins_from_a_template(template: str, language: str, client_as: ClientAs) -> None:
    editor = client_as("pemda_editor")
    answer = editor.submit(f"{language}/dasbor/peluang/baru", {"template": template})
    assert answer.status_code == 302
    page = editor.get(answer.headers["Location"])
    assert page.status_code == 200
    assert editor.get(f"{language}/dasbor/peluang").status_code == 200


def test_an_unknown_template_is_refused_with_a_sentence(client_as: ClientAs) -> None:
    answer = client_as("pemda_editor").submit("/dasbor/peluang/baru", {"template": "lain"})
    assert answer.status_code == 422
    assert "Pilih" in answer.text


@pytest.mark.parametrize(
    "persona, status",
    [("pemda_viewer", 403), ("investor", 404), ("moderator", 404), ("alone", 404), (None, 302)],
)
def test_only_those_who_write_for_a_pemda_may_begin(
    persona: str | None, status: int, client: PageClient, client_as: ClientAs
) -> None:
    reader = client_as(persona) if persona else client
    assert reader.get("/dasbor/peluang/baru").status_code == status


def test_a_draft_is_saved_and_says_what_is_missing(client_as: ClientAs, session: Any) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity(**dict.fromkeys(("title_id", "problem_id", "contact_role"), ""))
    answer = save(editor, draft, langkah="simpan", problem_id="Lampu mati.", contact_role="")
    assert answer.status_code == 302
    page = editor.get(answer.headers["Location"]).text
    assert "Kelengkapan" in page
    assert 'href="#contact_role"' in page
    assert 'href="#problem_id"' in page
    assert the_version(draft).problem_id == "Lampu mati."


def test_save_and_send_names_each_gap_at_its_field_and_loses_nothing(client_as: ClientAs) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity()
    answer = save(
        editor,
        draft,
        langkah="kirim",
        problem_id="Lampu jalan banyak yang mati di pinggiran.",
        users_served_id="",
    )
    assert answer.status_code == 422
    assert "Tulis sedikitnya 120 huruf. Sekarang 42." in answer.text
    assert "Isian ini wajib sebelum diajukan." in answer.text
    assert "Lampu jalan banyak yang mati di pinggiran." in answer.text
    assert the_version(draft).status is VersionStatus.DRAFT


def test_save_and_send_hands_it_to_the_approver(client_as: ClientAs) -> None:
    draft = an_opportunity()
    answer = save(client_as("pemda_editor"), draft, langkah="kirim")
    assert answer.status_code == 302
    assert the_version(draft).status is VersionStatus.IN_APPROVAL


@pytest.mark.parametrize(
    "typed, stored, echo",
    [
        ("1,5 M", 1_500_000_000, "Rp1.500.000.000"),
        ("Rp 549,0 miliar", 549_000_000_000, "Rp549.000.000.000"),
        ("100,6 miliar", 100_600_000_000, "Rp100.600.000.000"),
        ("Rp1.250.000.000", 1_250_000_000, "Rp1.250.000.000"),
    ],
)
def test_money_is_read_as_people_write_it_and_echoed(
    typed: str, stored: int, echo: str, client_as: ClientAs
) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity()
    answer = save(editor, draft, langkah="simpan", value_amount=typed)
    assert answer.status_code == 302
    assert the_version(draft).value_amount == the_version(draft).value_idr == stored
    assert f"Terbaca {echo}" in editor.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    "prefix, typed, sentence",
    [
        ("", "dua ratus juta", "Tulis jumlahnya dengan angka"),
        ("", "sekitar banyak", "tidak terbaca"),
        ("", "10-20 miliar", "bukan rentang"),
        ("/en", "1.5 M", "can mean"),
    ],
)
def test_money_that_cannot_be_read_is_refused_kindly_and_stays(
    prefix: str, typed: str, sentence: str, client_as: ClientAs
) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity()
    answer = editor.submit(
        f"{prefix}/dasbor/peluang/{draft.id}/sunting", written(langkah="simpan", value_amount=typed)
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text


def test_money_of_another_country_needs_a_rate_to_be_sorted(client_as: ClientAs) -> None:
    draft = an_opportunity()
    save(client_as("pemda_editor"), draft, langkah="simpan", value_amount="USD 5 juta", idr_rate="16.250")
    version = the_version(draft)
    assert (version.value_currency, version.value_amount, version.value_idr) == (
        "USD",
        5_000_000,
        81_250_000_000,
    )


def test_a_foreign_sum_too_large_in_rupiah_is_refused(client_as: ClientAs) -> None:
    answer = save(
        client_as("pemda_editor"), an_opportunity(), langkah="simpan", value_amount="USD 9.000 triliun", idr_rate="999.999"
    )  # fmt: skip
    assert answer.status_code == 422
    assert "terlalu besar" in answer.text


@pytest.mark.parametrize("seen", ["", "-1", "abc", "١", "9" * 5000])
def test_a_forged_revision_is_a_conflict_and_no_fault(seen: str, client_as: ClientAs) -> None:
    answer = save(client_as("pemda_editor"), an_opportunity(), langkah="simpan", seen=seen)
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "path",
    [
        "/dasbor/peluang/{}",
        "/dasbor/peluang/{}/sunting",
        "/peluang/dokumen/{}",
        "/dasbor/peluang/{}/pratinjau",
    ],
)
def test_a_number_beyond_all_rows_is_404(path: str, client_as: ClientAs) -> None:
    assert client_as("pemda_editor").get(path.format(2**63)).status_code == 404
    assert client_as("pemda_editor").get(path.format("9" * 400)).status_code == 404


def test_a_deadline_in_the_past_is_refused_with_a_sentence(client_as: ClientAs) -> None:
    draft = an_opportunity()
    answer = save(client_as("pemda_editor"), draft, langkah="kirim", interest_deadline="2020-01-31")
    assert answer.status_code == 422
    assert "Tanggal ini sudah lewat" in answer.text
    assert 'value="2020-01-31"' in answer.text


@pytest.mark.parametrize("typed", ["31 Februari", "2026-02-31", "besok"])
def test_what_is_no_date_is_refused_with_a_sentence(typed: str, client_as: ClientAs) -> None:
    answer = save(client_as("pemda_editor"), an_opportunity(), langkah="simpan", interest_deadline=typed)
    assert answer.status_code == 422
    assert "Tulis tanggal seperti" in answer.text


def test_the_draft_is_saved_on_the_way_to_its_documents(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    answer = save(editor, draft, langkah="dokumen", title_id="Judul yang baru ditulis")
    assert answer.headers["Location"] == f"/dasbor/peluang/{draft.id}/dokumen"
    assert the_version(draft).title_id == "Judul yang baru ditulis"


def test_the_step_of_documents_lists_them_and_leads_to_their_page(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    path = f"/dasbor/peluang/{draft.id}"
    assert "Belum ada dokumen." in editor.get(f"{path}/sunting/dokumen").text
    editor.submit(
        f"{path}/dokumen",
        {"kind": "fs", "title": "Studi pasar", "access": "public", "file": (BytesIO(PDF), "studi.pdf")},
    )
    page = editor.get(f"{path}/sunting/dokumen").text
    assert "Studi pasar" in page
    assert "Simpan dan atur dokumen" in page
    answer = editor.submit(f"{path}/sunting/dokumen", {"seen": "1", "langkah": "dokumen"})
    assert answer.headers["Location"] == f"{path}/dokumen"


def test_a_second_tab_is_told_and_both_texts_stand(client_as: ClientAs) -> None:
    editor, colleague = client_as("pemda_editor"), client_as("pemda_approver")
    draft = an_opportunity()
    assert save(colleague, draft, langkah="simpan", title_id="Judul dari rekan").status_code == 302
    answer = save(editor, draft, langkah="simpan", title_id="Judul saya", seen="1")
    assert answer.status_code == 409
    assert "Sari Tumbel" in answer.text
    assert "Judul dari rekan" in answer.text
    assert 'value="Judul saya"' in answer.text
    # Sent once more, now that both were seen, the last writer's text stands.
    seen = the_version(draft).revision
    assert f'name="seen" type="hidden" value="{seen}"' in answer.text
    assert save(editor, draft, langkah="simpan", title_id="Judul saya", seen=str(seen)).status_code == 302
    assert the_version(draft).title_id == "Judul saya"


def test_a_version_sent_in_another_tab_keeps_the_text_on_screen(client_as: ClientAs) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity()
    page = editor.get(f"/dasbor/peluang/{draft.id}/sunting")
    save(editor, draft, langkah="kirim")
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = editor.post(
        f"/dasbor/peluang/{draft.id}/sunting",
        {**written(title_id="Kalimat panjang saya"), "csrf_token": token},
    )
    assert answer.status_code == 409
    assert "Kalimat panjang saya" in answer.text


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("<script>alert(1)</script> Pasar", "<script>alert(1)</script> Pasar"),
        ("\u202eterbalik\u202c", "terbalik"),
        ("nol\u200blebar\ufeff", "nollebar"),
        ("a\x00b", "ab"),
        ("\u200b\u2060", ""),
        ("سوق المدينة", "سوق المدينة"),
    ],
)
def test_odd_characters_are_cleaned_or_kept_as_text(typed: str, kept: str, client_as: ClientAs) -> None:
    editor = client_as("pemda_editor")
    draft = an_opportunity()
    assert save(editor, draft, langkah="simpan", title_id=typed).status_code == 302
    assert the_version(draft).title_id == kept
    assert editor.get(f"/dasbor/peluang/{draft.id}").status_code == 200
    assert editor.get(f"/dasbor/peluang/{draft.id}/pratinjau").status_code == 200


def test_a_title_of_500_letters_is_refused_with_the_limit(client_as: ClientAs) -> None:
    answer = save(client_as("pemda_editor"), an_opportunity(), langkah="simpan", title_id="J" * 500)
    assert answer.status_code == 422
    assert "Tulis paling banyak 160 huruf." in answer.text
    assert "J" * 500 in answer.text


def test_more_than_five_must_haves_are_refused(client_as: ClientAs) -> None:
    lines = "\r\n".join(f"- Syarat {number}" for number in range(6))
    answer = save(client_as("pemda_editor"), an_opportunity(), langkah="simpan", must_haves_id=lines)
    assert answer.status_code == 422
    assert "Paling banyak 5 butir" in answer.text


def test_must_haves_are_stored_one_a_line(client_as: ClientAs) -> None:
    draft = an_opportunity()
    save(client_as("pemda_editor"), draft, langkah="simpan", must_haves_id="- Satu\r\n\r\n• Dua ")
    assert the_version(draft).must_haves_id == ["Satu", "Dua"]


PAGES = ("", "/sunting", "/pratinjau", "/tarik", "/hasil")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "persona",
    [
        "other_approver",
        "investor",
        "investor_editor",
        "startup",
        "companion",
        "moderator",
        "programme_owner",
        "alone",
        "new_pemda",
    ],
)
def test_a_draft_does_not_exist_for_strangers(persona: str, page: str, client_as: ClientAs) -> None:
    draft = an_opportunity()
    assert client_as(persona).get(f"/dasbor/peluang/{draft.id}{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_sign_in_and_back(page: str, client: PageClient) -> None:
    draft = an_opportunity()
    answer = client.get(f"/dasbor/peluang/{draft.id}{page}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/masuk?next=/dasbor/peluang/{draft.id}{page}"


@pytest.mark.parametrize(
    "persona, edits",
    [("pemda_owner", True), ("pemda_approver", True), ("pemda_editor", True), ("pemda_viewer", False)],
)
def test_colleagues_read_and_writers_edit(persona: str, edits: bool, client_as: ClientAs) -> None:
    draft = an_opportunity()
    colleague = client_as(persona)
    assert colleague.get(f"/dasbor/peluang/{draft.id}").status_code == 200
    assert colleague.get(f"/dasbor/peluang/{draft.id}/pratinjau").status_code == 200
    assert colleague.get(f"/dasbor/peluang/{draft.id}/sunting").status_code == (200 if edits else 403)


def test_a_submitted_version_cannot_be_edited(client_as: ClientAs) -> None:
    sent = an_opportunity(review=VersionStatus.SUBMITTED)
    editor = client_as("pemda_editor")
    assert editor.get(f"/dasbor/peluang/{sent.id}/sunting").status_code == 302


def test_the_list_of_own_listings_costs_the_same_with_many(client_as: ClientAs, count_queries: Any) -> None:
    editor = client_as("pemda_editor")
    for _number in range(3):
        an_opportunity()
    editor.get("/dasbor/peluang")
    with count_queries() as few:
        editor.get("/dasbor/peluang")
    for _number in range(27):
        an_opportunity()
    with count_queries() as many:
        page = editor.get("/dasbor/peluang")
    assert few.number == many.number
    assert page.text.count("<tr>") == 1 + PAGE


def test_another_pemdas_listings_are_not_in_the_list(client_as: ClientAs) -> None:
    an_opportunity("madiun", title_id="Peluang Madiun")
    assert "Peluang Madiun" not in client_as("pemda_editor").get("/dasbor/peluang").text


def test_no_version_has_lost_a_column() -> None:
    """Every column of the version is content, review or key: a new one must be put somewhere."""
    review = {
        "id", "opportunity_id", "number", "status", "revision", "created_at", "edited_at", "edited_by", "submitted_at",
        "decided_at", "decision_reason", "decision_words", "awaiting_since", "reminded_days", "reminded_at",
        "assisted",
    }  # fmt: skip
    assert {column.name for column in OpportunityVersion.__table__.columns} == review | set(CONTENT) | set(
        BESIDE
    )
