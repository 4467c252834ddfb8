"""After the erasure no table, stored file or log line holds a name, address or phone; the trail keeps its numbers."""

import io
import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.rules import PasswordWrong
from marketplace.audit.models import AuditEvent
from marketplace.changes.models import Change
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.organisations.models import Member, Organisation
from marketplace.privacy import actions, rules
from marketplace.privacy.carrying_out import carry_out
from marketplace.privacy.erasing import erase, identify
from marketplace.privacy.models import Erasure
from tests import personas
from tests.architecture.access import ROUTES
from tests.architecture.access_world import build_world
from tests.factories.opportunities import a_published_opportunity
from tests.privacy.life import EMAIL, NAME, PASSWORD, TRACES, ask_and_wait, live
from tests.privacy.walk import cells
from tests.support.clients import PageClient
from tests.support.searching import index_everything


def traces():
    return [f"{table}.{column}: {value[:200]}" for table, column, value in cells() if TRACES.search(value)]


def stored_files():
    store = file_store()
    keys = [found["path"] for page in store._store.list() for found in page]
    return {key: b"".join(store.read(key)) for key in keys}


@pytest.fixture
def erased(life):
    assert carry_out(ask_and_wait(life), now=clock.now())
    db.session.commit()
    return life


def test_the_life_leaves_traces_in_every_table_that_can_hold_words(life):
    ask_and_wait(life)
    told = {trace.partition(":")[0] for trace in traces()}
    assert {
        "users.name", "users.email", "audit_words.actor_name", "audit_words.words", "organisations.statement",
        "organisations.contact_email", "organisations.contact_phone", "organisation_proofs.title",
        "partner_profiles.about_id", "track_records.title", "interests.offer", "interests.must_answers",
        "interests.asked", "interests.answer", "interests.decision_words", "collaborations.decision_words",
        "opportunities.slug", "version_marks.remark", "opportunity_versions.must_haves_id", "opportunity_documents.title",
        "blobs.original_name", "notices.params", "mail_deliveries.params", "erasures.phones", "successions.email",
        "successions.words",
    } <= told  # fmt: skip


def test_no_table_holds_a_name_an_address_or_a_phone(erased):
    assert traces() == []


def test_no_stored_file_holds_them_either(erased):
    held = {
        key: content for key, content in stored_files().items() if TRACES.search(content.decode("latin-1"))
    }
    assert not held
    assert not [key for key in stored_files() if TRACES.search(key)]


def test_no_line_of_the_log_holds_them(app, client, own_storage):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(app.logger.handlers[0].formatter)
    app.logger.addHandler(handler)
    try:
        life = live(client)
        client.submit("/dasbor/akun/data/hapus", {"password": PASSWORD, "phones": "0812 7345 6890"})
        assert carry_out(ask_and_wait(life), now=clock.now())
    finally:
        app.logger.removeHandler(handler)
    assert written.getvalue().count("answered") > 8
    assert not TRACES.search(written.getvalue())


def test_rows_and_the_numbers_of_the_trail_stay(life):
    before = set(db.session.scalars(select(AuditEvent.id).where(AuditEvent.actor_id == life.user_id)))
    assert carry_out(ask_and_wait(life), now=clock.now())
    after = set(db.session.scalars(select(AuditEvent.id).where(AuditEvent.actor_id == life.user_id)))
    assert before <= after
    user = db.session.get_one(User, life.user_id)
    assert (user.name, user.active, user.password) == ("", False, None)
    assert user.erased_at is not None
    assert db.session.scalar(text("SELECT created_by FROM interests WHERE id = :i"), {"i": life.interest_id})
    assert db.session.scalars(select(AuditEvent.kind).where(AuditEvent.object_kind == "erasure")).all() == [
        "account:erasure_asked",
        "account:erased",
    ]


def test_words_of_others_lose_the_name_and_nothing_else(erased):
    asked = db.session.scalar(text("SELECT asked FROM interests WHERE id = :i"), {"i": erased.interest_id})
    mark = rules.MARK
    assert asked == (
        f"penanda-asked: menurut {mark} ({mark}, {mark}, {mark}) dan {mark}, dahulu {mark},"
        " pekerjaan dimulai tahun depan dengan dana yang sudah tersedia."
    )
    others = db.session.scalars(select(User.name).where(User.erased_at.is_(None))).all()
    assert {person.name for person in personas.PEOPLE.values()} <= set(others)


def test_a_changed_listing_is_fed_to_the_index_anew(life):
    ask = ask_and_wait(life)
    newest = db.session.scalar(select(func.max(Change.id))) or 0
    assert carry_out(ask, now=clock.now())
    changed = select(Change.object_id).where(Change.id > newest, Change.kind == "opportunity")
    assert life.listing_id in set(db.session.scalars(changed))


def test_nobody_signs_in_any_more_and_the_address_is_free(erased, client):
    assert erased.browser.get("/dasbor").status_code == 302
    assert client.submit("/masuk", {"email": EMAIL, "password": PASSWORD}).status_code == 422
    assert find_by_email(EMAIL) is None
    form = {"name": "Orang Lain", "email": EMAIL, "password": PASSWORD, "language": "id", "accepted": "y"}
    assert client.submit("/daftar", form).status_code == 302
    assert find_by_email(EMAIL).id != erased.user_id


def test_a_second_run_does_nothing(erased):
    (number,) = db.session.scalars(select(Erasure.id)).all()
    before = sorted(cells())
    assert not carry_out(number, now=clock.now())
    erase(identify(erased.user_id, now=clock.now()))
    changing = {("users", "erased_at"), ("users", "fs_uniquifier")}
    after = sorted(cells())
    assert [c for c in after if c[:2] not in changing] == [c for c in before if c[:2] not in changing]


@pytest.mark.parametrize("persona", ["moderator", "pemda_editor", "investor"])
def test_every_page_still_renders(app, connection, erased, persona):
    world = build_world()
    index_everything(app, connection)
    db.session.execute(text("UPDATE opportunity_versions SET edited_by = :id"), {"id": erased.user_id})
    # Whether these pages are whole is proven for people who are there; here it is read what they say.
    browser = PageClient(app, checks=False).sign_in(persona)
    hers = [
        f"/moderasi/organisasi/{erased.partner_id}", f"/moderasi/penjodohan/{erased.interest_id}",
        f"/dasbor/minat/{erased.interest_id}", f"/dasbor/peluang/{erased.listing_id}",
        f"/dasbor/peluang/{erased.listing_id}/sunting", f"/dasbor/kerja-sama/{erased.collaboration_id}",
        "/moderasi/jejak?halaman=2", "/mitra/pt-gerai-uji-bersama",
    ]  # fmt: skip
    paths = [route.path.format(**world) for route in ROUTES if route.method == "GET"]
    for path in [*paths, *hers]:
        page = browser.get(path)
        assert page.status_code < 500, path
        assert not TRACES.search(page.text if page.mimetype == "text/html" else ""), path


def test_others_read_that_the_account_was_erased(erased, client_as):
    moderator, colleague = client_as("moderator"), client_as("pemda_editor")
    for path in (f"/moderasi/organisasi/{erased.partner_id}", f"/moderasi/penjodohan/{erased.interest_id}"):
        assert "akun dihapus" in moderator.get(path).text, path
    assert (
        "akun dihapus" in moderator.get(f"/moderasi/jejak?tentang=interest&nomor={erased.interest_id}").text
    )
    assert (
        "account erased"
        in moderator.get(f"/en/moderasi/jejak?tentang=interest&nomor={erased.interest_id}").text
    )
    assert "akun dihapus" in colleague.get(f"/dasbor/peluang/{erased.listing_id}").text


def test_colleagues_and_the_office_of_others_stay(erased):
    bitung = db.session.scalars(
        select(Organisation).where(Organisation.name == "Pemerintah Kota Bitung")
    ).one()
    assert bitung.contact_email == "pemerintah-kota-bitung@example.com"
    assert bitung.contact_phone == "+62 21 555 0100"
    assert not db.session.scalar(select(func.count()).where(Member.user_id == erased.user_id))


def test_an_office_that_was_one_person_is_empty(erased):
    office = db.session.get_one(Organisation, erased.partner_id)
    assert (office.contact_unit, office.contact_email, office.contact_phone, office.statement) == (
        "",
        "",
        "",
        "",
    )


def title_of(listing):
    titles = text("SELECT title_id FROM opportunity_versions WHERE opportunity_id = :id")
    return db.session.scalar(titles, {"id": listing.id})


def test_an_address_is_struck_out_of_strangers_texts_too(session):
    who = personas.actor(session.connection(), "pemda_editor")
    stranger = a_published_opportunity("madiun", title_id="Tanya ke Bitung.Editor@example.com")
    erase(identify(who.user_id, now=clock.now()))
    assert title_of(stranger) == f"Tanya ke {rules.MARK}"


def test_a_phone_that_only_the_person_knows_of_is_found(session):
    listing = a_published_opportunity(title_id="Hubungi 0857-1111-2222")
    who = personas.actor(session.connection(), "pemda_editor")
    given = {"password": personas.PASSWORD, "now": clock.now(), "but_sid_hash": None}
    actions.ask_for_erasure(actor=who, phones="+62 857 1111 2222", **given)
    (number,) = session.scalars(select(Erasure.id))
    assert carry_out(number, now=clock.now() + rules.COOLING_OFF)
    assert title_of(listing) == f"Hubungi {rules.MARK}"
    assert session.scalar(select(Erasure.phones)) == ""


def test_a_vandals_name_reaches_no_text_of_strangers(session):
    stranger = a_published_opportunity("madiun", title_id="Air Minum Kabupaten Madiun")
    vandal = personas.actor(session.connection(), "pemda_editor")
    session.get_one(User, vandal.user_id).name = "Air Minum"
    session.flush()
    erase(identify(vandal.user_id, now=clock.now()))
    assert title_of(stranger) == "Air Minum Kabupaten Madiun"


def test_the_name_used_is_the_full_one(session):
    """A part of the name, or a longer word around it, is somebody else's."""
    who = personas.actor(session.connection(), "pemda_editor")
    listing = a_published_opportunity(
        title_id="Joko dan Rumondorang, JOKO_RUMONDOR, joko.rumondor@example.com"
    )
    erase(identify(who.user_id, now=clock.now()))
    assert title_of(listing) == f"Joko dan Rumondorang, {rules.MARK}, {rules.MARK}@example.com"


# ------------------------------------------------------------ asking and taking back


def ask(life, **changes):
    given = {
        "password": PASSWORD,
        "phones": "",
        "actor": life.actor,
        "now": clock.now(),
        "but_sid_hash": None,
    }
    actions.ask_for_erasure(**{**given, **changes})


def asked(life):
    return db.session.scalars(select(Erasure).where(Erasure.user_id == life.user_id)).all()


def test_a_wrong_password_asks_for_nothing(life):
    with pytest.raises(PasswordWrong):
        ask(life, password="bukan yang ini")
    assert not asked(life)


def test_it_is_not_done_before_its_day_nor_after_taking_it_back(life):
    ask(life)
    (row,) = asked(life)
    assert not carry_out(row.id, now=clock.now() + rules.COOLING_OFF - timedelta(minutes=1))
    actions.cancel_erasure(actor=life.actor, now=clock.now())
    assert not carry_out(row.id, now=clock.now() + rules.COOLING_OFF)
    assert db.session.get_one(User, life.user_id).name == NAME
    with pytest.raises(rules.NothingAsked):
        actions.cancel_erasure(actor=life.actor, now=clock.now())
    ask(life)
    assert [row.status for row in asked(life)] == ["cancelled", "asked"]


def test_twice_is_once(life):
    ask(life)
    ask(life)
    assert len(asked(life)) == 1


@pytest.mark.parametrize("phones", ["telepon saya", "123", "\n".join(["0812 7345 6890"] * 6)])
def test_a_phone_is_a_phone(life, phones):
    with pytest.raises(rules.PhoneUnfit):
        ask(life, phones=phones)


def test_the_last_owner_of_open_things_is_told_what_is_open(life, client_as):
    other_owner = client_as("other_approver")
    page = other_owner.get("/dasbor/akun/data/hapus")
    assert "peluang terbit" in page.text
    refused = other_owner.submit(
        "/dasbor/akun/data/hapus", {"password": personas.PASSWORD, "phones": "0812 7345 6890"}
    )
    assert refused.status_code == 422
    assert "Selesaikan yang disebut di bawah" in refused.text
    assert "0812 7345 6890" in refused.text


def test_what_opens_within_the_days_of_thought_holds_it_up_and_is_told_once(life):
    number = ask_and_wait(life)
    db.session.execute(
        text("UPDATE interests SET status = 'sent' WHERE organisation_id = :id"), {"id": life.partner_id}
    )
    for _night in range(3):
        assert not carry_out(number, now=clock.now())
    told = text("SELECT count(*) FROM notices WHERE user_id = :id AND kind = 'erasure_blocked'")
    assert db.session.scalar(told, {"id": life.user_id}) == 1
    db.session.execute(
        text("UPDATE interests SET status = 'withdrawn' WHERE organisation_id = :id"), {"id": life.partner_id}
    )
    assert carry_out(number, now=clock.now())


def test_the_last_moderator_stays(session):
    moderator = personas.actor(session.connection(), "moderator")
    given = {"password": personas.PASSWORD, "phones": "", "now": clock.now(), "but_sid_hash": None}
    session.execute(text("UPDATE users SET active = false WHERE email = 'moderator.b@example.com'"))
    with pytest.raises(rules.LastModerator):
        actions.ask_for_erasure(actor=moderator, **given)
