from datetime import UTC, datetime, timedelta

import pytest

from marketplace.core.actor import MemberRole
from marketplace.organisations import member_rules as rules
from marketplace.organisations.member_rules import InvitationOutcome

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
R = MemberRole


def test_an_invitation_lives_two_days():
    expires = NOW + rules.INVITATION_LASTS
    assert expires - NOW == timedelta(days=2)
    rules.check_answerable(None, expires, expires)
    with pytest.raises(rules.InvitationDead):
        rules.check_answerable(None, expires, expires + timedelta(seconds=1))


@pytest.mark.parametrize("outcome", list(InvitationOutcome))
def test_an_answered_one_is_dead(outcome):
    with pytest.raises(rules.InvitationDead):
        rules.check_answerable(outcome, NOW + timedelta(hours=1), NOW)


@pytest.mark.parametrize("role", list(R))
@pytest.mark.parametrize("others", [0, 1])
def test_the_last_owner_stays(role, others):
    if role is R.OWNER and not others:
        with pytest.raises(rules.LastOwner):
            rules.check_owner_remains(role, others=others)
    else:
        rules.check_owner_remains(role, others=others)


def test_room_for_invitations():
    rules.check_invitation_room(rules.OPEN_INVITATIONS_AT_MOST - 1)
    with pytest.raises(rules.TooManyInvitations):
        rules.check_invitation_room(rules.OPEN_INVITATIONS_AT_MOST)


def test_a_role_that_was_changed_meanwhile():
    rules.check_role_seen(R.EDITOR, seen=R.EDITOR)
    with pytest.raises(rules.RoleChangedMeanwhile):
        rules.check_role_seen(R.VIEWER, seen=R.EDITOR)


def test_just_sent_is_less_than_a_minute_ago():
    expires = NOW + rules.INVITATION_LASTS
    assert rules.is_just_sent(expires, NOW + timedelta(seconds=59))
    assert not rules.is_just_sent(expires, NOW + timedelta(seconds=60))
