from sqlalchemy import select

from marketplace.accounts import actions
from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_email, list_moderator_ids
from marketplace.core import clock
from marketplace.core.actor import StaffRole
from tests.personas import PASSWORD, PEOPLE
from tests.support.clients import PageClient

NEW = "kuda besi naik bukit"


def test_visitors_are_sent_to_sign_in(client):
    for path in ("/dasbor/akun", "/dasbor/akun/kata-sandi"):
        assert client.get(path).location == f"/masuk?next={path}"


def test_a_person_chooses_name_and_language(client_as, session):
    browser = client_as("investor")
    browser.submit("/dasbor/akun", {"name": "Rani W.", "language": "en"})
    user = find_by_email(PEOPLE["investor"].email)
    assert (user.name, user.language) == ("Rani W.", "en")
    refused = browser.submit("/dasbor/akun", {"name": "www.jahat.example", "language": "id"})
    assert refused.status_code == 422
    assert browser.submit("/dasbor/akun", {"name": "Rani", "language": "fr"}).status_code == 422
    session.expire_all()
    assert find_by_email(PEOPLE["investor"].email).name == "Rani W."


def test_a_new_password_ends_the_other_browsers_only(client_as):
    here, there = client_as("investor"), client_as("investor")
    wrong = here.submit("/dasbor/akun/kata-sandi", {"current": "bukan ini sama sekali", "password": NEW})
    assert wrong.status_code == 422
    assert "Kata sandi sekarang tidak cocok." in wrong.text
    assert there.get("/dasbor/akun").status_code == 200
    here.submit("/dasbor/akun/kata-sandi", {"current": PASSWORD, "password": NEW})
    assert here.get("/dasbor/akun").status_code == 200
    assert there.get("/dasbor/akun").status_code == 302


def test_other_browsers_are_signed_out_by_a_button(client_as):
    here, there = client_as("investor"), client_as("investor")
    here.submit("/dasbor/akun/sesi", on="/dasbor/akun/keamanan")
    assert here.get("/dasbor/akun").status_code == 200
    assert there.get("/dasbor/akun").status_code == 302


def test_pages_in_english(client_as):
    browser = client_as("investor")
    assert "Browsers signed in" in browser.get("/en/dasbor/akun/keamanan").text
    assert "Current password" in browser.get("/en/dasbor/akun/kata-sandi").text


def test_create_staff_appoints_and_its_link_sets_the_password(app, client, session):
    token = actions.create_staff("laip@example.com", name="LAIP", role=StaffRole.MODERATOR, now=clock.now())
    user = session.scalars(select(User).where(User.email == "laip@example.com")).one()
    assert user.id in list_moderator_ids()
    assert client.submit("/masuk", {"email": "laip@example.com", "password": PASSWORD}).status_code == 422
    assert client.submit(f"/kata-sandi-baru/{token}", {"password": NEW}).status_code == 302
    assert client.submit("/masuk", {"email": "laip@example.com", "password": NEW}).status_code == 302
    actions.create_staff("laip@example.com", name="LAIP", role=StaffRole.MODERATOR, now=clock.now())
    assert list_moderator_ids().count(user.id) == 1


def test_what_a_stranger_registered_is_worth_nothing_once_the_address_is_staff(client, letters, session):
    form = {
        "name": "Orang Lain",
        "email": "laip@example.com",
        "password": NEW,
        "language": "id",
        "accepted": "y",
    }
    client.submit("/daftar", form)
    confirmation = f"/konfirmasi/{letters('laip@example.com')[-1].params['token']}"
    assert client.get(confirmation).status_code == 200
    token = actions.create_staff("laip@example.com", name="Maya", role=StaffRole.MODERATOR, now=clock.now())
    assert client.get(confirmation).status_code == 410
    assert client.submit("/masuk", {"email": "laip@example.com", "password": NEW}).status_code == 422
    client.submit(f"/kata-sandi-baru/{token}", {"password": f"{NEW} sekali"})
    user = find_by_email("laip@example.com")
    assert (user.name, user.confirmed_at is not None) == ("Maya", True)


def test_a_person_who_proved_the_address_keeps_the_password(client, session):
    investor = PEOPLE["investor"].email
    actions.create_staff(investor, name="Lain", role=StaffRole.PROGRAMME_OWNER, now=clock.now())
    assert find_by_email(investor).name == PEOPLE["investor"].name
    assert client.submit("/masuk", {"email": investor, "password": PASSWORD}).status_code == 302


def test_no_route_of_the_library_is_left(app):
    rules = {
        rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")
    }
    assert set(rules) == {
        "/masuk", "/keluar", "/daftar", "/daftar/periksa-surel", "/konfirmasi/<token>", "/lupa-kata-sandi",
        "/lupa-kata-sandi/terkirim", "/kata-sandi-baru/<token>", "/masuk/dua-langkah", "/masuk/kunci-sandi",
        "/ganti-surel/<token>",
    }  # fmt: skip
    assert not [
        name
        for name in app.view_functions
        if app.view_functions[name].__module__.startswith("flask_security")
    ]
    assert not [name for name in app.cli.commands if name in ("users", "roles")]


def test_sign_in_pages_are_never_stored_and_public_ones_set_no_cookie(client):
    assert client.get("/masuk").headers["Cache-Control"] == "private, no-store"
    for path in ("/daftar/periksa-surel", "/lupa-kata-sandi/terkirim"):
        assert "Set-Cookie" not in PageClient(client.app).get(path).headers


def test_moments_of_an_account_are_told_in_the_zone_where_its_person_works(client_as):
    assert " WITA" in client_as("pemda_editor").get("/dasbor/akun/keamanan").text
    assert " WIB" in client_as("investor").get("/dasbor/akun/keamanan").text
