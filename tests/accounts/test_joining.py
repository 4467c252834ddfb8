import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from marketplace.accounts.models import SignIn, User
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.rules import CONFIRM_WITHIN, RESET_WITHIN, TERMS_VERSION
from marketplace.core import clock
from marketplace.mail.sending import compose
from tests.personas import PASSWORD, PEOPLE

EMAIL = "baru.sekali@example.com"
NEW = "kuda besi naik bukit"
FORM = {"name": "Ni Luh Sari", "email": EMAIL, "password": NEW, "language": "id", "accepted": "y"}
KNOWN = PEOPLE["investor"].email


def register(client, path="/daftar", **changes):
    return client.submit(path, {**FORM, **changes})


def link(letters, email=EMAIL, start="/konfirmasi/"):
    return start + letters(email)[-1].params["token"]


def test_joining_ends_in_a_confirmed_account(client, session, letters):
    answer = register(client)
    assert (answer.status_code, answer.location) == (302, "/daftar/periksa-surel")
    user = find_by_email(EMAIL)
    assert (user.name, user.confirmed_at, user.terms_version) == ("Ni Luh Sari", None, TERMS_VERSION)
    assert client.submit(link(letters), {}).location == "/masuk"
    assert find_by_email(EMAIL).confirmed_at is not None
    assert client.submit("/masuk", {"email": EMAIL, "password": NEW}).status_code == 302


def test_opening_the_link_alone_confirms_nothing(client, letters):
    register(client)
    assert client.get(link(letters)).status_code == 200
    assert find_by_email(EMAIL).confirmed_at is None


def test_the_link_wants_the_buttons_token(client, letters):
    register(client)
    assert client.post(link(letters)).status_code == 400


def test_the_answer_never_tells_whether_an_address_is_known(client, letters):
    fresh, known = register(client), register(client, email=KNOWN.upper())
    assert (fresh.status_code, fresh.location) == (known.status_code, known.location)
    assert [letter.template for letter in letters(KNOWN)] == ["account_exists"]
    assert find_by_email(KNOWN).name == PEOPLE["investor"].name


def test_pressed_twice_makes_one_account(client, session):
    register(client)
    register(client)
    assert session.scalar(select(func.count()).where(User.email == EMAIL)) == 1


def test_letters_that_fold_otherwise_elsewhere_make_one_account(client, session):
    for _ in range(2):
        assert register(client, email="İpek@example.com").status_code == 302
    assert session.scalar(select(func.count()).where(User.email == "İpek@example.com")) == 1


def test_a_newer_registration_kills_the_older_link(client, letters):
    register(client, password="sandi orang lain yang panjang")
    older = link(letters)
    register(client)
    assert client.get(older).status_code == 410
    client.submit(link(letters), {})
    assert client.submit("/masuk", {"email": EMAIL, "password": NEW}).status_code == 302


def test_a_link_lapses_after_two_days(client, letters):
    register(client)
    clock.use(lambda: _later(hours=47))
    assert client.get(link(letters)).status_code == 200
    clock.use(lambda: _later(hours=49))
    assert client.get(link(letters)).status_code == 410


def _later(**more):
    return datetime.now(UTC) + timedelta(**more)


def test_unconfirmed_people_get_a_new_link_instead_of_a_sign_in(client, session, letters):
    register(client)
    answer = client.submit("/masuk", {"email": EMAIL, "password": NEW})
    assert answer.location == "/daftar/periksa-surel"
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert [letter.template for letter in letters(EMAIL)] == ["account_confirm", "account_confirm"]


def test_bad_input_keeps_what_was_typed(client):
    answer = register(client, password="pendek", name="Siti Ñusa")
    assert answer.status_code == 422
    assert "Tulis sedikitnya 12 huruf." in answer.text
    assert 'value="Siti Ñusa"' in answer.text
    assert "pendek" not in answer.text


def test_terms_must_be_accepted(client):
    answer = client.submit("/daftar", {key: value for key, value in FORM.items() if key != "accepted"})
    assert answer.status_code == 422
    assert "Setujui ketentuan dan kebijakan privasi untuk mendaftar." in answer.text
    assert find_by_email(EMAIL) is None


def test_broken_addresses_are_named_in_our_words(client):
    for email in ("bukan surel", "a@b", "", "x" * 300 + "@example.com"):
        answer = register(client, email=email)
        assert answer.status_code == 422
        assert "Invalid" not in answer.text
        assert "required" not in re.sub(r"<input[^>]*>", "", answer.text)


def test_english_pages_and_letters(client, app, session, letters):
    answer = register(client, path="/en/daftar", language="en")
    assert answer.location == "/en/daftar/periksa-surel"
    assert "Check your e-mail" in client.get(answer.location).text
    letter = letters(EMAIL)[-1]
    message = compose(letter, find_by_email(EMAIL))
    assert message["Subject"] == "Confirm your e-mail address at Titik Temu"
    assert (
        f"http://localhost/en/konfirmasi/{letter.params['token']}"
        in message.get_body(("plain",)).get_content()
    )


def test_the_way_back_survives_the_mail(client, app, letters):
    register(client, path="/daftar", next="/peluang/air-abc123/minat")
    letter = letters(EMAIL)[-1]
    text = compose(letter, find_by_email(EMAIL)).get_body(("plain",)).get_content()
    found = re.search(r"http://localhost(/konfirmasi/\S+)", text)
    assert client.submit(found[1], {}).location == "/masuk?next=/peluang/air-abc123/minat"


def test_letters_say_how_long_their_link_lives(client, letters):
    register(client)
    client.submit("/lupa-kata-sandi", {"email": KNOWN})
    confirmation, reset = (
        compose(letters(email)[-1], find_by_email(email)).get_body(("plain",)).get_content()
        for email in (EMAIL, KNOWN)
    )
    assert f"dalam {CONFIRM_WITHIN // timedelta(hours=1)} jam" in confirmation
    assert timedelta(hours=1) == RESET_WITHIN
    assert "dalam satu jam" in reset


def test_recovery_answers_the_same_for_all(client, letters):
    answers = {
        client.submit("/lupa-kata-sandi", {"email": email}).location for email in (KNOWN, "siapa@example.com")
    }
    assert answers == {"/lupa-kata-sandi/terkirim"}
    assert [letter.template for letter in letters(KNOWN)] == ["account_reset"]


def test_the_reset_link_works_once_and_ends_sign_ins(client, client_as, letters):
    elsewhere = client_as("investor")
    client.submit("/lupa-kata-sandi", {"email": KNOWN})
    path = link(letters, KNOWN, "/kata-sandi-baru/")
    assert client.submit(path, {"password": NEW}).location == "/masuk"
    assert elsewhere.get("/dasbor/akun").status_code == 302
    assert client.get(path).status_code == 410
    assert client.submit("/masuk", {"email": KNOWN, "password": PASSWORD}).status_code == 422
    assert client.submit("/masuk", {"email": KNOWN, "password": NEW}).status_code == 302


def test_a_reset_link_dies_after_an_hour_and_after_a_change(client, client_as, letters):
    client.submit("/lupa-kata-sandi", {"email": KNOWN})
    path = link(letters, KNOWN, "/kata-sandi-baru/")
    clock.use(lambda: _later(minutes=61))
    assert client.get(path).status_code == 410
    clock.use(None)
    assert client.get(path).status_code == 200
    browser = client_as("investor")
    changed = browser.submit("/dasbor/akun/kata-sandi", {"current": PASSWORD, "password": NEW})
    assert changed.location == "/dasbor/akun"
    assert client.get(path).status_code == 410


def test_a_weak_new_password_leaves_the_link_alive(client, letters):
    client.submit("/lupa-kata-sandi", {"email": KNOWN})
    path = link(letters, KNOWN, "/kata-sandi-baru/")
    assert client.submit(path, {"password": "password1234"}).status_code == 422
    assert client.submit(path, {"password": NEW}).status_code == 302


def test_made_up_links_are_dead(client):
    assert client.get("/konfirmasi/abc.def").status_code == 410
    assert client.get("/kata-sandi-baru/abc").status_code == 410


def test_five_letters_an_hour_to_one_mailbox(client, letters, limits_on):
    for _ in range(7):
        assert client.submit("/lupa-kata-sandi", {"email": KNOWN}).location == "/lupa-kata-sandi/terkirim"
    assert len(letters(KNOWN)) == 5
