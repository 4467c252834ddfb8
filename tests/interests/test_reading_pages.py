"""The pages of both sides: who sees what, and the steps from there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity
from tests.support.clients import PageClient

S = InterestStatus
ClientAs = Callable[[str], PageClient]
STRANGERS = ("startup", "other_approver", "new_pemda", "alone", "companion", "programme_owner", "moderator")


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize(
    "name", ["investor", "investor_editor", "pemda_approver", "pemda_editor", "pemda_viewer"]
)
def test_every_state_for_every_side(client_as: ClientAs, status: S, name: str, language: str) -> None:
    texts = {"asked": "Berapa?"} if status is S.MORE_INFO else {}
    reasons = {S.DECLINED: "partner_found", S.WITHDRAWN: "capacity_changed"}
    interest = an_interest(status=status, decision_reason=reasons.get(status), **texts)
    answer = client_as(name).get(f"{language}/dasbor/minat/{interest.id}")
    hidden = status is S.DRAFT and name.startswith("pemda")
    assert answer.status_code == (404 if hidden else 200)


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_find_nothing(client_as: ClientAs, name: str) -> None:
    interest = an_interest()
    browser = client_as(name)
    assert browser.get(f"/dasbor/minat/{interest.id}").status_code == 404
    for step in ("tanya", "tolak", "jawab", "tarik"):
        assert browser.get(f"/dasbor/minat/{interest.id}/{step}").status_code == 404
    for step in ("daftar-pendek", "terima", "tanya", "tolak", "jawab", "tarik", "hapus"):
        answer = browser.submit(f"/dasbor/minat/{interest.id}/{step}", {"seen": "1"}, on="/dasbor/akun")
        assert answer.status_code == 404


def test_a_visitor_signs_in(client: PageClient) -> None:
    interest = an_interest()
    for path in ("/dasbor/minat", "/dasbor/minat-masuk", f"/dasbor/minat/{interest.id}"):
        assert client.get(path).status_code == 302


def test_lists_are_of_their_side(client_as: ClientAs) -> None:
    for name, path, status in (
        ("investor", "/dasbor/minat", 200),
        ("investor", "/dasbor/minat-masuk", 404),
        ("pemda_viewer", "/dasbor/minat-masuk", 200),
        ("pemda_viewer", "/dasbor/minat", 404),
        ("moderator", "/dasbor/minat", 404),
        ("alone", "/dasbor/minat-masuk", 404),
    ):
        assert client_as(name).get(path).status_code == status


def test_reading_is_noted_after_the_answer_once(session: Any, client_as: ClientAs) -> None:
    interest = an_interest()
    client_as("investor").get(f"/dasbor/minat/{interest.id}")
    session.refresh(interest)
    assert interest.read_at is None
    client_as("pemda_viewer").get(f"/dasbor/minat/{interest.id}")
    client_as("pemda_editor").get(f"/dasbor/minat/{interest.id}")
    session.refresh(interest)
    assert interest.read_at
    assert interest.revision == 1
    ours = select(AuditEvent.kind).where(AuditEvent.object_kind == "interest")
    assert session.scalars(ours).all() == ["interest:read"]
    assert "Dibaca" in client_as("investor").get(f"/dasbor/minat/{interest.id}").text


def test_nobody_sees_contacts_before_the_introduction(client_as: ClientAs) -> None:
    interest = an_interest(status=S.ACCEPTED)
    for name in ("pemda_approver", "investor"):
        page = client_as(name).get(f"/dasbor/minat/{interest.id}")
        assert page.status_code == 200
        assert "@example.com" not in page.text
        assert "555 0100" not in page.text


def test_the_other_sides_people_have_no_names(session: Any, client_as: ClientAs) -> None:
    interest = an_interest()
    pemda, partner = client_as("pemda_editor"), client_as("investor")
    pemda.submit(
        f"/dasbor/minat/{interest.id}/daftar-pendek", {"seen": "1"}, on=f"/dasbor/minat/{interest.id}"
    )
    page = f"/dasbor/minat/{interest.id}"
    assert "Joko Rumondor, Pemerintah Kota Bitung" in pemda.get(page).text
    assert "Joko Rumondor" not in partner.get(page).text


def press(browser: PageClient, interest: Interest, step: str, **data: Any) -> int:
    on = f"/dasbor/minat/{interest.id}" if step in ("terima", "daftar-pendek") else None
    path = f"/dasbor/minat/{interest.id}/{step}"
    return browser.submit(path, {"seen": str(interest.revision), **data}, on=on).status_code


def test_the_whole_way_of_a_pemda(session: Any, client_as: ClientAs) -> None:
    interest = an_interest()
    editor, approver, partner = client_as("pemda_editor"), client_as("pemda_approver"), client_as("investor")
    assert press(editor, interest, "daftar-pendek") == 302
    assert press(editor, interest, "tanya", question="Berapa liter?") == 302
    assert "Berapa liter?" in partner.get(f"/dasbor/minat/{interest.id}").text
    assert press(partner, interest, "jawab", answer="250.") == 302
    assert press(approver, interest, "terima") == 302
    session.refresh(interest)
    assert interest.status is S.ACCEPTED


def test_an_editor_is_told_that_it_may_not_accept(client_as: ClientAs) -> None:
    interest = an_interest()
    editor = client_as("pemda_editor")
    assert "/terima" not in editor.get(f"/dasbor/minat/{interest.id}").text
    assert press(editor, interest, "terima") == 403
    assert client_as("pemda_viewer").get(f"/dasbor/minat/{interest.id}/tolak").status_code == 403
    assert client_as("investor").get(f"/dasbor/minat/{interest.id}/tolak").status_code == 403
    assert client_as("pemda_editor").get(f"/dasbor/minat/{interest.id}/tarik").status_code == 403


def test_a_no_needs_its_reason(session: Any, client_as: ClientAs) -> None:
    interest = an_interest()
    editor = client_as("pemda_editor")
    path = f"/dasbor/minat/{interest.id}/tolak"
    assert "Pilih alasannya" in editor.submit(path, {"seen": "1", "words": "Kata saya"}).text
    other = editor.submit(path, {"seen": "1", "reason": "other"})
    assert other.status_code == 422
    assert "Jelaskan alasan lain" in other.text
    assert editor.submit(path, {"seen": "1", "reason": "partner_found"}).status_code == 302
    page = client_as("investor").get(f"/dasbor/minat/{interest.id}").text
    assert "Tidak dilanjutkan. Alasan: Sudah ada mitra." in page
    assert "Alasan: Sudah ada mitra" in client_as("investor").get("/dasbor/minat").text


def test_the_slower_decision_is_told_who_was_faster(client_as: ClientAs) -> None:
    interest = an_interest()
    first, second = client_as("pemda_approver"), client_as("pemda_owner")
    assert press(first, interest, "terima") == 302
    page = f"/dasbor/minat/{interest.id}"
    late = second.submit(f"{page}/tolak", {"seen": "1", "reason": "capacity"}, on="/dasbor/akun")
    assert late.status_code == 409
    assert "Sudah diputuskan Sari Tumbel" in late.text


def test_withdrawing_and_discarding(session: Any, client_as: ClientAs) -> None:
    interest = an_interest()
    partner = client_as("investor")
    assert press(partner, interest, "tarik", reason="terms_unsuitable", words="Terlalu kecil.") == 302
    assert "Terlalu kecil." in client_as("pemda_viewer").get(f"/dasbor/minat/{interest.id}").text
    draft = an_interest(a_published_opportunity(), status=S.DRAFT)
    page = f"/dasbor/minat/{draft.id}"
    assert partner.submit(f"{page}/hapus", on=page).status_code == 302
    assert partner.get(page).status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_lists_with_filters_and_pages(client_as: ClientAs, language: str) -> None:
    opportunity = a_published_opportunity()
    an_interest(opportunity, read_at=clock.now(), now=clock.now() - timedelta(days=9))
    an_interest(opportunity, "startup", ticket_amount=50_000_000_000)
    for _number in range(22):
        an_interest(a_published_opportunity(), status=S.DECLINED, decision_reason="capacity")
    inbox = client_as("pemda_editor")
    page = inbox.get(f"{language}/dasbor/minat-masuk").text
    assert ("2 minat menunggu jawaban Anda" if not language else "2 interests wait for your answer") in page
    assert "halaman=2" in page
    assert inbox.get(f"{language}/dasbor/minat-masuk?halaman=2&status=declined").status_code == 200
    assert inbox.get(f"{language}/dasbor/minat-masuk?status=palsu&peluang=abc&halaman=-1").status_code == 200
    assert inbox.get(f"{language}/dasbor/minat-masuk?peluang={opportunity.id}").status_code == 200
    mine = client_as("investor")
    assert mine.get(f"{language}/dasbor/minat?halaman=2").status_code == 200
    assert mine.get(f"{language}/dasbor/minat?status=accepted").status_code == 200


def test_compares_and_notes_the_reading(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second = an_interest(opportunity), an_interest(opportunity, "startup", S.SHORTLISTED)
    path = f"/dasbor/minat-masuk/{opportunity.id}"
    page = client_as("pemda_approver").get(path).text
    assert "Bandingkan 2 minat" in page
    for interest in (first, second):
        session.refresh(interest)
        assert interest.read_at
    for name in (*STRANGERS, "investor"):
        assert client_as(name).get(path).status_code == 404


@pytest.mark.parametrize(
    "name,path", [("pemda_editor", "/dasbor/minat-masuk"), ("investor", "/dasbor/minat")]
)
def test_the_same_number_of_queries_for_three_and_thirty(
    client_as: ClientAs, count_queries: Any, name: str, path: str
) -> None:
    browser = client_as(name)
    numbers = []
    for more in (3, 27):
        for _number in range(more):
            an_interest(a_published_opportunity())
        browser.get(path)
        with count_queries() as counted:
            browser.get(path)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]


def test_a_suspended_partner_reads_why_it_cannot_answer_and_is_linked_nowhere(
    session: Any, client_as: ClientAs
) -> None:
    interest = an_interest(status=S.MORE_INFO, asked="Di mana?")
    path, browser = f"/dasbor/minat/{interest.id}", client_as("investor")
    assert 'href="/mitra/pt-tirta-uji"' in browser.get(path).text
    assert f"{path}/jawab" in browser.get(path).text
    session.get(Organisation, interest.organisation_id).status = OrganisationStatus.SUSPENDED
    page = browser.get(path).text
    assert "tidak terverifikasi sekarang, jadi belum dapat menjawab" in page
    assert f"{path}/jawab" not in page
    assert 'href="/mitra/pt-tirta-uji"' not in page
    assert browser.get(f"{path}/jawab").status_code == 403
    answer = browser.submit(f"{path}/jawab", {"seen": "1", "answer": "Di Bitung."}, on="/dasbor/akun")
    assert answer.status_code == 403
    assert browser.get(f"{path}/tarik").status_code == 200


def test_moments_are_told_in_the_zone_of_the_region(client_as: ClientAs) -> None:
    interest = an_interest(a_published_opportunity())
    press(client_as("pemda_approver"), interest, "daftar-pendek")
    for reader in ("pemda_approver", "investor"):
        assert " WITA" in client_as(reader).get(f"/dasbor/minat/{interest.id}").text


def test_an_indonesian_title_is_marked_as_such_among_english_words(client_as: ClientAs) -> None:
    opportunity = a_published_opportunity(title_id="Air & <limbah>", title_en="")
    sent, accepted = an_interest(opportunity), an_interest(opportunity, "startup", status=S.ACCEPTED)
    listing = f"/dasbor/peluang/{opportunity.id}"
    pages = (
        ("investor", f"/dasbor/minat/{sent.id}"),
        ("new_partner", f"/peluang/{opportunity.slug}/minat"),
        ("pemda_owner", f"/dasbor/minat/{sent.id}/tanya"),
        ("pemda_owner", f"/dasbor/minat-masuk/{opportunity.id}/pilih"),
        ("pemda_owner", f"/dasbor/minat-masuk/{opportunity.id}"),
        ("pemda_owner", f"{listing}/calon-mitra"),
        ("pemda_owner", f"{listing}/calon-mitra/undangan"),
        ("moderator", f"/moderasi/penjodohan/{accepted.id}"),
    )
    for name, path in pages:
        text = client_as(name).get(f"/en{path}").text
        assert '<span lang="id">Air &amp; &lt;limbah&gt;</span>' in text, path
        assert "&lt;span" not in text, path
        assert "span" not in text.partition("<title>")[2].partition("</title>")[0], path
