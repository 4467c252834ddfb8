"""The members page, the link of an invitation, choosing for whom to act; rights that end with the next request."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.accounts.models import SignIn, User
from marketplace.core.actor import MemberRole
from marketplace.extensions import db
from marketplace.organisations import invitations, members
from marketplace.organisations.invitation_tokens import make_token
from marketplace.organisations.member_queries import find_member, find_unanswered
from marketplace.organisations.models import Invitation, Member
from marketplace.organisations.signed_in import get_actor
from tests.architecture.access_world import build_world
from tests.factories.opportunities import an_organisation_id
from tests.personas import PEOPLE, actor

NOW = datetime.now(UTC)
R = MemberRole


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


@pytest.fixture
def bitung(session):
    return an_organisation_id("bitung")


def members_path(organisation_id):
    return f"/dasbor/organisasi/{organisation_id}/anggota"


def ask(bitung, people, email, role=R.EDITOR):
    invitations.invite(bitung, email=email, role=role, language="id", actor=people("pemda_owner"), now=NOW)
    row = find_unanswered(bitung, email)
    return f"/undangan/{make_token(row.id, row.serial)}"


def test_an_owner_invites_and_the_answer_is_the_same_for_known_and_unknown(client_as, bitung):
    owner, path = client_as("pemda_owner"), members_path(bitung)
    told = []
    for email in (PEOPLE["alone"].email, "siapa@example.com"):
        form = {"email": email, "role": "editor", "language": "id"}
        answer = owner.submit(path, form, on=path)
        told.append(
            (answer.status_code, answer.headers["Location"], owner.get(path).text.count("Undangan dikirim"))
        )
    assert told[0] == told[1] == (302, path, 1)


@pytest.mark.parametrize(
    "form, sentence",
    [
        ({"email": "bukan surel"}, "belum lengkap"),
        ({"email": ""}, "wajib"),
        ({"email": "a@example.com", "role": "raja"}, "Pilih salah satu"),
        ({"email": "a@example.com", "role": "editor", "language": "xx"}, "Pilih salah satu"),
        (
            {"email": PEOPLE["pemda_viewer"].email, "role": "editor", "language": "id"},
            "sudah menjadi anggota",
        ),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(client_as, bitung, form, sentence):
    path = members_path(bitung)
    answer = client_as("pemda_owner").submit(path, {"role": "viewer", "language": "id", **form}, on=path)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["email"] in answer.text


def test_the_link_shown_to_a_visitor_sets_no_cookie_and_names_no_account(client, bitung, people):
    path = ask(bitung, people, "siapa@example.com")
    page = client.get(path)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "Pemerintah Kota Bitung" in page.text
    assert f"/daftar?next={path}" in page.text.replace("%2F", "/")
    assert client.get("/undangan/palsu").status_code == 410


def test_the_invited_person_finds_it_joins_and_the_link_is_used_up(client_as, bitung, people):
    path = ask(bitung, people, PEOPLE["alone"].email)
    invited = client_as("alone")
    assert path in invited.get("/dasbor/organisasi").text
    assert invited.get(members_path(bitung)).status_code == 404
    answer = invited.submit(path)
    assert answer.headers["Location"] == f"/dasbor/organisasi/{bitung}"
    assert invited.get(members_path(bitung)).status_code == 200
    assert invited.get(path).status_code == 410
    assert path not in invited.get("/dasbor/organisasi").text


def test_the_wrong_address_is_told_and_nothing_happens(client_as, bitung, people):
    path = ask(bitung, people, PEOPLE["alone"].email)
    other = client_as("startup")
    assert "untuk alamat surel lain" in other.get(path).text
    assert other.submit(path, on="/dasbor/akun").status_code == 422
    assert find_member(bitung, people("startup").user_id) is None


def test_declined(client_as, bitung, people):
    path = ask(bitung, people, PEOPLE["alone"].email)
    invited = client_as("alone")
    assert invited.submit(path, {"jawaban": "tolak"}).status_code == 302
    assert invited.get(path).status_code == 410
    assert find_member(bitung, people("alone").user_id) is None


def test_a_removed_member_has_lost_everything_with_the_next_request(client_as, connection, people):
    world = build_world()
    bitung = world["bitung"]
    editor, owner = client_as("pemda_editor"), client_as("pemda_owner")
    draft, file = f"/dasbor/peluang/{world['draft']}", f"/peluang/dokumen/{world['draft_document']}"
    paths = (
        draft, f"{draft}/sunting", f"{draft}/pratinjau", file, f"/dasbor/organisasi/{bitung}", members_path(bitung),
        f"/dasbor/minat/{world['interest']}", f"/dasbor/minat/{world['interest']}/berkas",
    )  # fmt: skip
    before = [editor.get(path).status_code for path in paths]
    assert set(before[:-1]) == {200}
    number = people("pemda_editor").user_id
    answer = owner.submit(f"{members_path(bitung)}/{number}/keluarkan", on=f"{members_path(bitung)}/{number}")
    assert answer.status_code == 302
    assert [editor.get(path).status_code for path in paths] == [404] * len(paths)
    assert editor.get("/dasbor").status_code == 200
    assert "Pemerintah Kota Bitung" not in editor.get("/dasbor").text
    posted = editor.submit(f"{draft}/sunting", {"title_id": "x"}, on="/dasbor/akun")
    assert posted.status_code == 404


def test_a_weaker_role_holds_with_the_next_request(client_as, bitung, people):
    approver = client_as("pemda_approver")
    assert approver.get(f"/dasbor/organisasi/{bitung}/ubah").status_code == 200
    members.change_role(
        bitung,
        people("pemda_approver").user_id,
        role=R.VIEWER,
        seen=R.APPROVER,
        actor=people("pemda_owner"),
        now=NOW,
    )
    assert approver.get(f"/dasbor/organisasi/{bitung}/ubah").status_code == 403


def test_handing_over_and_leaving(client_as, bitung, people):
    owner, heir = client_as("pemda_owner"), people("pemda_approver").user_id
    page = f"{members_path(bitung)}/{heir}"
    leave = f"/dasbor/organisasi/{bitung}/keluar"
    refused = owner.submit(leave)
    assert refused.status_code == 422
    assert "Serahkan dahulu" in refused.text
    assert owner.submit(f"{page}/serahkan", on=page).status_code == 302
    assert owner.get(page).status_code == 403
    assert owner.submit(leave).headers["Location"] == "/dasbor/organisasi"
    assert owner.get(leave).headers["Location"] == "/dasbor/organisasi"
    assert find_member(bitung, heir).role is R.OWNER


def test_a_person_of_two_acts_for_the_chosen_one_in_this_browser_only(client_as, people, bitung):
    who, madiun = people("pemda_editor"), an_organisation_id("madiun")
    db.session.add(Member(organisation_id=madiun, user_id=who.user_id, role=R.EDITOR, joined_at=NOW))
    db.session.flush()
    here, elsewhere = client_as("pemda_editor"), client_as("pemda_editor")
    assert "Bertindak untuk" in here.get("/dasbor").text
    answer = here.submit(f"/dasbor/organisasi/pilih/{madiun}", on="/dasbor")
    assert answer.headers["Location"] == "/dasbor"
    assert "<h2>Pemerintah Kabupaten Madiun</h2>" in here.get("/dasbor").text
    assert "<h2>Pemerintah Kota Bitung</h2>" in elsewhere.get("/dasbor").text
    assert (
        here.submit(f"/dasbor/organisasi/pilih/{an_organisation_id('investor')}", on="/dasbor").status_code
        == 404
    )
    members.leave(madiun, actor=get_actor(who.user_id), now=NOW)
    assert "<h2>Pemerintah Kota Bitung</h2>" in here.get("/dasbor").text


def test_choosing_costs_no_statement(client_as, people, count_queries):
    who, madiun = people("pemda_editor"), an_organisation_id("madiun")
    browser = client_as("pemda_editor")
    browser.get("/dasbor/akun")
    with count_queries() as one:
        browser.get("/dasbor/akun")
    db.session.add(Member(organisation_id=madiun, user_id=who.user_id, role=R.EDITOR, joined_at=NOW))
    row = db.session.scalars(select(SignIn).order_by(SignIn.id.desc()).limit(1)).one()
    row.acting_for = madiun
    db.session.flush()
    with count_queries() as two:
        page = browser.get("/dasbor/akun")
    assert "Bertindak untuk" in page.text
    assert two.number == one.number


@pytest.mark.parametrize("persona", ["pemda_owner", "pemda_viewer"])
def test_the_same_number_of_statements_with_three_and_with_thirty(client_as, bitung, count_queries, persona):
    browser, path, numbers = client_as(persona), members_path(bitung), []
    browser.get(path)
    for rows in (3, 60):
        for number in range(rows):
            _a_member(bitung, f"orang.{rows}.{number}@example.com")
            _an_invitation(bitung, f"tamu.{rows}.{number}@example.com")
        with count_queries() as counted:
            page = browser.get(path)
        assert page.status_code == 200
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
    assert "halaman=2" in page.text
    assert browser.get(f"{path}?halaman=2").status_code == 200


def _a_member(organisation_id, email):
    user = User(email=email, name=email, active=True, fs_uniquifier=email, created_at=NOW)
    db.session.add(user)
    db.session.flush()
    db.session.add(Member(organisation_id=organisation_id, user_id=user.id, role=R.VIEWER, joined_at=NOW))
    db.session.flush()


def _an_invitation(organisation_id, email):
    db.session.add(
        Invitation(
            organisation_id=organisation_id, email=email, role=R.VIEWER, language="id", created_at=NOW,
            expires_at=NOW + timedelta(days=2),
        )
    )  # fmt: skip
    db.session.flush()


@pytest.mark.parametrize("step", ["", "/keluarkan", "/serahkan"])
def test_giving_and_taking_rights_asks_for_a_recent_proof(client_as, bitung, people, step):
    owner, other = client_as("pemda_owner"), people("pemda_viewer").user_id
    row = db.session.scalars(select(SignIn).order_by(SignIn.id.desc()).limit(1)).one()
    row.proved_at = NOW - timedelta(hours=2)
    path = f"{members_path(bitung)}/{other}"
    answer = owner.submit(f"{path}{step}", {"role": "owner", "seen": "viewer"}, on="/dasbor/organisasi")
    assert "/dasbor/akun/" in answer.headers["Location"]
    assert "next=" in answer.headers["Location"]
    assert find_member(bitung, other).role is R.VIEWER
