"""Fifty presses and two owners at once: one effect, the others are told."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from marketplace.audit.models import AuditEvent
from marketplace.core.actor import MemberRole
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.organisations import invitations, members
from marketplace.organisations.invitation_tokens import make_token
from marketplace.organisations.member_queries import count_members, find_member, find_unanswered
from marketplace.organisations.models import Invitation, Member, Organisation
from marketplace.organisations.signed_in import get_actor
from tests.factories.opportunities import an_organisation_id
from tests.factories.organisations import NOW
from tests.organisations.test_races import at_once
from tests.personas import PEOPLE, actor
from tests.support.times import PATIENCE

PRESSES = 50
R = MemberRole


@pytest.fixture
def people(committed: Flask):
    with committed.app_context():
        yield lambda name: actor(db.session.connection(), name)
        db.session.remove()


def invite(bitung, owner):
    invitations.invite(
        bitung, email=PEOPLE["alone"].email, role=R.EDITOR, language="id", actor=owner, now=NOW
    )


def test_fifty_presses_invite_once(committed, people):
    owner, bitung = people("pemda_owner"), an_organisation_id("bitung")
    db.session.commit()
    told = Counter(at_once(committed, *[lambda: invite(bitung, owner)] * PRESSES))
    assert told == {"": 1, "AlreadyInvited": PRESSES - 1}
    assert db.session.scalar(select(func.count(Invitation.id))) == 1
    letters = select(func.count()).where(Delivery.template == "member_invited")
    assert db.session.scalar(letters) == 1


def test_fifty_presses_join_once(committed, people):
    owner, who, bitung = people("pemda_owner"), people("alone"), an_organisation_id("bitung")
    invite(bitung, owner)
    row = find_unanswered(bitung, PEOPLE["alone"].email)
    token = make_token(row.id, row.serial)
    db.session.commit()
    told = at_once(committed, *[lambda: invitations.accept(token, actor=who, now=NOW)] * PRESSES)
    assert told == [""] * PRESSES
    assert db.session.scalar(select(func.count(Member.id)).where(Member.user_id == who.user_id)) == 1
    joined = select(func.count()).where(AuditEvent.kind == "organisation:member_joined")
    assert db.session.scalar(joined) == 1


def test_two_owners_removing_each_other_leave_one(committed, people):
    first, bitung = people("pemda_owner"), an_organisation_id("bitung")
    second = people("pemda_approver")
    find_member(bitung, second.user_id).role = R.OWNER
    db.session.commit()
    one, other = get_actor(first.user_id), get_actor(second.user_id)
    told = at_once(
        committed,
        lambda: members.remove(bitung, other.user_id, actor=one, now=NOW),
        lambda: members.remove(bitung, one.user_id, actor=other, now=NOW),
    )
    assert told == ["", "Forbidden"]
    assert count_members(bitung, R.OWNER) == 1


def test_an_owner_leaving_while_the_other_leaves(committed, people):
    first, bitung = people("pemda_owner"), an_organisation_id("bitung")
    second = people("pemda_approver")
    find_member(bitung, second.user_id).role = R.OWNER
    db.session.commit()
    told = at_once(
        committed,
        lambda: members.leave(bitung, actor=first, now=NOW),
        lambda: members.leave(bitung, actor=second, now=NOW),
    )
    assert told == ["", "LastOwner"]
    assert count_members(bitung, R.OWNER) == 1


def test_joining_waits_for_the_organisation_before_it_holds_the_invitation(committed, people):
    """As those do who remove a member and end what they sent: the other order would let both wait for ever."""
    owner, who, bitung = people("pemda_owner"), people("alone"), an_organisation_id("bitung")
    invite(bitung, owner)
    row = find_unanswered(bitung, PEOPLE["alone"].email)
    number, token = row.id, make_token(row.id, row.serial)
    db.session.commit()
    with db.engine.connect() as other, ThreadPoolExecutor(1) as pool:
        other.execute(select(Organisation.id).where(Organisation.id == bitung).with_for_update())
        joining = pool.submit(at_once, committed, lambda: invitations.accept(token, actor=who, now=NOW))
        _wait_until_somebody_waits(other)
        other.execute(select(Invitation.id).where(Invitation.id == number).with_for_update(nowait=True))
        other.rollback()
        assert joining.result(PATIENCE) == [""]


def _wait_until_somebody_waits(connection):
    until = time.monotonic() + PATIENCE
    while not connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
        assert time.monotonic() < until
        time.sleep(0.02)
