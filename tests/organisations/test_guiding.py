"""A guidance from the asking to its end, on the database: once, told, and by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided, MoveImpossible, ReasonNeeded
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import guidance_rules, guiding
from marketplace.organisations.guidance_queries import find_guidance, find_open
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.models import Guidance, Organisation
from marketplace.organisations.rules import OrganisationStatus, WordsNeeded
from marketplace.regions.queries import gazetteer
from tests.factories.opportunities import an_organisation_id
from tests.factories.supporting import a_guidance
from tests.organisations.test_races import at_once
from tests.personas import actor

S = GuidanceStatus
PAGE = "/dasbor/organisasi/{}/pendampingan"


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


def ask(who, ours="tutor", theirs="bitung"):
    guiding.ask(
        an_organisation_id(ours), an_organisation_id(theirs), message="Mari.", actor=who, now=clock.now()
    )


def the_open_one():
    return find_open(an_organisation_id("bitung"), an_organisation_id("tutor"))


def told(kind):
    rows = select(NoticeRow.user_id, NoticeRow.path).where(NoticeRow.kind == kind)
    return [tuple(row) for row in db.session.execute(rows)]


@pytest.mark.parametrize(
    "asker, side, answerer, status",
    [
        ("tutor", ("tutor", "bitung"), "pemda_owner", S.REQUESTED),
        ("pemda_owner", ("bitung", "tutor"), "tutor", S.INVITED),
    ],
)
def test_asked_by_one_and_agreed_to_by_the_other(people, asker, side, answerer, status):
    ask(people(asker), *side)
    ask(people(asker), *side)
    row = the_open_one()
    assert (row.status, row.message) == (status, "Mari.")
    assert db.session.scalar(select(func.count(Guidance.id))) == 1
    there = PAGE.format(an_organisation_id(side[1]))
    assert told("guidance_asked") == [(people(answerer).user_id, f"{there}/{row.id}")]
    with pytest.raises(guidance_rules.AlreadyTogether):
        ask(people(answerer), *reversed(side))
    with pytest.raises(Forbidden):
        guiding.agree(row.id, seen=row.revision, actor=people(asker), now=clock.now())
    guiding.agree(row.id, seen=row.revision, actor=people(answerer), now=clock.now())
    assert (row.status, len(told("guidance_agreed"))) == (S.ACTIVE, 1)
    with pytest.raises(MoveImpossible):
        guiding.agree(row.id, seen=row.revision, actor=people(answerer), now=clock.now())


@pytest.mark.parametrize("stranger", ["investor", "other_approver", "alone", "moderator"])
def test_strangers_have_no_such_thing(people, stranger):
    row = a_guidance()
    with pytest.raises(NotFound):
        guiding.end(row.id, reason="finished", words="", seen=1, actor=people(stranger), now=clock.now())
    with pytest.raises(NotFound):
        ask(people(stranger))


def test_a_colleague_without_the_right_may_not(people):
    row = a_guidance()
    with pytest.raises(Forbidden):
        guiding.end(
            row.id, reason="finished", words="", seen=1, actor=people("pemda_editor"), now=clock.now()
        )
    with pytest.raises(Forbidden):
        ask(people("pemda_approver"), "bitung", "tutor")


def test_only_tutors_and_pemda_have_it(people):
    for ours, theirs in (("bitung", "madiun"), ("tutor", "investor"), ("bitung", "ministry")):
        with pytest.raises(NotFound):
            ask(people("pemda_owner" if ours == "bitung" else "tutor"), ours, theirs)


def test_both_must_be_verified(people):
    with pytest.raises(guidance_rules.GuideNotVerified):
        ask(people("tutor"), "tutor", "new_pemda")
    row = a_guidance(status=S.REQUESTED)
    db.session.execute(
        update(Organisation)
        .where(Organisation.id == row.tutor_id)
        .values(status=OrganisationStatus.SUSPENDED)
    )
    with pytest.raises(guidance_rules.GuideNotVerified):
        guiding.agree(row.id, seen=1, actor=people("pemda_owner"), now=clock.now())


def test_a_no_needs_its_reason_and_holds_for_a_month(people):
    row, owner = a_guidance(status=S.REQUESTED), people("pemda_owner")
    with pytest.raises(WordsNeeded):
        guiding.decline(row.id, reason="other", words="", seen=1, actor=owner, now=clock.now())
    with pytest.raises(ReasonNeeded):
        guiding.decline(row.id, reason=None, words="", seen=1, actor=owner, now=clock.now())
    guiding.decline(row.id, reason="not_known", words="", seen=1, actor=owner, now=clock.now())
    assert (find_guidance(row.id).decision_reason, len(told("guidance_declined"))) == ("not_known", 1)
    with pytest.raises(guidance_rules.AskedTooSoon):
        ask(people("tutor"))
    later = clock.now() + timedelta(days=31)
    clock.use(lambda: later)
    ask(people("tutor"))
    assert the_open_one().status is S.REQUESTED


@pytest.mark.parametrize("who", ["tutor", "pemda_owner"])
def test_either_side_ends_it_and_the_other_hears(people, who):
    row = a_guidance()
    other = people("pemda_owner" if who == "tutor" else "tutor")
    guiding.end(row.id, reason="finished", words="", seen=1, actor=people(who), now=clock.now())
    assert row.status is S.ENDED
    assert [user_id for user_id, _path in told("guidance_ended")] == [other.user_id]


def test_an_ask_is_taken_back_by_who_asked(people):
    row = a_guidance(status=S.INVITED)
    with pytest.raises(Forbidden):
        guiding.withdraw(row.id, seen=1, actor=people("tutor"), now=clock.now())
    guiding.withdraw(row.id, seen=1, actor=people("pemda_owner"), now=clock.now())
    assert the_open_one() is None


def test_fifty_presses_of_both_sides_ask_once(committed):
    with committed.app_context():
        tutor, owner = (actor(db.session.connection(), name) for name in ("tutor", "pemda_owner"))
        jobs = [lambda: ask(tutor)] * 10 + [lambda: ask(owner, "bitung", "tutor")] * 10
        answers = at_once(committed, *jobs)
        assert set(answers) == {"", "AlreadyTogether"}
        assert db.session.scalar(select(func.count(Guidance.id))) == 1
        assert len(told("guidance_asked")) == 1
        row = the_open_one()
        number, seen, answerer = row.id, row.revision, owner if row.status is S.REQUESTED else tutor
        db.session.commit()
        step = {"seen": seen, "actor": answerer, "now": clock.now()}
        answers = at_once(
            committed,
            *[lambda: guiding.agree(number, **step)] * 5,
            *[lambda: guiding.decline(number, reason="not_known", words="", **step)] * 5,
        )
        assert answers.count("") == 1
        assert set(answers) <= {"", AlreadyDecided.__name__, MoveImpossible.__name__}


def test_its_pages_ask_answer_and_end(client_as):
    tutor, owner = client_as("tutor"), client_as("pemda_owner")
    ours, theirs = PAGE.format(an_organisation_id("tutor")), PAGE.format(an_organisation_id("bitung"))
    assert "Pemerintah Kota Tomohon" not in tutor.get(ours).text
    found = tutor.get(f"{ours}?q=kota+bitung").text
    assert "Pemerintah Kota Bitung" in found
    assert "Pemerintah Kabupaten Madiun" not in found
    unread = tutor.submit(ours, {"message": "Mari", "q": "kota\x00"})
    assert (unread.status_code, "Pilih salah satu organisasi" in unread.text) == (422, True)
    sent = tutor.submit(ours, {"other": str(an_organisation_id("bitung")), "message": "Mari bekerja."})
    assert sent.status_code == 302
    row = the_open_one()
    assert "Jawab permintaan pendampingan Klinik Kota Cerdas Uji" in owner.get("/dasbor").text
    page = owner.get(f"{theirs}/{row.id}").text
    assert "Mari bekerja." in page
    nothing = owner.submit(f"{theirs}/{row.id}", {"seen": "1", "langkah": "tolak"})
    assert (nothing.status_code, "Pilih alasannya" in nothing.text) == (422, True)
    assert owner.submit(f"{theirs}/{row.id}", {"seen": "1", "langkah": "setuju"}).status_code == 302
    assert "Mendampingi" in client_as("pemda_viewer").get(f"/en{theirs}".removeprefix("/en")).text
    stale = tutor.submit(f"{ours}/{row.id}", {"seen": "1", "langkah": "akhiri", "reason": "finished"})
    assert stale.status_code == 409
    ended = tutor.submit(f"{ours}/{row.id}", {"seen": "2", "langkah": "akhiri", "reason": "finished"})
    assert ended.status_code == 302
    assert "Pendampingan selesai" in owner.get(f"{theirs}/{row.id}").text


def test_as_many_statements_for_thirty_as_for_three(client_as, count_queries):
    owner, page = client_as("pemda_owner"), PAGE.format(an_organisation_id("bitung"))
    numbers = []
    # Read once a process, by the first page that names a region's day.
    gazetteer()
    for rows in (3, 27):
        for _number in range(rows):
            a_guidance(status=S.ENDED)
        with count_queries() as counted:
            owner.get(page)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
    assert "halaman=2" in owner.get(page).text
