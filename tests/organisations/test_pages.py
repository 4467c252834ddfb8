from io import BytesIO

import pytest
from sqlalchemy import select

from marketplace.organisations import actions, registering_queries
from marketplace.organisations.models import Organisation
from tests.factories.organisations import NOW, PDF, add_proof, joined, submitted_pemda
from tests.personas import actor

OFFICE = {
    "contact_unit": "Bagian Kerja Sama",
    "contact_email": "kerjasama@example.com",
    "contact_phone": "(0431) 21001",
    "statement": "Kepala Bagian Kerja Sama.",
}


@pytest.fixture
def claim(session, connection):
    """A submitted claim of Kabupaten Bolaang Mongondow by the persona "alone"."""
    organisation, _owner = submitted_pemda(actor(connection, "alone"))
    return organisation


def file_of(content=PDF, name="surat.pdf"):
    return {"title": "Surat tugas", "proof": (BytesIO(content), name)}


def test_a_pemda_registers_uploads_and_submits(client_as, session):
    browser = client_as("alone")
    assert browser.get("/dasbor/organisasi").status_code == 200
    assert browser.get("/dasbor/organisasi/baru").status_code == 200
    answer = browser.submit(
        "/dasbor/organisasi/baru/pemda", {"region": "Kabupaten Minahasa, Sulawesi Utara", **OFFICE}
    )
    assert answer.status_code == 302
    page = answer.location
    made = session.scalars(select(Organisation).where(Organisation.region_code == "71.02")).one()
    assert page == f"/dasbor/organisasi/{made.id}"
    early = browser.submit(f"{page}/ajukan", on=page)
    assert early.status_code == 422
    assert "Unggah bukti dahulu" in early.text
    assert browser.submit(f"{page}/bukti", file_of(), on=page).status_code == 302
    assert browser.submit(f"{page}/ajukan", on=page).status_code == 302
    assert "Moderator memeriksa dalam 5 hari kerja" in browser.get(page).text
    session.expire_all()
    assert made.status == "submitted"


def test_the_region_is_chosen_from_the_governments(client_as):
    page = client_as("alone").get("/dasbor/organisasi/baru/pemda?daerah=71.02").text
    assert page.count("<option value=") == 546
    assert 'value="Kabupaten Minahasa, Sulawesi Utara"' in page


@pytest.mark.parametrize(
    "region, sentence",
    [
        ("Kota Jakarta Selatan", "diwakili Provinsi DKI Jakarta"),
        ("Kota Bitung, Sulawesi Utara", "sudah mempunyai organisasi terverifikasi"),
        ("Negeri Dongeng", "tidak ada di daftar 546 pemerintah daerah"),
        ("\u200b\u202e", "Isian ini wajib."),
    ],
)
def test_wrong_regions_are_refused_kindly_and_nothing_is_lost(client_as, region, sentence):
    answer = client_as("alone").submit("/dasbor/organisasi/baru/pemda", {"region": region, **OFFICE})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kepala Bagian Kerja Sama." in answer.text


def test_bad_text_is_refused_at_its_field(client_as):
    browser = client_as("alone")
    answer = browser.submit(
        "/en/dasbor/organisasi/baru/pendamping",
        {"name": "x" * 500, **OFFICE, "contact_email": "bukan", "contact_phone": "telepon saya"},
    )
    assert answer.status_code == 422
    assert "Write at most 160" in answer.text
    assert "Write the telephone number in digits" in answer.text
    hostile = browser.submit(
        "/dasbor/organisasi/baru/pendamping", {"name": "<script>alert(1)</script> Uji", **OFFICE}
    )
    page = browser.get(hostile.location)
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize(
    "content, name, sentence",
    [
        (b"", "kosong.pdf", "kosong"),
        (b"MZ\x90" + b"\0" * 300, "surat.pdf", "bukan jenis yang diterima"),
        (PDF, "surat.png", "Samakan akhirannya"),
        (PDF + b"\0" * (11 * 1024 * 1024), "besar.pdf", "batasnya 10 MB"),
    ],
)
def test_wrong_files_are_refused_at_the_field(client_as, session, connection, content, name, sentence):
    made = actions.register_pemda(
        "71.02",
        office=actions.Office("U", "u@example.com", "", "s"),
        actor=actor(connection, "alone"),
        now=NOW,
    )
    page = f"/dasbor/organisasi/{made.id}"
    answer = client_as("alone").submit(f"{page}/bukti", file_of(content, name), on=page)
    # The test client spools a large body to a file that nobody else closes.
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Surat tugas"' in answer.text
    assert registering_queries.count_proofs(made.id) == 0


def test_proof_is_read_by_members_and_moderators_only(client_as, client, claim):
    path = f"/dasbor/organisasi/{claim.id}/bukti/{registering_queries.list_proofs(claim.id)[0].id}"
    for persona in ("alone", "moderator"):
        answer = client_as(persona).get(path)
        assert answer.status_code == 200
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
    for persona in ("pemda_owner", "investor", "programme_owner"):
        assert client_as(persona).get(path).status_code == 404
    assert client.get(path).status_code == 302


def test_strangers_do_not_know_of_it(client_as, client, claim):
    page = f"/dasbor/organisasi/{claim.id}"
    stranger = client_as("startup")
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}/ubah").status_code == 404
    for path in ("ajukan", "bukti"):
        assert stranger.submit(f"{page}/{path}", on="/dasbor/organisasi/baru/pendamping").status_code == 404
    assert client.get(page).location == f"/masuk?next={page}"
    assert stranger.get("/dasbor/organisasi/99999999999999999999").status_code == 404


def test_editors_see_but_may_not_change(client_as, connection, session):
    bitung = actor(connection, "pemda_editor").main.organisation_id
    editor = client_as("pemda_editor")
    assert editor.get(f"/dasbor/organisasi/{bitung}").status_code == 200
    assert editor.get(f"/dasbor/organisasi/{bitung}/ubah").status_code == 403


def test_a_second_tab_loses_nothing(client_as, claim, session):
    page = f"/dasbor/organisasi/{claim.id}"
    browser = client_as("alone")
    old = claim.revision
    assert (
        browser.submit(f"{page}/ubah", {**OFFICE, "contact_unit": "Setda", "revision": old}).status_code
        == 302
    )
    stale = browser.submit(f"{page}/ubah", {**OFFICE, "contact_unit": "Bappeda", "revision": old})
    assert stale.status_code == 422
    assert "Isinya berubah sejak Anda membukanya" in stale.text
    assert 'value="Bappeda"' in stale.text
    session.expire_all()
    assert f'name="revision" type="hidden" value="{claim.revision}"' in stale.text


def test_the_page_asks_the_same_number_of_questions(client_as, claim, connection, session, count_queries):
    browser = client_as("alone")
    page = f"/dasbor/organisasi/{claim.id}"
    with count_queries() as few:
        browser.get(page)
    owner = actor(connection, "alone")
    for number in range(5):
        add_proof(claim, _member(owner, claim), content=PDF + b"%" * (number + 1))
    session.commit()
    with count_queries() as many:
        browser.get(page)
    assert few.number == many.number


def _member(owner, organisation):
    return joined(owner, organisation)


def test_pages_in_english(client_as, claim):
    browser = client_as("alone")
    for path in (
        "",
        "/baru",
        "/baru/pemda",
        "/baru/kementerian",
        f"/{claim.id}",
        f"/{claim.id}/ubah",
        "/baru/mitra",
    ):
        assert browser.get(f"/en/dasbor/organisasi{path}").status_code == 200
    assert (
        "A moderator checks within 5 working days." in browser.get(f"/en/dasbor/organisasi/{claim.id}").text
    )
