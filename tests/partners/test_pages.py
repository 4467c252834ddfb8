from datetime import UTC, datetime, timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.organisations.models import Organisation
from marketplace.partners.models import PartnerProfile
from tests.personas import actor

FORM = {
    "legal_name": "PT Surya Nusantara Uji",
    "partner_kind": "investor",
    "legal_form": "pt",
    "country": "ID",
    "nib": "1234567890123",
    "npwp": "01.234.567.8-901.000",
    "about_id": "Membiayai *penerangan jalan*.",
    "ticket_min": "50 miliar",
    "ticket_max": "Rp549,5 M",
    "sector_codes": ["water-supply"],
    "region_codes": ["71", "75"],
    "scheme_codes": ["kpbu"],
    "contact_unit": "Pengembangan usaha",
    "contact_email": "usaha@example.com",
    "statement": "Direktur.",
}
REGISTER = "/dasbor/organisasi/baru/mitra"


def find(session, name="PT Surya Nusantara Uji"):
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def test_a_partner_registers_with_its_profile(client_as, session):
    browser = client_as("alone")
    answer = browser.submit(REGISTER, FORM)
    made = find(session)
    assert answer.location == f"/dasbor/organisasi/{made.id}"
    profile = session.get(PartnerProfile, made.id)
    assert (profile.npwp, profile.ticket_min_idr, profile.ticket_max_idr) == (
        "0012345678901000",
        50_000_000_000,
        549_500_000_000,
    )
    assert profile.region_codes == ["71", "75"]
    page = browser.get(answer.location).text
    assert "1234567890123" in page
    browser.submit(REGISTER, FORM)
    assert session.scalar(select(func.count()).where(Organisation.name == FORM["legal_name"])) == 1


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"npwp": "123"}, "NPWP terdiri atas 16 angka"),
        ({"nib": "12"}, "NIB terdiri atas 13 angka"),
        ({"nib": "", "npwp": ""}, "Isi NIB atau NPWP."),
        ({"ticket_min": "dua ratus juta"}, "Tulis jumlahnya dengan angka"),
        ({"ticket_min": "600 miliar"}, "Jumlah terkecil lebih besar"),
        ({"ticket_min": "US$5 juta"}, "mata uang yang sama"),
        ({"ticket_min": "US$5 juta", "ticket_max": "US$20 juta"}, "Tulis kurs yang Anda pakai"),
        ({"usd_rate": "16250"}, "hanya dipakai bila nilainya dalam dolar"),
        ({"usd_rate": "banyak"}, "Tulis angka bulat."),
        ({"usd_rate": "0"}, "Tulis angka antara 1 dan 1000000."),
        ({"ticket_min": "5 juta yen"}, "rupiah atau dolar AS"),
        ({"ticket_min": "", "ticket_max": "US$99 triliun", "usd_rate": "1000000"}, "Menurut kurs Anda"),
        ({"capability_codes": ["sulap"]}, "Pilih dari daftar."),
        ({"readiness_from": "9"}, "Pilih salah satu dari daftar."),
        ({"country": "SG"}, "tidak sejalan"),
        ({"country": "XX"}, "Pilih salah satu dari daftar."),
        ({"sector_codes": ["buatan"]}, "Pilih dari daftar."),
        ({"website": "javascript:alert(1)"}, "Tulis alamat lengkap"),
        ({"legal_name": "\u200b\u200b\u200b"}, "Isian ini wajib."),
        ({"legal_name": "x" * 500}, "Tulis paling banyak 160 huruf."),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(client_as, session, changes, sentence):
    answer = client_as("alone").submit(REGISTER, {**FORM, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Membiayai *penerangan jalan*." in answer.text
    assert session.scalar(select(func.count()).where(Organisation.name == FORM["legal_name"])) == 0


def test_the_sum_is_echoed(client_as):
    answer = client_as("alone").submit(REGISTER, {**FORM, "nib": "1"})
    assert "Terbaca Rp549.500.000.000" in answer.text
    english = client_as("alone").submit(f"/en{REGISTER}", {**FORM, "ticket_max": "549 M"})
    assert english.status_code == 422
    assert "549 million" in english.text
    assert "549 billion" in english.text


def test_a_verified_partner_edits_its_wishes_but_not_its_identity(client_as, session, connection):
    number = actor(connection, "investor").main.organisation_id
    profile = session.get(PartnerProfile, number)
    profile.nib = FORM["nib"]
    browser = client_as("investor")
    path = f"/dasbor/organisasi/{number}/mitra"
    same = {**FORM, "legal_name": "PT Tirta Uji", "npwp": "", "revision": "1"}
    renamed = browser.submit(path, {**same, "legal_name": "PT Lain Uji"})
    assert renamed.status_code == 422
    assert "Nama resmi tidak dapat diubah" in renamed.text
    renumbered = browser.submit(path, {**same, "nib": "9999999999999"})
    assert renumbered.status_code == 422
    assert browser.submit(path, same).status_code == 302
    session.expire_all()
    assert session.get(PartnerProfile, number).region_codes == ["71", "75"]


def test_editing_shows_what_is_stored(client_as, connection):
    number = actor(connection, "investor").main.organisation_id
    page = client_as("investor").get(f"/dasbor/organisasi/{number}/mitra").text
    assert 'value="Rp50.000.000.000"' in page


def test_colleagues_without_the_right_and_strangers(client_as, client, connection):
    number = actor(connection, "investor").main.organisation_id
    path = f"/dasbor/organisasi/{number}/mitra"
    assert client_as("investor_editor").get(path).status_code == 403
    assert client_as("startup").get(path).status_code == 404
    assert client.get(path).status_code == 302
    bitung = actor(connection, "pemda_owner").main.organisation_id
    assert client_as("pemda_owner").get(f"/dasbor/organisasi/{bitung}/mitra").status_code == 404


def test_the_directory_shows_verified_ones_only(client):
    page = client.get("/mitra")
    assert "PT Tirta Uji" in page.text
    assert "PT Rintisan Uji" in page.text
    assert "PT Baru Uji" not in page.text
    assert "Set-Cookie" not in page.headers
    assert client.get("/mitra/pt-baru-uji").status_code == 404
    assert client.get("/mitra/pemerintah-kota-bitung").status_code == 404


@pytest.mark.parametrize(
    "query, found",
    [
        ("q=tirta", {"PT Tirta Uji"}),
        ("q=%25", set()),
        ("jenis=startup", {"PT Rintisan Uji"}),
        ("jenis=startup&jenis=investor", {"PT Rintisan Uji", "PT Tirta Uji"}),
        ("jenis=buatan&sektor=buatan&halaman=99", {"PT Rintisan Uji", "PT Tirta Uji"}),
        ("sektor=water-supply&daerah=71.72", {"PT Rintisan Uji", "PT Tirta Uji"}),
        ("daerah=11", set()),
    ],
)
def test_the_directory_narrows(client, query, found):
    page = client.get(f"/mitra?{query}").text
    assert {name for name in ("PT Tirta Uji", "PT Rintisan Uji") if name in page} == found


def test_who_names_no_province_works_everywhere(client, session, connection):
    session.get(PartnerProfile, actor(connection, "investor").main.organisation_id).region_codes = []
    assert "PT Tirta Uji" in client.get("/mitra?daerah=11").text


def test_the_profile_shows_no_number_and_no_contact(client, session, connection):
    number = actor(connection, "investor").main.organisation_id
    profile = session.get(PartnerProfile, number)
    profile.nib, profile.about_id, profile.website = (
        "1234567890123",
        "<b>Tebal</b> dan *miring*",
        "https://contoh.example",
    )
    page = client.get("/mitra/pt-tirta-uji").text
    assert "1234567890123" not in page
    assert "pt-tirta-uji@example.com" not in page
    assert "<b>Tebal</b>" not in page
    assert "<em>miring</em>" in page
    assert "Rp50 miliar – Rp500 miliar" in page
    english = client.get("/en/mitra/pt-tirta-uji").text
    assert 'lang="id"' in english
    assert "Official name" in english


def test_the_directory_asks_the_same_number_of_questions(client, session, count_queries):
    client.get("/mitra")
    with count_queries() as few:
        client.get("/mitra")
    for number in range(30):
        organisation = Organisation(
            kind="partner", status="verified", name=f"PT Banyak {number}", name_key=f"b{number}", slug=f"pt-banyak-{number}",
            created_at=func.now(), revision=1,
        )  # fmt: skip
        session.add(organisation)
        session.flush()
        session.add(
            PartnerProfile(
                organisation_id=organisation.id,
                partner_kind="startup",
                legal_name=organisation.name,
                legal_form="pt",
            )
        )
    session.commit()
    with count_queries() as many:
        page = client.get("/mitra").text
    assert few.number == many.number <= 3
    assert "?halaman=2" in page


DOLLARS = {
    "ticket_min": "US$5 juta", "ticket_max": "US$20 juta", "usd_rate": "16250", "readiness_from": "3",
    "capability_codes": ["fund", "operate"],
}  # fmt: skip


def test_a_ticket_in_dollars_keeps_its_rate_and_its_day(client_as, client, session):
    day = datetime(2026, 3, 2, 3, tzinfo=UTC)
    clock.use(lambda: day)
    owner = client_as("investor")
    profile = session.get(PartnerProfile, find(session, "PT Tirta Uji").id)
    path = f"/dasbor/organisasi/{profile.organisation_id}/mitra"

    def save(**changes):
        shown = html.fromstring(owner.get(path).text).xpath("//input[@name='revision']/@value")[0]
        kept = {"legal_name": "PT Tirta Uji", "nib": "", "npwp": "", "country": "ID", "revision": shown}
        return owner.submit(path, {**FORM, **kept, **DOLLARS, **changes})

    profile.nib = None
    assert save(nib="1234567890123").status_code == 422
    profile.nib = "1234567890123"
    assert save(nib="1234567890123").status_code == 302
    assert (profile.ticket_min_idr, profile.ticket_max_idr) == (81_250_000_000, 325_000_000_000)
    assert (profile.usd_rate, profile.usd_rate_on.isoformat()) == (16250, "2026-03-02")
    page = client.get("/mitra/pt-tirta-uji").text
    shown = (
        "USD 5 juta – USD 20 juta",
        "Rp81,25 miliar – Rp325 miliar",
        "Rp16.250",
        "2 Maret 2026",
        "Membiayai, Mengoperasikan",
        "mulai tingkat 3 dari 6",
    )
    for words in shown:
        assert words in page, words
    assert "USD 5,000,000" in owner.get(f"/en{path}").text
    clock.use(lambda: day + timedelta(days=3))
    assert save(nib="1234567890123", about_en="Water.").status_code == 302
    assert profile.usd_rate_on.isoformat() == "2026-03-02"
    assert save(nib="1234567890123", usd_rate="16300").status_code == 302
    assert profile.usd_rate_on.isoformat() == "2026-03-05"
    assert save(nib="1234567890123", ticket_min="", ticket_max="", usd_rate="").status_code == 302
    assert (profile.usd_rate, profile.usd_rate_on, profile.ticket_max_usd) == (None, None, None)


def test_the_meter_names_what_is_missing_and_leads_there(client_as, session):
    number = find(session, "PT Tirta Uji").id
    page = client_as("investor").get(f"/dasbor/organisasi/{number}").text
    assert "Kelengkapan profil" in page
    assert f"/dasbor/organisasi/{number}/mitra#capability_codes" in page
    assert f"/dasbor/organisasi/{number}/rekam-jejak" in page
    assert "Kelengkapan profil" not in client_as("investor_editor").get(f"/dasbor/organisasi/{number}").text


def test_a_registrant_is_told_of_a_verified_namesake_and_of_a_number_in_use(client_as, session):
    verified = session.get(PartnerProfile, find(session, "PT Tirta Uji").id)
    verified.nib = FORM["nib"]
    session.flush()
    browser = client_as("alone")
    page = browser.get(browser.submit(REGISTER, {**FORM, "legal_name": "Tirta  Uji, PT"}).location).text
    assert "Namanya mirip organisasi yang sudah terverifikasi" in page
    assert "PT Tirta Uji. Bila itu organisasi Anda" in page
    assert "sudah dipakai organisasi terverifikasi" in page
    find(session, "PT Tirta Uji").status = "suspended"
    session.flush()
    other = browser.get(browser.submit(REGISTER, {**FORM, "legal_name": "PT Tirta-Uji"}).location).text
    assert "Namanya mirip" not in other
