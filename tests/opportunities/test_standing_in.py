"""What a stand-in may do with a listing: release and remark in the approver's name, nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.opportunities import amending, drafting, editing, ending, publishing, queries
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import OwnWriting, VersionStatus
from marketplace.organisations import stand_ins
from marketplace.organisations.signed_in import get_actor
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)

People = Callable[[str], Actor]
V = VersionStatus


@pytest.fixture
def stand_in(session: Any, person: People) -> Callable[[str], Actor]:
    """Makes a member stand in for the approver for a week, and gives the actor of the next request."""

    def make(name: str) -> Actor:
        today = clock.now().date()
        member = person(name)
        stand_ins.name_stand_in(
            an_organisation_id("bitung"), user_id=member.user_id or 0, begins=today + timedelta(days=1),
            until=today + timedelta(days=7), actor=person("pemda_approver"), now=clock.now(),
        )  # fmt: skip
        later = clock.now() + timedelta(days=3)
        clock.use(lambda: later)
        return get_actor(member.user_id or 0)

    return make


def waiting_version(**options: Any) -> OpportunityVersion:
    return the_version(an_opportunity(review=V.IN_APPROVAL, **options))


def release(version: OpportunityVersion, actor: Actor) -> None:
    publishing.submit_version(version, seen=version.revision, actor=actor, now=clock.now())


def remark(version: OpportunityVersion, actor: Actor) -> None:
    publishing.remark_version(
        version, seen=version.revision, marks={"problem": "Sebut angkanya."}, reason="unclear", words="", actor=actor,
        now=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["pemda_editor", "pemda_viewer"])
@pytest.mark.parametrize("step, to", [(release, V.SUBMITTED), (remark, V.DRAFT)])
def test_releases_and_remarks_in_the_approvers_name(
    name: str, step: Callable[..., None], to: VersionStatus, session: Any, person: People,
    stand_in: Callable[[str], Actor],
) -> None:  # fmt: skip
    version = waiting_version()
    member = stand_in(name)
    step(version, member)
    assert version.status is to
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event.actor_id == member.user_id
    assert event.details == {"on_behalf_of": person("pemda_approver").user_id}
    happened = queries.list_happenings(version.opportunity_id)[0]
    assert (happened.who, happened.behalf) == (member.name, "Sari Tumbel")


def test_an_approvers_own_release_is_in_nobodys_name(session: Any, person: People) -> None:
    version = waiting_version()
    release(version, person("pemda_approver"))
    assert queries.list_happenings(version.opportunity_id)[0].behalf is None


def test_nothing_else(session: Any, person: People, stand_in: Callable[[str], Actor]) -> None:
    listed = a_published_opportunity()
    version = the_version(listed)
    member = stand_in("pemda_viewer")
    words = amending.Amendment(words_id="Lokasi dapat ditinjau tiap Kamis.")
    common: dict[str, Any] = {
        "version": version,
        "seen": listed.revision,
        "actor": member,
        "now": clock.now(),
    }
    with pytest.raises(Forbidden):
        ending.withdraw(listed, reason="plans_changed", words="", **common)
    with pytest.raises(Forbidden):
        amending.publish_addendum(listed, amendment=words, **common)
    with pytest.raises(Forbidden):
        editing.save_draft(
            the_version(an_opportunity()), content={"title_id": "Baru"}, seen=1, actor=member, now=clock.now()
        )


def test_an_editor_does_not_release_what_they_alone_wrote(
    session: Any, person: People, stand_in: Callable[[str], Actor]
) -> None:
    """The rule of two pairs of eyes stays; once somebody else wrote too, it is kept."""
    editor, owner = person("pemda_editor"), person("pemda_owner")
    version = the_version(an_opportunity())
    save = {"version": version, "now": clock.now()}
    editing.save_draft(content={"title_id": "Judul baru"}, seen=version.revision, actor=editor, **save)
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
    member = stand_in("pemda_editor")
    with pytest.raises(OwnWriting):
        release(version, member)
    remark(version, member)
    editing.save_draft(content={"sought_id": "Badan usaha."}, seen=version.revision, actor=owner, **save)
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
    release(version, member)
    assert version.status is V.SUBMITTED


def test_who_began_a_version_and_sent_it_unchanged_wrote_it(
    session: Any, person: People, stand_in: Callable[[str], Actor]
) -> None:
    editor = person("pemda_editor")
    version = editing.start_version(a_published_opportunity(), actor=editor, now=clock.now())
    drafting.note_editor(version, actor=person("pemda_owner"), now=clock.now())
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
    with pytest.raises(OwnWriting):
        release(version, stand_in("pemda_editor"))
