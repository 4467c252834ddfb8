import pytest

from marketplace.accounts.queries import find_by_email
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.organisations import actions
from tests.factories.organisations import NOW, submitted_pemda
from tests.personas import PEOPLE, actor


@pytest.fixture
def claim(session, connection):
    """A submitted claim of Kabupaten Bolaang Mongondow by the persona "alone"."""
    organisation, _owner = submitted_pemda(actor(connection, "alone"))
    return organisation


def decide(browser, organisation, step, prefix="", seen=None, **more):
    path = f"{prefix}/moderasi/organisasi/{organisation.id}"
    return browser.submit(path, {"seen": seen or organisation.revision, "langkah": step, **more})


def test_a_moderator_verifies(client_as, claim, session):
    browser = client_as("moderator")
    page = browser.get(f"/moderasi/organisasi/{claim.id}")
    assert "Surat tugas" in page.text
    assert "Kepala bagian." in page.text
    assert decide(browser, claim, "verifikasi").status_code == 302
    session.refresh(claim)
    assert claim.status == "verified"


def test_the_second_one_gets_a_conflict_that_names_the_first(client_as, claim):
    seen = claim.revision
    decide(client_as("moderator"), claim, "verifikasi", seen=seen)
    answer = decide(client_as("moderator_b"), claim, "tolak", seen=seen, reason="rejected.duplicate")
    assert answer.status_code == 409
    assert "Maya Lestari" in answer.text


@pytest.mark.parametrize(
    "reason", ["", "needs_info.proof_missing", "rejected.", "rejected.nothing", "proof_false"]
)
def test_a_no_wants_its_own_reason(client_as, claim, session, reason):
    answer = decide(client_as("moderator"), claim, "tolak", reason=reason, words="Kata-kata saya.")
    assert answer.status_code == 422
    assert "Kata-kata saya." in answer.text
    session.refresh(claim)
    assert claim.status == "submitted"


def test_the_applicant_reads_reason_and_words(client_as, claim, session):
    decide(
        client_as("moderator"),
        claim,
        "minta",
        reason="needs_info.proof_unreadable",
        words="Halaman dua kabur.",
    )
    page = client_as("alone").get(f"/dasbor/organisasi/{claim.id}").text
    assert "Bukti tidak terbaca" in page
    assert "Halaman dua kabur." in page
    assert "Perlu keterangan" in page


def test_letters_are_in_the_readers_language(client_as, claim, session):
    reader = find_by_email(PEOPLE["alone"].email)
    reader.language = "en"
    decide(
        client_as("moderator"), claim, "tolak", reason="rejected.proof_false", words="Nomor surat tidak ada."
    )
    letter = session.query(Delivery).filter_by(template="organisation_rejected").one()
    message = compose(letter, reader)
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Pemerintah Kabupaten Bolaang Mongondow was not verified"
    assert "Reason: The proof is not true" in text
    assert "Nomor surat tidak ada." in text
    assert f"http://localhost/en/dasbor/organisasi/{claim.id}" in text


def test_suspend_and_reinstate(client_as, claim, session):
    browser = client_as("moderator")
    decide(browser, claim, "verifikasi")
    session.refresh(claim)
    assert decide(browser, claim, "tangguhkan").status_code == 422
    assert decide(browser, claim, "tangguhkan", reason="suspended.complaint").status_code == 302
    session.refresh(claim)
    assert decide(browser, claim, "pulihkan").status_code == 302
    session.refresh(claim)
    assert claim.status == "verified"


def test_rivals_are_shown_together(client_as, claim, connection):
    other, _owner = submitted_pemda(actor(connection, "startup"))
    page = client_as("moderator").get(f"/moderasi/organisasi/{claim.id}").text
    assert "Pengajuan lain untuk daerah ini" in page
    assert f"/moderasi/organisasi/{other.id}" in page
    assert "Ada pengajuan lain untuk daerah yang sama" in page
    actions.verify(other.id, actor=actor(connection, "moderator"), now=NOW, seen=other.revision)
    refused = decide(client_as("moderator"), claim, "verifikasi")
    assert refused.status_code == 422
    assert "sudah mempunyai organisasi terverifikasi" in refused.text


def test_the_register_lists_by_status(client_as, claim):
    browser = client_as("moderator")
    assert claim.name in browser.get("/moderasi/organisasi").text
    assert "Pemerintah Kota Bitung" in browser.get("/moderasi/organisasi?status=verified").text
    assert browser.get("/en/moderasi/organisasi?status=nonsense&halaman=-3").status_code == 200


def test_the_back_office_is_closed(client_as, client, claim):
    path = f"/moderasi/organisasi/{claim.id}"
    assert client.get(path).status_code == 302
    for persona, answer in (
        ("alone", 404),
        ("pemda_owner", 404),
        ("programme_owner", 403),
        ("moderator", 200),
    ):
        assert client_as(persona).get(path).status_code == answer
        assert client_as(persona).get("/moderasi/organisasi").status_code == answer
