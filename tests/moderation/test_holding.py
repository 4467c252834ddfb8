"""A case in hand: seen by colleagues, let go, ended by itself, locking nobody out; one effect under fifty presses."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.interests.rules import InterestStatus
from marketplace.moderation import holding
from marketplace.moderation.models import Hold
from marketplace.moderation.queue_queries import list_queue
from marketplace.moderation.rules import HELD_FOR, HeldByColleague, NoLongerWaiting, QueueKind
from marketplace.opportunities.rules import VersionStatus
from tests import personas
from tests.factories.interests import an_interest
from tests.factories.opportunities import an_opportunity, the_version
from tests.factories.organisations import submitted_pemda
from tests.support.clients import PageClient
from tests.support.times import PATIENCE

People = Callable[[str], Actor]
ClientAs = Callable[[str], PageClient]
PRESSES = 50


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


def a_match() -> int:
    return an_interest(status=InterestStatus.ACCEPTED).id


def hold(case_id: int, actor: Actor, **options: Any) -> None:
    values = {"kind": QueueKind.MATCH, "now": clock.now(), **options}
    holding.hold(case_id=case_id, actor=actor, **values)


def holder_of(case_id: int) -> str | None:
    (item,) = [each for each in list_queue(clock.now(), limit=50) if each.id == case_id]
    return item.holder.name if item.holder else None


def test_each_kind_is_taken_and_let_go(person: People) -> None:
    claim, _owner = submitted_pemda(person("alone"))
    version = the_version(an_opportunity(review=VersionStatus.SUBMITTED))
    moderator = person("moderator")
    for kind, case_id in (
        (QueueKind.MATCH, a_match()),
        (QueueKind.ORGANISATION, claim.id),
        (QueueKind.OPPORTUNITY, version.id),
    ):
        hold(case_id, moderator, kind=kind)
        assert holder_of(case_id) == "Maya Lestari"
        hold(case_id, moderator, kind=kind)
        holding.release(kind=kind, case_id=case_id, actor=moderator)
        assert holder_of(case_id) is None


def test_a_colleague_is_told_and_can_neither_take_nor_release_it(person: People) -> None:
    case_id = a_match()
    hold(case_id, person("moderator"))
    with pytest.raises(HeldByColleague) as told:
        hold(case_id, person("moderator_b"))
    assert told.value.params["who"] == "Maya Lestari"
    holding.release(kind=QueueKind.MATCH, case_id=case_id, actor=person("moderator_b"))
    assert holder_of(case_id) == "Maya Lestari"


def test_it_ends_by_itself_and_is_free_for_a_colleague(person: People) -> None:
    now = clock.now()
    case_id = an_interest(status=InterestStatus.ACCEPTED, now=now - timedelta(days=9)).id
    hold(case_id, person("moderator"), now=now - HELD_FOR)
    assert holder_of(case_id) is None
    hold(case_id, person("moderator_b"), now=now)
    assert holder_of(case_id) == "Adi Nugroho"


def test_what_does_not_wait_is_not_held(person: People) -> None:
    for case_id in (an_interest().id, 2**62):
        with pytest.raises(NoLongerWaiting):
            hold(case_id, person("moderator"))


def test_only_moderators_hold(person: People) -> None:
    case_id = a_match()
    for act in (
        hold,
        lambda case_id, actor: holding.release(kind=QueueKind.MATCH, case_id=case_id, actor=actor),
    ):
        with pytest.raises(Forbidden):
            act(case_id, person("programme_owner"))
        for name in ("pemda_owner", "investor", "alone"):
            with pytest.raises(NotFound):
                act(case_id, person(name))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages(session: Any, client_as: ClientAs, language: str) -> None:
    case_id = a_match()
    page = f"{language}/moderasi/penjodohan/{case_id}"
    first, second = client_as("moderator"), client_as("moderator_b")
    assert ("belum ada" if not language else "nobody yet") in first.get(f"{language}/moderasi").text
    answer = first.submit(f"{page}/pegang", on=page)
    assert answer.location == page
    assert ("Anda memegang" if not language else "You have this case in hand") in first.get(page).text
    seen = second.get(f"{language}/moderasi").text
    assert "Maya Lestari" in seen
    assert (">Lihat<" if not language else ">View<") in seen
    late = second.submit(f"{page}/pegang", on=page.replace(page, f"{language}/dasbor/akun"))
    assert late.status_code == 409
    assert "Maya Lestari" in late.text
    # It locks nobody out.
    assert "Maya Lestari" in second.get(page).text
    assert second.submit(page, {"seen": "1", "langkah": "perkenalkan"}).status_code == 302
    gone = first.submit(f"{page}/pegang", on=f"{language}/dasbor/akun")
    assert gone.status_code == 409


@pytest.mark.parametrize("path", ["palsu/1", "penjodohan/0", f"organisasi/{2**63}"])
def test_made_up_cases(client_as: ClientAs, path: str) -> None:
    browser = client_as("moderator")
    assert browser.submit(f"/moderasi/{path}/pegang", on="/dasbor/akun").status_code in (404, 409)


def test_fifty_presses_of_two_moderators(committed: Flask) -> None:
    """Fifty real connections: one row, one holder, everybody else told by name or left as they were."""
    with committed.app_context():
        case_id = a_match()
        db.session.commit()
        people = [personas.actor(db.session.connection(), name) for name in ("moderator", "moderator_b")]
        db.session.remove()
    ready, answers = threading.Barrier(PRESSES), []

    def press(actor: Actor) -> None:
        with committed.app_context():
            try:
                ready.wait(PATIENCE)
                hold(case_id, actor)
                db.session.commit()
                answers.append((actor.name, "holds"))
            except HeldByColleague as told:
                answers.append((actor.name, told.params["who"]))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press, args=(people[number % 2],)) for number in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    with committed.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hold)) == 1
        winner = holder_of(case_id)
        db.session.remove()
    half = PRESSES // 2
    assert answers.count((winner, "holds")) == half
    assert len([told for name, told in answers if name != winner and told == winner]) == half
