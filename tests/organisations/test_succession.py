"""LAIP names a successor: told, objected to, taken back, effected after a week; never for one's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.accounts.models import SignIn
from marketplace.audit.models import AuditEvent
from marketplace.core.actor import Actor, MemberRole
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.organisations import succession
from marketplace.organisations import succession_rules as rules
from marketplace.organisations.member_queries import find_member, find_unanswered
from marketplace.organisations.models import Succession
from marketplace.organisations.succession import Successor
from marketplace.organisations.succession_rules import SuccessionStatus
from tests import personas
from tests.factories.opportunities import an_organisation_id
from tests.personas import PEOPLE
from tests.support.clients import PageClient

S = SuccessionStatus
NOW = datetime(2026, 5, 4, 3, tzinfo=UTC)
LATER = NOW + rules.OBJECTION_LASTS
WORDS = "Surat mutasi dari BKD, 2 Mei 2026."


@pytest.fixture
def bitung(session: Any) -> int:
    return an_organisation_id("bitung")


def who(name: str) -> Actor:
    return personas.actor(db.session.connection(), name)


def named(name: str) -> Successor:
    return Successor(user_id=who(name).user_id)


def propose(organisation_id: int, successor: Successor, by: str = "moderator", **values: Any) -> Succession:
    asked = {"reason": "left_office", "words": WORDS, **values}
    return succession.propose(organisation_id, successor=successor, actor=who(by), now=NOW, **asked)


def owed(kind: str) -> set[int | None]:
    return set(db.session.scalars(select(Delivery.user_id).where(Delivery.template == kind)))


def test_a_member_becomes_an_owner_after_a_week(bitung: int) -> None:
    row = propose(bitung, named("pemda_approver"))
    assert owed("succession_proposed") == {who("pemda_owner").user_id}
    moment: dict[str, Any] = {"seen": row.revision, "actor": who("moderator_b")}
    with pytest.raises(rules.TooEarly):
        succession.take_effect(bitung, now=LATER - timedelta(seconds=1), **moment)
    succession.take_effect(bitung, now=LATER, **moment)
    for name in ("pemda_owner", "pemda_approver"):
        member = find_member(bitung, who(name).user_id)
        assert member is not None
        assert member.role is MemberRole.OWNER
    assert owed("succession_effected") == {who("pemda_owner").user_id, who("pemda_approver").user_id}
    with pytest.raises(AlreadyDecided):
        succession.take_effect(bitung, now=LATER, **moment)
    kinds = db.session.scalars(
        select(AuditEvent.kind).where(AuditEvent.object_kind == "succession", AuditEvent.object_id == row.id)
    )
    assert list(kinds) == ["organisation:succession_proposed", "organisation:succession_effected"]


def test_an_address_is_invited_as_an_owner(bitung: int) -> None:
    row = propose(bitung, Successor(email="Baru.Pemilik@example.com"))
    assert find_unanswered(bitung, "baru.pemilik@example.com") is None
    succession.take_effect(bitung, seen=row.revision, actor=who("moderator"), now=LATER)
    invitation = find_unanswered(bitung, "baru.pemilik@example.com")
    assert invitation is not None
    assert invitation.role is MemberRole.OWNER


def test_the_address_of_a_member_is_that_member(bitung: int) -> None:
    row = propose(bitung, Successor(email=PEOPLE["pemda_editor"].email.upper()))
    assert (row.user_id, row.email) == (who("pemda_editor").user_id, "")


def test_an_owner_stops_it_with_one_press(bitung: int) -> None:
    row = propose(bitung, named("pemda_approver"))
    arguments: dict[str, Any] = {"seen": row.revision, "now": NOW}
    for name, refusal in (
        ("pemda_approver", Forbidden),
        ("other_approver", NotFound),
        ("moderator", Forbidden),
    ):
        with pytest.raises(refusal):
            succession.object_to(bitung, actor=who(name), **arguments)
    succession.object_to(bitung, actor=who("pemda_owner"), **arguments)
    succession.object_to(bitung, actor=who("pemda_owner"), **arguments)
    assert row.status is S.OBJECTED
    assert owed("succession_objected") == {who("moderator").user_id, who("moderator_b").user_id}
    assert db.session.scalar(select(func.count()).where(Delivery.template == "succession_objected")) == 2
    with pytest.raises(AlreadyDecided):
        succession.take_effect(bitung, seen=1, actor=who("moderator"), now=LATER)
    propose(bitung, named("pemda_editor"))


def test_it_is_taken_back(bitung: int) -> None:
    row = propose(bitung, named("pemda_approver"))
    succession.withdraw(bitung, seen=row.revision, actor=who("moderator_b"), now=NOW)
    assert owed("succession_withdrawn") == {who("pemda_owner").user_id}
    with pytest.raises(AlreadyDecided):
        succession.object_to(bitung, seen=1, actor=who("pemda_owner"), now=NOW)


@pytest.mark.parametrize(
    "successor, values, refusal",
    [
        (Successor(), {}, rules.SuccessorMissing),
        ("both", {}, rules.SuccessorUnclear),
        ("pemda_owner", {}, rules.AlreadyOwner),
        ("startup", {}, rules.SuccessorGone),
        ("moderator", {}, rules.SuccessorIsYourself),
        (Successor(email="MODERATOR@example.com"), {}, rules.SuccessorIsYourself),
        (Successor(email="x@example.com"), {"words": "pindah"}, rules.SuccessionNeedsWords),
        (Successor(email="x@example.com"), {"reason": None}, ReasonNeeded),
        (Successor(email="x@example.com"), {"reason": "complaint"}, ReasonNeeded),
    ],
)
def test_what_cannot_be_proposed(
    bitung: int, successor: Any, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    if successor == "both":
        successor = replace(named("pemda_editor"), email="x@example.com")
    wanted = named(successor) if isinstance(successor, str) else successor
    with pytest.raises(refusal):
        propose(bitung, wanted, **values)


def test_one_at_a_time_and_by_laip_only(bitung: int) -> None:
    for name, refusal in (("pemda_owner", Forbidden), ("programme_owner", NotFound), ("startup", NotFound)):
        with pytest.raises(refusal):
            propose(bitung, named("pemda_editor"), by=name)
    propose(bitung, named("pemda_editor"))
    with pytest.raises(rules.AlreadyProposed):
        propose(bitung, named("pemda_approver"))
    own = replace(who("moderator"), memberships=who("pemda_viewer").memberships)
    with pytest.raises(Forbidden):
        succession.propose(
            bitung, successor=named("pemda_approver"), reason="left_office", words=WORDS, actor=own, now=NOW
        )


def test_a_successor_who_left_meanwhile_is_no_owner(bitung: int) -> None:
    row = propose(bitung, named("pemda_viewer"))
    db.session.delete(find_member(bitung, row.user_id))
    with pytest.raises(rules.SuccessorGone):
        succession.take_effect(bitung, seen=row.revision, actor=who("moderator"), now=LATER)


def stale() -> None:
    """Everybody's last proof lies two hours back."""
    db.session.execute(update(SignIn).values(proved_at=SignIn.proved_at - timedelta(hours=2)))


def test_the_pages_of_both_sides(bitung: int, client_as: Callable[[str], PageClient]) -> None:
    path, theirs = f"/moderasi/organisasi/{bitung}/penerus", f"/dasbor/organisasi/{bitung}/penerus"
    moderator, owner = client_as("moderator"), client_as("pemda_owner")
    assert path in moderator.get(f"/moderasi/organisasi/{bitung}").text
    assert owner.get(theirs).status_code == 404
    fields = {"email": "penerus@example.com", "language": "id", "words": WORDS, "member": ""}
    refused = moderator.submit(path, fields)
    assert refused.status_code == 422
    assert "Pilih alasannya" in refused.text
    assert WORDS in refused.text
    assert moderator.submit(path, fields | {"reason": "unreachable"}).status_code == 302
    waiting = moderator.get(path).text
    assert "masih dapat berkeberatan" in waiting
    assert "Tetapkan penerus</button>" not in waiting
    unnamed = moderator.submit(f"{path}/putuskan", {"seen": "1"}, on=path)
    assert (unnamed.status_code, "Pilih salah satu langkah" in unnamed.text) == (422, True)
    early = moderator.submit(f"{path}/putuskan", {"seen": "1", "langkah": "tetapkan"}, on=path)
    assert early.status_code == 422
    assert "masih dapat berkeberatan sampai" in early.text
    assert theirs in owner.get(f"/dasbor/organisasi/{bitung}").text
    assert client_as("pemda_approver").get(theirs).status_code == 403
    assert owner.submit(theirs, {"seen": "1"}).status_code == 302
    assert "Pemilik berkeberatan" in owner.get(f"/en{theirs}".removeprefix("/en")).text
    assert "Pemilik berkeberatan" in moderator.get(path).text


@pytest.mark.parametrize(
    "persona, path, on",
    [
        ("moderator", "/moderasi/organisasi/{bitung}/penerus", "/dasbor/bantuan/baru"),
        ("moderator", "/moderasi/organisasi/{bitung}/penerus/putuskan", "/dasbor/bantuan/baru"),
        ("pemda_owner", "/dasbor/organisasi/{bitung}/anggota", "/dasbor/peluang/baru"),
    ],
)
def test_what_makes_owners_and_members_wants_a_fresh_proof(
    bitung: int, client_as: Callable[[str], PageClient], persona: str, path: str, on: str
) -> None:
    browser = client_as(persona)
    stale()
    answer = browser.submit(path.format(bitung=bitung), {"email": "x@example.com", "role": "editor"}, on=on)
    assert answer.status_code == 302
    assert "/pastikan" in answer.location
    assert db.session.scalar(select(func.count(Succession.id))) == 0
    assert find_unanswered(bitung, "x@example.com") is None


def test_who_proved_long_ago_is_asked_before_typing(
    bitung: int, client_as: Callable[[str], PageClient]
) -> None:
    owner, path = client_as("pemda_owner"), f"/dasbor/organisasi/{bitung}/anggota"
    assert "Kirim undangan" in owner.get(path).text
    stale()
    page = owner.get(path).text
    assert "Kirim undangan" not in page
    assert f"/dasbor/akun/pastikan?next={path}" in page
