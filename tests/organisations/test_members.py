"""Invitations, roles, leaving and handing over, as actions on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent
from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose, deliver
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import invitations, member_queries, member_rules, members
from marketplace.organisations.invitation_tokens import make_token
from marketplace.organisations.member_rules import InvitationOutcome
from tests.factories.opportunities import an_organisation_id
from tests.factories.organisations import NOW
from tests.personas import PEOPLE, actor

R = MemberRole
ALONE = PEOPLE["alone"].email


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


@pytest.fixture
def bitung(session):
    return an_organisation_id("bitung")


@pytest.fixture
def owner(people):
    return people("pemda_owner")


def ask(bitung, owner, email=ALONE, role=R.EDITOR, now=NOW, language="id", **more):
    invitations.invite(bitung, email=email, role=role, language=language, actor=owner, now=now, **more)
    found = member_queries.find_unanswered(bitung, email)
    return found, make_token(found.id, found.serial)


def role_of(bitung, who):
    member = member_queries.find_member(bitung, who.user_id)
    return member.role if member else None


def count(session, *where):
    return session.scalar(select(func.count()).where(*where))


def test_an_account_gets_the_letter_and_a_line_in_its_inbox(bitung, owner, people, session):
    _row, token = ask(bitung, owner, email=ALONE.upper())
    letter = session.scalars(select(Delivery).where(Delivery.template == "member_invited")).one()
    assert (letter.user_id, letter.params["token"]) == (people("alone").user_id, token)
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "member_invited")).one()
    assert notice.path == "/dasbor/organisasi"
    assert token not in str(notice.params)


def test_a_stranger_gets_the_letter_in_the_chosen_language(bitung, owner, session, monkeypatch):
    ask(bitung, owner, email="belum.ada@example.com", language="en")
    letter = session.scalars(select(Delivery).where(Delivery.template == "member_invited")).one()
    sent = []
    monkeypatch.setattr(
        "marketplace.mail.sending.get_transport",
        lambda config: type("T", (), {"send": lambda self, message, name: sent.append(message)})(),
    )
    assert deliver(letter.id, now=NOW)
    assert (letter.user_id, letter.address, letter.params) == (None, None, {})
    message = sent[0]
    assert message["To"] == "belum.ada@example.com"
    assert message["Subject"] == "Invitation to join Pemerintah Kota Bitung"
    assert "/en/undangan/" in message.get_body(("plain",)).get_content()


def test_the_reader_of_an_account_gets_their_own_language(bitung, owner, session):
    ask(bitung, owner, email=PEOPLE["investor_editor"].email, language="id")
    letter = session.scalars(select(Delivery).where(Delivery.template == "member_invited")).one()
    assert letter.language is None
    assert compose(letter, _Reader("en"))["Subject"].startswith("Invitation")


class _Reader:
    def __init__(self, language):
        self.email, self.name, self.language = "x@example.com", "X", language


def test_accepting_makes_a_member_once(bitung, owner, people, session):
    row, token = ask(bitung, owner, role=R.APPROVER)
    who = people("alone")
    assert invitations.accept(token, actor=who, now=NOW) == bitung
    assert invitations.accept(token, actor=who, now=NOW + timedelta(days=5)) == bitung
    assert role_of(bitung, who) is R.APPROVER
    assert row.outcome is InvitationOutcome.ACCEPTED
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "member_joined")).one()
    assert notice.user_id == owner.user_id
    assert count(session, AuditEvent.kind == "organisation:member_joined") == 1


def test_the_link_is_for_its_address_only(bitung, owner, people):
    _row, token = ask(bitung, owner)
    with pytest.raises(member_rules.InvitationForAnother):
        invitations.accept(token, actor=people("startup"), now=NOW)
    assert role_of(bitung, people("startup")) is None


@pytest.mark.parametrize("token", ["", "mati", "WzEsMV0.AAAA", "x" * 500])
def test_a_made_up_link_is_dead(people, token):
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=NOW)


def test_after_two_days_the_link_is_dead_and_the_address_may_be_asked_anew(bitung, owner, people):
    row, token = ask(bitung, owner)
    late = NOW + timedelta(days=2, seconds=1)
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=late)
    again, fresh = ask(bitung, owner, role=R.VIEWER, now=late)
    assert again.id == row.id
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=late)
    invitations.accept(fresh, actor=people("alone"), now=late)
    assert role_of(bitung, people("alone")) is R.VIEWER


def test_sent_again_the_older_link_is_dead(bitung, owner, people, session):
    row, token = ask(bitung, owner)
    letters = Delivery.template == "member_invited"
    invitations.send_again(bitung, row.id, actor=owner, now=NOW + timedelta(seconds=30))
    assert count(session, letters) == 1
    invitations.send_again(bitung, row.id, actor=owner, now=NOW + timedelta(hours=1))
    invitations.send_again(bitung, row.id, actor=owner, now=NOW + timedelta(hours=1))
    assert count(session, letters) == 2
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=NOW + timedelta(hours=1))


def test_withdrawn_and_declined_links_are_dead(bitung, owner, people, session):
    row, token = ask(bitung, owner)
    invitations.withdraw(bitung, row.id, actor=owner, now=NOW)
    invitations.withdraw(bitung, row.id, actor=owner, now=NOW)
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=NOW)
    _row, token = ask(bitung, owner)
    invitations.decline(token, actor=people("alone"), now=NOW)
    invitations.decline(token, actor=people("alone"), now=NOW)
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=NOW)
    assert count(session, NoticeRow.kind == "member_declined") == 1
    assert role_of(bitung, people("alone")) is None


def test_who_cannot_be_invited(bitung, owner, people):
    with pytest.raises(member_rules.AlreadyMember):
        ask(bitung, owner, email=PEOPLE["pemda_editor"].email.title())
    ask(bitung, owner)
    with pytest.raises(member_rules.AlreadyInvited):
        ask(bitung, owner)
    with pytest.raises(member_rules.TooManyLetters):
        ask(bitung, owner, email="lain@example.com", may_write=lambda _email: False)


@pytest.mark.parametrize("name", ["pemda_approver", "pemda_editor", "pemda_viewer", "moderator"])
def test_only_owners_manage(bitung, owner, people, name):
    row, _token = ask(bitung, owner)
    who, other = people(name), people("pemda_viewer").user_id
    for act in (
        lambda: ask(bitung, who, email="x@example.com"),
        lambda: invitations.withdraw(bitung, row.id, actor=who, now=NOW),
        lambda: invitations.send_again(bitung, row.id, actor=who, now=NOW),
        lambda: members.change_role(bitung, other, role=R.OWNER, seen=R.VIEWER, actor=who, now=NOW),
        lambda: members.remove(bitung, other, actor=who, now=NOW),
        lambda: members.hand_over(bitung, other, actor=who, now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()


def test_strangers_find_nothing(bitung, owner, people):
    row, _token = ask(bitung, owner)
    stranger = people("other_approver")
    with pytest.raises(NotFound):
        members.remove(bitung, owner.user_id, actor=stranger, now=NOW)
    with pytest.raises(NotFound):
        invitations.withdraw(an_organisation_id("madiun"), row.id, actor=stranger, now=NOW)
    with pytest.raises(NotFound):
        members.hand_over(bitung, stranger.user_id, actor=owner, now=NOW)


def test_a_role_is_given_once_and_told(bitung, owner, people, session):
    viewer = people("pemda_viewer")
    for _press in range(2):
        members.change_role(bitung, viewer.user_id, role=R.EDITOR, seen=R.VIEWER, actor=owner, now=NOW)
    assert role_of(bitung, viewer) is R.EDITOR
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "member_role_changed")).one()
    assert (notice.user_id, notice.params["role"]) == (viewer.user_id, "editor")
    with pytest.raises(member_rules.RoleChangedMeanwhile):
        members.change_role(bitung, viewer.user_id, role=R.OWNER, seen=R.VIEWER, actor=owner, now=NOW)


def test_the_last_owner_neither_leaves_nor_steps_down(bitung, owner):
    with pytest.raises(member_rules.LastOwner):
        members.leave(bitung, actor=owner, now=NOW)
    with pytest.raises(member_rules.LastOwner):
        members.remove(bitung, owner.user_id, actor=owner, now=NOW)
    with pytest.raises(member_rules.LastOwner):
        members.change_role(bitung, owner.user_id, role=R.EDITOR, seen=R.OWNER, actor=owner, now=NOW)
    assert role_of(bitung, owner) is R.OWNER


def test_an_owner_who_cannot_sign_in_is_no_other_owner(bitung, owner, people, session):
    heir = people("pemda_approver")
    members.change_role(bitung, heir.user_id, role=R.OWNER, seen=R.APPROVER, actor=owner, now=NOW)
    session.get_one(User, heir.user_id).active = False
    session.flush()
    with pytest.raises(member_rules.LastOwner):
        members.leave(bitung, actor=owner, now=NOW)
    members.remove(bitung, heir.user_id, actor=owner, now=NOW)
    assert role_of(bitung, heir) is None


def test_handed_over_then_left(bitung, owner, people, session):
    heir = people("pemda_approver")
    members.hand_over(bitung, heir.user_id, actor=owner, now=NOW)
    assert (role_of(bitung, heir), role_of(bitung, owner)) == (R.OWNER, R.APPROVER)
    # The actor's value is of before: the database decides.
    with pytest.raises(Forbidden):
        members.hand_over(bitung, heir.user_id, actor=owner, now=NOW)
    members.leave(bitung, actor=owner, now=NOW)
    members.leave(bitung, actor=owner, now=NOW)
    assert role_of(bitung, owner) is None
    told = session.scalars(select(NoticeRow).where(NoticeRow.kind == "member_left")).all()
    assert [notice.user_id for notice in told] == [heir.user_id]
    assert count(session, NoticeRow.kind == "member_handed_over") == 1


def test_removed_once_told_once(bitung, owner, people, session):
    editor = people("pemda_editor")
    for _press in range(2):
        members.remove(bitung, editor.user_id, actor=owner, now=NOW)
    assert role_of(bitung, editor) is None
    notice = session.scalars(select(NoticeRow).where(NoticeRow.kind == "member_removed")).one()
    assert (notice.user_id, notice.path) == (editor.user_id, "/dasbor/organisasi")
    assert count(session, AuditEvent.kind == "organisation:member_removed") == 1


def test_who_goes_leaves_no_open_invitation_behind(bitung, owner, people, session):
    second = people("pemda_approver")
    members.change_role(bitung, second.user_id, role=R.OWNER, seen=R.APPROVER, actor=owner, now=NOW)
    session.expire_all()
    row, token = ask(bitung, _as_owner(second, bitung))
    members.remove(bitung, second.user_id, actor=owner, now=NOW)
    assert row.outcome is InvitationOutcome.WITHDRAWN
    with pytest.raises(member_rules.InvitationDead):
        invitations.accept(token, actor=people("alone"), now=NOW)


def _as_owner(who, bitung):
    place = who.membership_in(bitung)
    return type(who)(
        who.user_id, who.name, who.language, who.staff_roles,
        (type(place)(bitung, place.kind, R.OWNER, True, place.name, place.region_code),),
    )  # fmt: skip


def test_the_words_of_the_trail_hold_no_address(bitung, owner, session):
    ask(bitung, owner, email="rahasia@example.com")
    events = session.scalars(select(AuditEvent).where(AuditEvent.object_id == bitung)).all()
    assert events
    assert not [event for event in events if "rahasia" in str(event.details)]
