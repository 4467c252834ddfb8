"""The page of one's own data: own values, true periods, one button each, as many statements with 30 rows as with 3."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace.accounts import consents
from marketplace.accounts.models import Consent, User
from marketplace.core import clock
from marketplace.files.actions import store_upload
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.privacy.rules import PERIODS, Keep
from tests import personas
from tests.architecture.access_world import PDF
from tests.personas import PASSWORD, PEOPLE

PAGE = "/dasbor/akun/data"
ERASE = f"{PAGE}/hapus"


@pytest.fixture
def me(session):
    return session.scalars(select(User).where(User.email == PEOPLE["investor"].email)).one()


def test_it_shows_the_persons_own_values_and_the_periods(client_as, app):
    page = client_as("investor").get(PAGE).text
    assert "Rani Wulandari" in page
    assert PEOPLE["investor"].email in page
    assert "PT Tirta Uji</b>, Pemilik" in page
    for keep in Keep:
        assert str(PERIODS[keep].days) in page
    assert f"paling lama {app.config['BACKUP_DAYS']} hari" in page


def test_the_public_page_says_the_same(client, app):
    page = client.get("/privasi").text
    for keep in (Keep.SIGN_IN, Keep.READ_NOTICE, Keep.SENT_LETTER, Keep.LONE_DRAFT, Keep.COPY):
        assert str(PERIODS[keep].days) in page
    assert f"paling lama {app.config['BACKUP_DAYS']} hari" in page
    assert "BACKUP" not in page


def test_in_english(client_as):
    browser = client_as("investor")
    assert "My data" in browser.get(f"/en{PAGE}").text
    assert "Erase my account" in browser.get(f"/en{ERASE}").text


def test_as_many_statements_with_thirty_rows_as_with_three(client_as, session, count_queries, me):
    browser, numbers = client_as("investor"), []
    for rows in (3, 27):
        for _row in range(rows):
            session.add(NoticeRow(user_id=me.id, kind="interest_sent", path="/", created_at=clock.now()))
            consents.take_back(me, now=clock.now())
            consents.agree(me, now=clock.now())
        browser.get(PAGE)
        with count_queries() as counted:
            assert browser.get(PAGE).status_code == 200
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 8, counted.statements


def test_registering_records_both_consents_and_agreeing_again_adds_nothing(client, session):
    form = {
        "name": "Ana",
        "email": "ana@example.com",
        "password": "rumah biru di bukit",
        "language": "id",
        "accepted": "y",
    }
    client.submit("/daftar", form)
    user = session.scalars(select(User).where(User.email == "ana@example.com")).one()
    rows = session.scalars(select(Consent).where(Consent.user_id == user.id)).all()
    assert {(row.kind, row.step, row.version) for row in rows} == {
        ("terms", "given", user.terms_version),
        ("privacy", "given", user.terms_version),
    }
    consents.agree(user, now=clock.now())
    assert len(session.scalars(select(Consent).where(Consent.user_id == user.id)).all()) == 2


def test_who_agreed_to_an_older_version_agrees_by_a_button(client_as, session, me):
    browser = client_as("investor")
    assert "Setujui versi" in browser.get(PAGE).text
    for _press in range(2):
        browser.submit(f"{PAGE}/persetujuan", on=PAGE)
    page = browser.get(PAGE).text
    assert "Setujui versi" not in page
    assert len(session.scalars(select(Consent).where(Consent.user_id == me.id)).all()) == 2
    kinds = text("SELECT count(*) FROM audit_events WHERE kind = 'account:terms_accepted'")
    assert session.scalar(kinds) == 1


@pytest.mark.parametrize(
    "change", ["UPDATE consents SET version = 'x'", "DELETE FROM consents", "TRUNCATE consents"]
)
def test_the_database_refuses_to_change_a_consent(session, me, change):
    consents.agree(me, now=clock.now())
    with pytest.raises(DBAPIError, match="append only"), session.begin_nested():
        session.execute(text(change))


def test_asking_and_cancelling_on_the_page(client_as, session, me):
    here, there = client_as("investor"), client_as("investor")
    wrong = here.submit(ERASE, {"password": "bukan ini sama sekali", "phones": "0812 7345 6890"})
    assert wrong.status_code == 422
    assert "tidak cocok" in wrong.text
    assert "0812 7345 6890" in wrong.text
    assert here.submit(ERASE, {"password": PASSWORD}).location == PAGE
    assert there.get(PAGE).status_code == 302
    page = here.get(PAGE).text
    assert "Akun Anda akan dihapus" in page
    assert "ditarik" in page
    assert session.scalars(select(Delivery.template).where(Delivery.user_id == me.id)).all() == [
        "erasure_asked"
    ]
    assert "Batalkan penghapusan" in here.get(ERASE).text
    assert here.submit(f"{ERASE}/batal", on=PAGE).location == PAGE
    assert "Akun Anda akan dihapus" not in here.get(PAGE).text
    again = here.submit(f"{ERASE}/batal", on=PAGE)
    assert again.status_code == 409


def test_a_phone_that_is_none_is_a_clear_sentence(client_as):
    refused = client_as("investor").submit(ERASE, {"password": PASSWORD, "phones": "telepon kantor"})
    assert refused.status_code == 422
    assert "Tulis nomor telepon saja" in refused.text


def test_guessing_the_password_there_is_slowed_down(client_as, limits_on):
    browser = client_as("alone")
    for _try in range(10):
        assert browser.submit(ERASE, {"password": "tebakan yang salah"}).status_code == 422
    slowed = browser.submit(ERASE, {"password": PASSWORD})
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_a_copy_pressed_twice_is_one(client_as, session):
    browser = client_as("investor")
    for _press in range(2):
        browser.submit(f"{PAGE}/salinan", on=PAGE)
    assert "Sedang disiapkan" in browser.get(PAGE).text
    assert session.scalar(text("SELECT count(*) FROM data_exports")) == 1
    later = clock.now() + timedelta(hours=2)
    clock.use(lambda: later)
    browser.submit(f"{PAGE}/salinan", on=PAGE)
    assert session.scalar(text("SELECT count(*) FROM data_exports")) == 1


def test_many_files_are_named_in_part(client_as, session, me):
    who = personas.actor(session.connection(), "investor")
    for number in range(12):
        store_upload(io.BytesIO(PDF), f"berkas-{number}.pdf", actor=who, now=clock.now())
    page = client_as("investor").get(PAGE).text
    assert page.count("berkas-") == 10
    assert "Semuanya ada di salinan data Anda." in page
