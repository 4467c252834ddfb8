"""Stand-ins as actions on PostgreSQL: who may name them, from when to when they count, how they end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import members, stand_in_queries, stand_ins, succession
from marketplace.organisations.models import Member, StandIn
from marketplace.organisations.signed_in import get_actor
from marketplace.organisations.stand_in_rules import StandInDaysTaken, StandInNotNeeded
from marketplace.organisations.succession import Successor
from tests.factories.opportunities import an_organisation_id
from tests.personas import actor

# In Bitung (WITA, eight hours before UTC) a day begins at 16:00 UTC of the day before.
BEGINS, UNTIL = date(2026, 3, 2), date(2026, 3, 6)
FIRST_MOMENT = datetime(2026, 3, 1, 16, tzinfo=UTC)
LAST_MOMENT = datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC)
BEFORE = datetime(2026, 2, 20, 3, tzinfo=UTC)


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


@pytest.fixture
def bitung(session):
    return an_organisation_id("bitung")


def name_editor(bitung, people, by="pemda_approver", who="pemda_editor", begins=BEGINS, until=UNTIL):
    stand_ins.name_stand_in(
        bitung, user_id=people(who).user_id, begins=begins, until=until, actor=people(by), now=BEFORE
    )


def stands_in(person, moment):
    clock.use(lambda: moment)
    return get_actor(person.user_id).memberships[0].stands_in


def test_it_counts_on_its_days_by_the_clock_of_the_region(bitung, people):
    name_editor(bitung, people)
    editor = people("pemda_editor")
    second = timedelta(seconds=1)
    for moment, wanted in (
        (FIRST_MOMENT - second, False), (FIRST_MOMENT, True), (LAST_MOMENT, True), (LAST_MOMENT + second, False)
    ):  # fmt: skip
        found = stands_in(editor, moment)
        assert (found is not None) is wanted, moment
        assert (stand_in_queries.list_stand_in_ids(bitung) == [editor.user_id]) is wanted
    found = stands_in(editor, FIRST_MOMENT)
    assert (found.user_id, found.name, found.until) == (
        people("pemda_approver").user_id,
        "Sari Tumbel",
        UNTIL,
    )
    assert stands_in(people("pemda_viewer"), FIRST_MOMENT) is None


@pytest.mark.parametrize(
    "language, named, ended",
    [
        ("id", "Joko Rumondor menggantikan Sari Tumbel menyetujui peluang",
         "Penggantian berakhir: Joko Rumondor untuk Sari Tumbel"),
        ("en", "Joko Rumondor stands in for Sari Tumbel to approve listings", "Stand-in ended: Joko Rumondor for Sari Tumbel"),
    ],
)  # fmt: skip
def test_the_letters_of_its_beginning_and_its_end(bitung, people, session, language, named, ended):
    name_editor(bitung, people)
    stand_ins.end_stand_in(
        bitung, session.scalar(select(StandIn.id)), actor=people("pemda_editor"), now=FIRST_MOMENT
    )
    reader = session.get_one(User, people("pemda_editor").user_id)
    reader.language = language
    letters = session.scalars(
        select(Delivery).where(Delivery.user_id == reader.id).order_by(Delivery.template)
    )
    assert [compose(letter, reader)["Subject"] for letter in letters] == [ended, named]


def test_both_are_told_and_twice_is_once(bitung, people, session):
    name_editor(bitung, people)
    name_editor(bitung, people)
    both = {people("pemda_editor").user_id, people("pemda_approver").user_id}
    told = session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == "stand_in_named")).all()
    assert sorted(told) == sorted(both)
    assert session.scalar(select(func.count(StandIn.id))) == 1
    with pytest.raises(StandInDaysTaken):
        name_editor(bitung, people, who="pemda_viewer", begins=UNTIL, until=UNTIL)
    with pytest.raises(StandInNotNeeded):
        name_editor(bitung, people, by="pemda_owner", who="pemda_approver")


@pytest.mark.parametrize(
    "by, fault",
    [
        ("pemda_editor", Forbidden),
        ("pemda_viewer", Forbidden),
        ("other_approver", NotFound),
        ("moderator", NotFound),
    ],
)
def test_only_approvers_name_one(bitung, people, by, fault, session):
    with pytest.raises(fault):
        name_editor(bitung, people, by=by, who="pemda_viewer")
    assert session.scalar(select(func.count(StandIn.id))) == 0


def test_a_partner_has_none(people):
    with pytest.raises(NotFound):
        name_editor(an_organisation_id("investor"), people, by="investor", who="investor_editor")


@pytest.mark.parametrize(
    "by, fault",
    [
        ("pemda_approver", None), ("pemda_editor", None), ("pemda_owner", None), ("pemda_viewer", Forbidden),
        ("other_approver", NotFound),
    ],
)  # fmt: skip
def test_it_ends_on_demand_for_those_concerned(bitung, people, by, fault, session):
    name_editor(bitung, people)
    number = session.scalar(select(StandIn.id))
    if fault:
        with pytest.raises(fault):
            stand_ins.end_stand_in(bitung, number, actor=people(by), now=FIRST_MOMENT)
        assert stands_in(people("pemda_editor"), FIRST_MOMENT)
        return
    for _press in range(2):
        stand_ins.end_stand_in(bitung, number, actor=people(by), now=FIRST_MOMENT)
    assert stands_in(people("pemda_editor"), FIRST_MOMENT) is None
    ended = session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == "stand_in_ended")).all()
    assert len(ended) == 2
    kinds = session.scalars(select(AuditEvent.kind).where(AuditEvent.object_id == bitung)).all()
    assert kinds.count("organisation:stand_in_ended") == 1


@pytest.mark.parametrize("who", ["pemda_editor", "pemda_approver"])
@pytest.mark.parametrize("way", ["removed", "leaves", "other_role"])
def test_it_ends_with_the_right_of_either(bitung, people, who, way, session):
    name_editor(bitung, people)
    owner, gone = people("pemda_owner"), people(who)
    if way == "removed":
        members.remove(bitung, gone.user_id, actor=owner, now=FIRST_MOMENT)
    elif way == "leaves":
        members.leave(bitung, actor=gone, now=FIRST_MOMENT)
    else:
        seen = session.scalar(select(Member.role).where(Member.user_id == gone.user_id))
        role = MemberRole.EDITOR if seen is MemberRole.APPROVER else MemberRole.APPROVER
        members.change_role(bitung, gone.user_id, role=role, seen=seen, actor=owner, now=FIRST_MOMENT)
    assert session.scalar(select(func.count(StandIn.id))) == 0
    assert stand_in_queries.list_stand_in_ids(bitung) == []


@pytest.mark.parametrize("way", ["handed_over", "named_by_laip"])
def test_who_comes_to_own_the_organisation_stands_in_for_nobody_later_either(bitung, people, way):
    name_editor(bitung, people)
    owner, editor, laip = people("pemda_owner"), people("pemda_editor"), people("moderator")
    if way == "handed_over":
        members.hand_over(bitung, editor.user_id, actor=owner, now=FIRST_MOMENT)
        owner = get_actor(editor.user_id)
        members.hand_over(bitung, people("pemda_owner").user_id, actor=owner, now=FIRST_MOMENT)
    else:
        row = succession.propose(
            bitung, successor=Successor(user_id=editor.user_id), reason="left_office", words="Pindah tugas.",
            actor=laip, now=BEFORE,
        )  # fmt: skip
        succession.take_effect(bitung, seen=row.revision, actor=laip, now=FIRST_MOMENT)
    seen = stands_in_role(editor)
    members.change_role(
        bitung,
        editor.user_id,
        role=MemberRole.VIEWER,
        seen=seen,
        actor=people("pemda_owner"),
        now=FIRST_MOMENT,
    )
    assert stand_in_queries.list_stand_in_ids(bitung) == []
    assert stands_in(editor, FIRST_MOMENT) is None


def stands_in_role(person):
    return get_actor(person.user_id).memberships[0].role


def test_a_membership_that_goes_by_itself_takes_it_along(bitung, people, session):
    name_editor(bitung, people)
    session.delete(session.scalar(select(Member).where(Member.user_id == people("pemda_approver").user_id)))
    session.flush()
    assert stands_in(people("pemda_editor"), FIRST_MOMENT) is None
    assert session.scalar(select(func.count()).select_from(StandIn)) == 0
