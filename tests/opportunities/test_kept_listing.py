"""The kept page of a listing is the page that would be drawn now, whatever was changed since."""

import io
from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.files.actions import store_upload
from marketplace.files.models import Blob
from marketplace.opportunities.models import Addendum, OpportunityDocument
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.rules import QuestionStatus
from marketplace.opportunities.rules import DocumentAccess, LifeStatus
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.models import Recommendation
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.web.fragments import Fragments
from tests.factories.opportunities import a_published_opportunity, an_organisation_id, the_version
from tests.factories.questions import a_question, a_wording
from tests.factories.supporting import a_recommendation
from tests.files.samples import PDF
from tests.personas import actor


@pytest.fixture
def listing(app, session):
    """With one of each thing that its page shows."""
    made = a_published_opportunity()
    version, now = the_version(made), clock.now()
    editor = actor(db.session.connection(), "pemda_editor")
    blob = store_upload(io.BytesIO(PDF), "studi.pdf", actor=editor, now=now)
    document = OpportunityDocument(
        version_id=version.id, blob_id=blob.id, title="Studi", access=DocumentAccess.PUBLIC, created_at=now
    )
    addendum = Addendum(opportunity_id=made.id, words_id="Rapat Senin.", published_at=now)
    assistance = Assistance(id=made.id, begun_at=now)
    session.add_all((document, addendum, assistance))
    a_recommendation(made, "ministry")
    a_question(made, status=QuestionStatus.ANSWERED)
    session.flush()
    session.expire_all()
    return made


def owner(listing):
    return db.session.get(Organisation, listing.organisation_id)


def rename(listing):
    owner(listing).name = "Pemerintah Kota Bitung yang Baru"


def suspend(listing):
    owner(listing).status, owner(listing).suspended_at = OrganisationStatus.SUSPENDED, clock.now()


def rewrite(listing):
    the_version(listing).problem_id = "Masalah yang ditulis lagi dan cukup panjang. " * 4


def add(listing):
    db.session.add(Addendum(opportunity_id=listing.id, words_id="Rapat Rabu.", published_at=clock.now()))


def reword_addendum(listing):
    db.session.query(Addendum).filter_by(opportunity_id=listing.id).one().words_id = "Rapat Selasa."


def recommend(listing):
    a_recommendation(listing, "tutor", words_id="Kami sudah melihat gedungnya.")


def reword_recommendation(listing):
    db.session.query(Recommendation).filter_by(
        opportunity_id=listing.id
    ).one().words_id = "Kami mendukungnya lagi."


def rename_recommender(listing):
    db.session.get(Organisation, an_organisation_id("ministry")).name = "Kementerian yang Baru"


def retitle_document(listing):
    db.session.query(OpportunityDocument).filter_by(
        version_id=listing.published_version_id
    ).one().title = "Kajian"


def resize_file(listing):
    document = db.session.query(OpportunityDocument).filter_by(version_id=listing.published_version_id).one()
    db.session.get(Blob, document.blob_id).size = 7_000_000


def end_help(listing):
    db.session.get(Assistance, listing.id).organisation_id = an_organisation_id("bitung")


def state_outcome(listing):
    listing.status, listing.end_reason = LifeStatus.NO_PARTNER, "no_interest"


def asked(listing):
    return db.session.query(Question).filter_by(opportunity_id=listing.id).one()


def answer_another(listing):
    a_question(listing, status=QuestionStatus.ANSWERED, words="Kapan rapat penjelasannya?")


def strike_an_answer(listing):
    """As the erasure of a person does, without a new wording."""
    db.session.get(QuestionWording, (asked(listing).id, 1)).answer_id = "Menurut [nama dihapus], 300 liter."


def reword_an_answer(listing):
    a_wording(asked(listing), 2, answer_id="Sekitar 250 liter per detik.")
    asked(listing).wording = 2


def hide_an_answer(listing):
    asked(listing).status = QuestionStatus.HIDDEN


def cut_questions_off(listing):
    the_version(listing).question_deadline = clock.now().date() - timedelta(days=2)


def let_days_pass(listing):
    later = clock.now() + timedelta(days=81)
    clock.use(lambda: later)


CHANGES = [
    rename, suspend, rewrite, add, reword_addendum, recommend, reword_recommendation, rename_recommender, retitle_document,
    resize_file, end_help, state_outcome, let_days_pass, answer_another, strike_an_answer, reword_an_answer, hide_an_answer,
    cut_questions_off,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_would_be_drawn(app, client, session, listing, change, monkeypatch):
    address = f"/peluang/{listing.slug}"
    before = client.get(address)
    assert client.get(address).text == before.text
    change(listing)
    session.flush()
    after = client.get(address)
    monkeypatch.setitem(app.extensions["fragments"], "pages", Fragments(0))
    assert after.text == client.get(address).text
    assert after.text != before.text
    assert after.headers["ETag"] != before.headers["ETag"]


def test_the_second_reader_costs_one_statement_and_the_third_nothing_new(client, listing, count_queries):
    address = f"/peluang/{listing.slug}"
    tag = client.get(address).headers["ETag"]
    with count_queries() as counted:
        again = client.get(address)
    assert (again.status_code, counted.number) == (200, 1)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("life", [LifeStatus.WITHDRAWN, LifeStatus.UNPUBLISHED])
def test_what_is_no_longer_public_is_gone_at_once(client, session, listing, life):
    address = f"/peluang/{listing.slug}"
    assert client.get(address).status_code == 200
    listing.status = life
    session.flush()
    assert client.get(address).status_code in (404, 410)


def test_who_has_signed_in_is_never_given_the_page_of_strangers(client, client_as, listing):
    address = f"/peluang/{listing.slug}"
    assert "Nyatakan minat" in client.get(address).text
    assert "Buka ruang kerja" in client_as("pemda_editor").get(address).text
    assert "Nyatakan minat" in client.get(address).text
