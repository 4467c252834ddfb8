"""Two people press within the same second, on connections of their own."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import drafting, editing, publishing, queries
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import DraftChanged, LifeStatus, VersionStatus
from tests import personas
from tests.factories.opportunities import an_opportunity, the_version
from tests.support.clients import PageClient
from tests.support.times import PATIENCE

V = VersionStatus


def stored_version(app: Flask, review: VersionStatus) -> int:
    with app.app_context():
        number = the_version(an_opportunity(review=review)).id
        db.session.commit()
        return number


def both(app: Flask, version_id: int, people: tuple[str, str], act: Callable[..., None]) -> list[Any]:
    """Runs the action for both after both have read the version; what each got: None or the refusal."""
    read = threading.Barrier(2)
    outcomes: list[Any] = [None, None]

    def run(place: int) -> None:
        with app.app_context():
            actor = personas.actor(db.session.connection(), people[place])
            version = queries.find_version(version_id)
            assert version is not None
            read.wait(PATIENCE)
            try:
                act(version, seen=version.revision, actor=actor, now=clock.now())
                db.session.commit()
            except (AlreadyDecided, DraftChanged) as refusal:
                db.session.rollback()
                outcomes[place] = refusal

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def events(version_id: int, *kinds: str) -> int:
    return (
        db.session.scalar(
            select(func.count(AuditEvent.id)).where(
                AuditEvent.object_kind == "opportunity_version",
                AuditEvent.object_id == version_id,
                AuditEvent.kind.in_(kinds),
            )
        )
        or 0
    )


def test_two_moderators_publish_once(committing_app: Flask) -> None:
    number = stored_version(committing_app, V.SUBMITTED)
    outcomes = both(committing_app, number, ("moderator", "moderator_b"), publishing.publish_version)
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], AlreadyDecided)
    winner = ("Maya Lestari", "Adi Nugroho")[outcomes.index(None)]
    assert refused[0].params["who"] == winner
    with committing_app.app_context():
        assert events(number, "version:published") == 1
        notices = db.session.scalar(
            select(func.count(NoticeRow.id)).where(NoticeRow.kind == "version_published")
        )
        assert notices == 3


def test_one_publishes_while_the_other_rejects(committing_app: Flask) -> None:
    number = stored_version(committing_app, V.SUBMITTED)

    def act(version: OpportunityVersion, **arguments: Any) -> None:
        if arguments["actor"].name == "Maya Lestari":
            publishing.publish_version(version, **arguments)
        else:
            publishing.reject_version(version, reason="other", words="", **arguments)

    outcomes = both(committing_app, number, ("moderator", "moderator_b"), act)
    assert sum(outcome is None for outcome in outcomes) == 1
    with committing_app.app_context():
        version = queries.find_version(number)
        assert version is not None
        published = version.status is V.PUBLISHED
        assert (outcomes[0] is None) == published
        assert version.opportunity.status is (LifeStatus.PUBLISHED if published else LifeStatus.UNPUBLISHED)
        assert events(number, "version:published", "version:rejected") == 1


def test_two_editors_save_at_once_and_one_is_told(committing_app: Flask) -> None:
    number = stored_version(committing_app, V.DRAFT)

    def act(version: OpportunityVersion, **arguments: Any) -> None:
        editing.save_draft(version, content={"title_id": arguments["actor"].name}, **arguments)

    outcomes = both(committing_app, number, ("pemda_editor", "pemda_approver"), act)
    assert sum(isinstance(outcome, DraftChanged) for outcome in outcomes) == 1
    winner = ("Joko Rumondor", "Sari Tumbel")[outcomes.index(None)]
    with committing_app.app_context():
        version = queries.find_version(number)
        assert version is not None
        assert version.title_id == winner


def test_two_new_versions_at_once_make_one(committing_app: Flask) -> None:
    with committing_app.app_context():
        opportunity = an_opportunity(review=V.REJECTED)
        number = opportunity.id
        db.session.commit()
    ready = threading.Barrier(2)
    refused: list[str] = []

    def run(name: str) -> None:
        client = PageClient(committing_app)
        with committing_app.app_context():
            client.sign_in(name)
            token = (
                client.get(f"/dasbor/peluang/{number}")
                .text.split('name="csrf_token" value="')[1]
                .split('"')[0]
            )
            ready.wait(PATIENCE)
            answer = client.post(f"/dasbor/peluang/{number}/versi", {"csrf_token": token})
            refused.append(str(answer.status_code))

    threads = [threading.Thread(target=run, args=(name,)) for name in ("pemda_editor", "pemda_approver")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(refused) == ["302", "409"]
    with committing_app.app_context():
        assert db.session.scalar(select(func.count()).where(OpportunityVersion.opportunity_id == number)) == 2


@pytest.mark.parametrize("round_number", range(3))
def test_over_the_wire_one_moderator_gets_through_and_the_other_a_409_page(
    committing_app: Flask, round_number: int
) -> None:
    number = stored_version(committing_app, V.SUBMITTED)
    path = f"/moderasi/peluang/{number}"
    ready = threading.Barrier(2)
    answers: dict[str, Any] = {}

    def run(name: str) -> None:
        client = PageClient(committing_app)
        with committing_app.app_context():
            client.sign_in(name)
            page = client.get(path).text
            fields = {
                "csrf_token": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0],
                "seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0],
                "langkah": "terbitkan",
            }
            ready.wait(PATIENCE)
            answers[name] = client.post(path, fields)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("moderator", "moderator_b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    codes = {name: answer.status_code for name, answer in answers.items()}
    assert sorted(codes.values()) == [302, 409]
    loser = next(name for name, code in codes.items() if code == 409)
    winner = "Adi Nugroho" if loser == "moderator" else "Maya Lestari"
    assert f"Sudah diputuskan {winner}" in answers[loser].text
    with committing_app.app_context():
        assert events(number, "version:published") == 1
        assert (
            db.session.scalar(
                select(func.count(Opportunity.id)).where(
                    Opportunity.status == LifeStatus.PUBLISHED, Opportunity.organisation_id.is_not(None)
                )
            )
            == 1
        )


def test_who_waited_for_the_draft_goes_on_from_what_was_saved_meanwhile(committing_app: Flask) -> None:
    """A draft saves itself while the form's own button is pressed: the second save is no clash."""
    app, number = committing_app, stored_version(committing_app, V.DRAFT)
    with app.app_context():
        version = queries.find_version(number)
        assert version is not None
        read = version.revision
        with db.engine.begin() as meanwhile:
            meanwhile.execute(
                update(OpportunityVersion).values(revision=read + 1, title_id="Tersimpan sendiri")
            )
        drafting.lock_draft(version)
        assert (version.revision, version.title_id) == (read + 1, "Tersimpan sendiri")
