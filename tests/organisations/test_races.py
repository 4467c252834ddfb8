"""Several connections at once: the database decides, one effect is left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts import actions as accounts
from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent
from marketplace.core.refusal import Refusal
from marketplace.extensions import db
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import actions
from marketplace.organisations.models import Member, Organisation
from tests.factories.organisations import NOW, OFFICE, submitted_pemda
from tests.personas import actor
from tests.support.times import PATIENCE


def at_once(app: Flask, *works: Callable[[], object]) -> list[str]:
    """Runs all in the same moment, each on its own connection, and commits; the names of what was refused."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        with app.app_context():
            start.wait(PATIENCE)
            try:
                work()
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                return type(refusal).__name__
            finally:
                db.session.remove()
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


@pytest.fixture
def people(committed: Flask):
    def find(name):
        return actor(db.session.connection(), name)

    with committed.app_context():
        yield find
        db.session.remove()


def test_one_press_many_times_registers_once(committed, people):
    who = people("alone")
    db.session.commit()

    def press():
        actions.register_pemda("71.02", office=OFFICE, actor=who, now=NOW)

    assert at_once(committed, *[press] * 12) == [""] * 12
    made = db.session.scalars(select(Organisation).where(Organisation.region_code == "71.02")).one()
    assert db.session.scalar(select(func.count(Member.id)).where(Member.organisation_id == made.id)) == 1


def test_two_people_may_claim_a_region_in_the_same_moment(committed, people):
    one, other = people("alone"), people("startup")
    db.session.commit()
    told = at_once(
        committed,
        lambda: actions.register_pemda("71.02", office=OFFICE, actor=one, now=NOW),
        lambda: actions.register_pemda("71.02", office=OFFICE, actor=other, now=NOW),
    )
    assert told == ["", ""]
    slugs = db.session.scalars(select(Organisation.slug).where(Organisation.region_code == "71.02")).all()
    assert len(set(slugs)) == 2


def test_one_address_registers_once(committed, people):
    def press():
        accounts.register(
            name="Rani", email="rani.baru@example.com", password="kuda besi naik bukit", language="id",
            accepted=True, now=NOW,
        )  # fmt: skip

    assert at_once(committed, *[press] * 8) == [""] * 8
    assert db.session.scalar(select(func.count(User.id)).where(User.email == "rani.baru@example.com")) == 1


def test_two_moderators_decide_once(committed, people):
    made, _owner = submitted_pemda(people("alone"))
    number, seen = made.id, made.revision
    first, second = people("moderator"), people("moderator_b")
    db.session.commit()
    told = at_once(
        committed,
        lambda: actions.verify(number, actor=first, now=NOW, seen=seen),
        lambda: actions.reject(number, reason="duplicate", words="", actor=second, now=NOW, seen=seen),
    )
    assert told == ["", "AlreadyDecided"]
    events = db.session.scalars(select(AuditEvent.kind).where(AuditEvent.object_kind == "organisation")).all()
    assert len([kind for kind in events if kind in ("organisation:verified", "organisation:rejected")]) == 1
    kinds = ("organisation_verified", "organisation_rejected")
    assert db.session.scalar(select(func.count(NoticeRow.id)).where(NoticeRow.kind.in_(kinds))) == 1


def test_rivals_verified_at_once_leave_one(committed, people):
    one, _first = submitted_pemda(people("alone"))
    other, _second = submitted_pemda(people("startup"))
    claims = [(one.id, one.revision, people("moderator")), (other.id, other.revision, people("moderator_b"))]
    db.session.commit()

    def verify(number, seen, who):
        return lambda: actions.verify(number, actor=who, now=NOW, seen=seen)

    assert at_once(committed, *[verify(*claim) for claim in claims]) == ["", "RegionAlreadyVerified"]
    statuses = db.session.scalars(
        select(Organisation.status).where(Organisation.region_code == "71.01")
    ).all()
    assert sorted(statuses) == ["submitted", "verified"]


def test_one_press_many_times_submits_once(committed, people):
    made, owner = submitted_pemda(people("alone"))
    moderator = people("moderator")
    actions.ask_for_info(
        made.id, reason="proof_missing", words="", actor=moderator, now=NOW, seen=made.revision
    )
    db.session.commit()
    number = made.id
    at_once(committed, *[lambda: actions.submit(number, actor=owner, now=NOW)] * 8)
    submitted = select(func.count(AuditEvent.id)).where(AuditEvent.kind == "organisation:submitted")
    assert db.session.scalar(submitted) == 2
