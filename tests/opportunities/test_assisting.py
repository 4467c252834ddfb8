"""LAIP or a province writes for a Pemda, on PostgreSQL: the way through, the refusals, the end."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.extensions import db
from marketplace.lifecycle.rules import AlreadyDecided, ReasonNeeded
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import drafting, editing, publishing
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import VersionStatus
from marketplace.opportunities.support import assisting
from marketplace.opportunities.support.assistance_queries import list_assisted
from marketplace.opportunities.support.assistance_rules import (
    AssistanceStatus,
    NobodyToApprove,
    NobodyToApproveYet,
    OutsideProvince,
    OwnRegion,
    PemdaNotTrusted,
)
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus, RegionUnknown
from tests import personas
from tests.factories.assistance import a_province, written_for
from tests.factories.opportunities import an_organisation_id, the_version
from tests.support.clients import PageClient
from tests.support.times import PATIENCE

A, V = AssistanceStatus, VersionStatus
People = Callable[[str], Actor]
ClientAs = Callable[[str], PageClient]


def step(action: Callable[..., Any], version: OpportunityVersion, actor: Actor, **more: Any) -> None:
    action(version, seen=version.revision, actor=actor, now=clock.now(), **more)


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))


def publish(opportunity: Opportunity, writer: Actor, approver: Actor, moderator: Actor) -> OpportunityVersion:
    version = the_version(opportunity)
    step(publishing.send_to_approver, version, writer)
    step(publishing.submit_version, version, approver)
    step(publishing.publish_version, version, moderator)
    return version


def test_laip_writes_the_region_approves_another_moderator_publishes(session: Any, person: People) -> None:
    writer, approver = person("moderator"), person("pemda_approver")
    approvers = {person("pemda_owner").user_id, approver.user_id}
    opportunity = written_for(writer)
    version = the_version(opportunity)
    assert (opportunity.organisation_id, version.assisted) == (an_organisation_id("bitung"), True)
    assert told("assistance_begun") == approvers
    step(publishing.send_to_approver, version, writer)
    assert told("assistance_handed_over") == approvers
    assert not told("version_sent_to_approver")
    step(
        publishing.remark_version,
        version,
        approver,
        marks={"title": "Sebut kota."},
        reason="unclear",
        words="",
    )
    assert told("version_remarked") == {
        writer.user_id, *(person(name).user_id for name in ("pemda_owner", "pemda_editor"))
    }  # fmt: skip
    step(editing.save_draft, version, writer, content={"title_id": "Air minum Bitung"})
    step(publishing.send_to_approver, version, writer)
    step(publishing.submit_version, version, approver)
    for action, more in (
        (publishing.publish_version, {}),
        (publishing.reject_version, {"reason": "duplicate", "words": ""}),
        (publishing.return_version, {"marks": {}, "reason": "unclear", "words": "Jelaskan."}),
    ):
        with pytest.raises(Forbidden):
            step(action, version, writer, **more)
    step(publishing.publish_version, version, person("moderator_b"))
    assert version.status is V.PUBLISHED


def test_pressed_twice_it_is_begun_once(session: Any, person: People) -> None:
    first, again = written_for(person("moderator")), written_for(person("moderator"))
    later = written_for(person("moderator"), now=clock.now() + timedelta(minutes=5))
    assert (first.id == again.id, first.id == later.id) == (True, False)


def test_a_second_helper_becomes_a_writer_by_writing(session: Any, person: People) -> None:
    version = the_version(written_for(person("moderator")))
    step(editing.save_draft, version, person("moderator_b"), content={"title_id": "Air minum"})
    step(publishing.send_to_approver, version, person("moderator"))
    step(publishing.submit_version, version, person("pemda_approver"))
    with pytest.raises(Forbidden):
        step(publishing.publish_version, version, person("moderator_b"))


def test_a_province_writes_within_itself_only(session: Any, person: People) -> None:
    province = a_province()
    version = the_version(written_for(province, "Kota Bitung"))
    step(publishing.send_to_approver, version, province)
    assert version.status is V.IN_APPROVAL
    for region in ("35.19", "71"):
        with pytest.raises(OutsideProvince):
            written_for(province, region)
    with pytest.raises(NobodyToApprove):
        written_for(province, "71.71")


def suspend(key: str) -> None:
    db.session.execute(
        update(Organisation)
        .where(Organisation.id == an_organisation_id(key))
        .values(status=OrganisationStatus.SUSPENDED)
    )


@pytest.mark.parametrize(
    "name, region, refusal",
    [
        ("moderator", "71.71", NobodyToApproveYet),
        ("moderator", "Kota Tomohon", NobodyToApproveYet),
        ("moderator", "35.19", PemdaNotTrusted),
        ("moderator", "Atlantis", RegionUnknown),
        ("pemda_owner", "35.19", NotFound),
        ("programme_owner", "71.72", NotFound),
        ("alone", "71.72", NotFound),
    ],
)
def test_what_cannot_begin(
    session: Any, person: People, name: str, region: str, refusal: type[Refusal]
) -> None:
    suspend("madiun")
    with pytest.raises(refusal):
        written_for(person(name), region)


def test_a_provinces_viewer_and_a_member_of_the_region_begin_nothing(session: Any, person: People) -> None:
    with pytest.raises(Forbidden):
        written_for(a_province(role=MemberRole.VIEWER))
    both = person("pemda_editor")
    moderator = person("moderator")
    with pytest.raises(OwnRegion):
        written_for(Actor(moderator.user_id, "M", "id", moderator.staff_roles, both.memberships))


def end(
    opportunity: Opportunity, actor: Actor, reason: str | None = None, *, seen: int | None = None
) -> None:
    assert opportunity.assistance is not None
    arguments: dict[str, Any] = {
        "seen": opportunity.assistance.revision if seen is None else seen, "actor": actor, "now": clock.now(),
    }  # fmt: skip
    if reason is None:
        assisting.take_over(opportunity, **arguments)
    else:
        assisting.refuse(opportunity, reason=reason, words="", **arguments)


@pytest.mark.parametrize("reason, status", [(None, A.TAKEN_OVER), ("not_asked", A.REFUSED)])
def test_the_pemda_ends_it_at_once(session: Any, person: People, reason: str | None, status: A) -> None:
    writer, approver = person("moderator"), person("pemda_approver")
    opportunity = written_for(writer)
    version = the_version(opportunity)
    step(publishing.send_to_approver, version, writer)
    with pytest.raises(Forbidden):
        end(opportunity, person("pemda_editor"), reason)
    end(opportunity, approver, reason)
    assert opportunity.assistance is not None
    assert (opportunity.assistance.status, opportunity.assistance.ended_by) == (status, approver.user_id)
    assert told("assistance_ended") == {writer.user_id}
    # What waited for the approver is the Pemda's own draft.
    assert version.status is V.DRAFT
    with pytest.raises(Forbidden):
        step(editing.save_draft, version, writer, content={"title_id": "Masih saya"})
    step(editing.save_draft, version, person("pemda_editor"), content={"title_id": "Kini kami"})
    with pytest.raises(AlreadyDecided):
        end(opportunity, person("pemda_owner"), reason, seen=1)
    # Who wrote does not decide, also when the assistance is over.
    step(publishing.send_to_approver, version, person("pemda_editor"))
    step(publishing.submit_version, version, approver)
    with pytest.raises(Forbidden):
        step(publishing.publish_version, version, writer)


def test_refusing_wants_a_reason(session: Any, person: People) -> None:
    opportunity = written_for(person("moderator"))
    with pytest.raises(ReasonNeeded):
        end(opportunity, person("pemda_owner"), "")


def test_a_later_version_is_begun_only_while_it_stands(session: Any, person: People) -> None:
    writer, approver, other = person("moderator"), person("pemda_approver"), person("moderator_b")
    opportunity = written_for(writer)
    publish(opportunity, writer, approver, other)
    second = editing.start_version(opportunity, actor=writer, now=clock.now())
    assert second.assisted
    step(publishing.send_to_approver, second, writer)
    step(publishing.submit_version, second, approver)
    step(publishing.publish_version, second, other)
    end(opportunity, approver)
    with pytest.raises(Forbidden):
        editing.start_version(opportunity, actor=writer, now=clock.now())


def test_the_pemdas_own_draft_is_none_of_the_helpers_business(session: Any, person: People) -> None:
    writer = person("moderator")
    opportunity = written_for(writer)
    published = publish(opportunity, writer, person("pemda_approver"), person("moderator_b"))
    own = editing.start_version(opportunity, actor=person("pemda_editor"), now=clock.now())
    step(editing.save_draft, own, person("pemda_editor"), content={"title_id": "Rahasia daerah"})
    with pytest.raises(Forbidden):
        step(editing.save_draft, own, writer, content={"title_id": "Ikut"})
    (line,) = list_assisted(None, limit=9)
    assert (line.readable, line.title_id) == (False, published.title_id)


def test_an_end_waits_for_the_write_and_the_next_write_is_refused(committing_app: Flask) -> None:
    """The helper holds the assistance while writing; who saves after its end writes nothing."""
    app = committing_app
    with app.app_context():
        number = written_for(personas.actor(db.session.connection(), "moderator")).id
        db.session.commit()
    read, ended = threading.Event(), threading.Event()
    outcome: list[Any] = []

    def write() -> None:
        with app.app_context():
            actor = personas.actor(db.session.connection(), "moderator")
            version = the_version(db.session.get_one(Opportunity, number))
            read.set()
            assert ended.wait(PATIENCE)
            try:
                drafting.lock_draft(version)
                step(editing.save_draft, version, actor, content={"title_id": "Terlambat"})
                db.session.commit()
            except Forbidden as refusal:
                db.session.rollback()
                outcome.append(refusal)

    thread = threading.Thread(target=write)
    thread.start()
    assert read.wait(PATIENCE)
    with app.app_context():
        end(db.session.get_one(Opportunity, number), personas.actor(db.session.connection(), "pemda_owner"))
        db.session.commit()
    ended.set()
    thread.join(PATIENCE)
    assert len(outcome) == 1
    with app.app_context():
        assert the_version(db.session.get_one(Opportunity, number)).title_id != "Terlambat"
