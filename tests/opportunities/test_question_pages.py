"""Pages of questions: nothing in what others read leads to who asked, lists keep their cost, forms keep what was typed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.opportunities.questions.rules import QuestionStatus
from marketplace.opportunities.rules import LifeStatus
from tests.architecture.test_query_budgets import BUDGETS
from tests.factories.opportunities import a_published_opportunity
from tests.factories.questions import WORDS, a_question, a_wording
from tests.factories.supporting import a_recommendation
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
S = QuestionStatus
TRACES = ("Tirta", "Rani", "Tono", "investor@", "mitra/pt-tirta-uji")


@pytest.fixture
def listing(session):
    return a_published_opportunity()


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize("persona", ["visitor", "pemda_editor", "startup"])
def test_no_page_of_others_leads_to_who_asked(client, client_as: ClientAs, listing, persona):
    asked = a_question(listing, words="Rahasia siapa yang bertanya ini?")
    answered = a_question(listing, status=S.ANSWERED)
    double = a_question(
        listing, status=S.ANSWERED, same_as_id=answered.id, words="Kembaran yang tidak tampil?"
    )
    browser = client if persona == "visitor" else client_as(persona)
    pages = [f"/peluang/{listing.slug}", f"/peluang/{listing.slug}/tanya-jawab"]
    if persona == "pemda_editor":
        pages += ["/dasbor/pertanyaan-masuk", "/dasbor/pertanyaan-masuk?lain=1", "/dasbor", "/dasbor/kabar"]
        pages += [f"/dasbor/pertanyaan/{question.id}" for question in (asked, answered, double)]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert traces_in(answer.text) == [], page
        if page == f"/peluang/{listing.slug}":
            assert '<span class="tt-badge">1</span>' in answer.text
        if page.startswith("/peluang"):
            assert answer.text.count("Sekitar 300 liter per detik.") == 1
            assert "Rahasia siapa" not in answer.text
            assert "Kembaran" not in answer.text


def test_what_its_asker_took_back_is_gone_for_the_pemda(client_as: ClientAs, listing):
    question = a_question(listing, status=S.WITHDRAWN, decision_reason="found_answer")
    page = f"/dasbor/pertanyaan/{question.id}"
    assert "Jawabannya sudah kami temukan" in client_as("investor").get(page).text
    assert client_as("investor").get(f"{page}/tarik").status_code == 409
    assert client_as("pemda_editor").get(page).status_code == 404
    assert client_as("pemda_editor").get(f"{page}/tolak").status_code == 409
    assert WORDS not in client_as("pemda_editor").get("/dasbor/pertanyaan-masuk?lain=1").text


@pytest.mark.parametrize("page", ["", "/tanya-jawab"])
def test_hidden_declined_and_withdrawn_ones_are_shown_to_nobody(client, client_as, listing, page):
    for status in (S.HIDDEN, S.DECLINED, S.WITHDRAWN, S.ASKED):
        a_question(listing, status=status, words=f"Pertanyaan yang {status} ini?")
    text = client.get(f"/peluang/{listing.slug}{page}").text
    assert "Pertanyaan yang" not in text
    assert "Belum ada pertanyaan yang dijawab" in text


def test_an_edited_answer_is_marked_and_only_its_last_wording_is_public(client, client_as, listing):
    question = a_question(listing, status=S.ANSWERED, wording=2)
    a_wording(question, 2, answer_id="Sekitar 250 liter per detik.")
    text = client.get(f"/peluang/{listing.slug}").text
    assert "diubah " in text
    assert "250 liter" in text
    assert "Sekitar 300 liter" not in text
    english = client.get(f"/en/peluang/{listing.slug}/tanya-jawab").text
    assert "edited " in english
    assert '<p class="tt-body" lang="id">Sekitar 250' in english
    assert "Sekitar 300 liter" in client_as("pemda_editor").get(f"/dasbor/pertanyaan/{question.id}").text


def test_asking_keeps_what_was_typed_and_leads_to_the_own_list(client_as: ClientAs, listing):
    page, investor = f"/peluang/{listing.slug}/tanya", client_as("investor")
    answer = investor.submit(page, {"words": "PT Tirta Uji bertanya: berapa debitnya?"})
    assert answer.status_code == 422
    assert "menyebut organisasi Anda" in answer.text
    assert "bertanya: berapa debitnya?" in answer.text
    assert investor.submit(page, {"words": WORDS}).location == "/dasbor/pertanyaan"
    assert WORDS in investor.get("/dasbor/pertanyaan").text
    assert "belum terverifikasi" in client_as("new_partner").get(page).text


def test_answering_warns_of_contacts_and_keeps_what_was_typed(client_as: ClientAs, client, listing):
    question = a_question(listing, words="Boleh telepon 0812-3456-7890 untuk debitnya?")
    page, editor = f"/dasbor/pertanyaan/{question.id}", client_as("pemda_editor")
    assert "Mirip nomor telepon" in editor.get(page).text
    said = {"words_id": question.words, "answer_id": "Tiga ratus liter.", "seen": "1"}
    refused = editor.submit(f"{page}/jawab", said, on=page)
    assert refused.status_code == 422
    assert "Tampaknya ada nomor telepon" in refused.text
    assert "Tiga ratus liter." in refused.text
    assert editor.submit(f"{page}/jawab", said | {"words_id": WORDS}, on=page).location == page
    text = client.get(f"/peluang/{listing.slug}").text
    assert "Tiga ratus liter." in text
    assert "0812" not in text


@pytest.mark.parametrize(
    "values, standing",
    [
        ({"question_deadline": (clock.now() - timedelta(days=2)).date()}, "tidak lagi diterima"),
        ({"life": LifeStatus.NO_PARTNER}, "tidak lagi diterima"),
    ],
)
def test_after_the_cut_off_nobody_is_invited_to_ask(client, client_as, session, values, standing):
    listing = a_published_opportunity(**values)
    a_question(listing, status=S.ANSWERED)
    text = client.get(f"/peluang/{listing.slug}").text
    assert standing in text
    assert "Ajukan pertanyaan" not in text
    assert client_as("investor").get(f"/peluang/{listing.slug}/tanya").location == f"/peluang/{listing.slug}"


def test_laip_alone_reads_who_asked(client_as: ClientAs, listing):
    question = a_question(listing, status=S.ANSWERED)
    a_question(listing, "startup", status=S.ANSWERED, same_as_id=question.id)
    page, moderator = f"/moderasi/pertanyaan/{question.id}", client_as("moderator")
    listed = moderator.get("/moderasi/pertanyaan").text
    assert "PT Tirta Uji" in listed
    assert 'Semua <span class="tt-num">1</span>' in listed
    assert "PT Rintisan Uji" in moderator.get(page).text
    assert moderator.submit(page, {"langkah": "sembunyikan", "seen": "1"}).status_code == 422
    hide = {"langkah": "sembunyikan", "seen": "1", "reason": "personal_data", "words": "Ada nama."}
    assert moderator.submit(page, hide).location == page
    text = moderator.get(page).text
    assert "Memuat data pribadi" in text
    assert "PT Tirta Uji" in text
    assert "Memuat data pribadi" in client_as("pemda_editor").get(f"/dasbor/pertanyaan/{question.id}").text
    assert "Memuat data pribadi" in client_as("investor").get(f"/dasbor/pertanyaan/{question.id}").text


@pytest.mark.parametrize(
    "persona, page",
    [
        ("visitor", "/peluang/{slug}"),
        ("investor", "/peluang/{slug}"),
        ("visitor", "/peluang/{slug}/tanya-jawab"),
        ("investor", "/dasbor/pertanyaan"),
        ("pemda_editor", "/dasbor/pertanyaan-masuk"),
        ("pemda_editor", "/dasbor/pertanyaan-masuk?lain=1"),
        ("pemda_editor", "/dasbor"),
        ("moderator", "/moderasi/pertanyaan"),
    ],
)
def test_three_and_thirty_questions_cost_the_same(
    client, client_as: ClientAs, listing, count_queries: Callable[[], QueryCounter], persona, page
):
    reader = client if persona == "visitor" else client_as(persona)
    a_recommendation(listing, "ministry")
    numbers = []
    for rows in (3, 27):
        # Warm, and drawn anew afterwards: what a stranger reads is kept as long as nothing is added.
        reader.get(page.format(slug=listing.slug))
        for number in range(rows):
            a_question(listing, status=S.ANSWERED, words=f"{WORDS} {number}")
            a_question(listing, words=f"{WORDS} {number}")
        with count_queries() as counted:
            assert reader.get(page.format(slug=listing.slug)).status_code == 200
        numbers.append(counted.number)
    assert numbers[0] == numbers[1], counted.statements
    assert numbers[1] <= BUDGETS["/peluang/{listing}"][persona != "visitor"] or "dasbor" in page, (
        counted.statements
    )


def test_what_waits_and_what_is_overdue_stands_on_the_dashboard(client_as: ClientAs, listing):
    a_question(listing, due_on=clock.now().date() - timedelta(days=3))
    a_question(listing, due_on=clock.now().date() + timedelta(days=3))
    text = client_as("pemda_editor").get("/dasbor").text
    assert "2 pertanyaan menunggu jawaban" in text
    assert "1 sudah lewat batas jawabnya." in text
    assert "pertanyaan menunggu jawaban" not in client_as("pemda_viewer").get("/dasbor").text
    desk = client_as("pemda_viewer").get("/dasbor/pertanyaan-masuk").text
    assert "1 lewat batas jawab" in desk
