"""From draft to published: works, refused, too late, twice; and what is left behind."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.changes.models import Change
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, MoveImpossible, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.actions import follow
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import editing, ending, publishing, queries
from marketplace.opportunities.models import Opportunity, OpportunityVersion, VersionMark
from marketplace.opportunities.rules import (
    AnotherVersionOpen,
    DeadlinePassed,
    DraftChanged,
    LifeStatus,
    ListingEnded,
    NotEditable,
    NotYetClosed,
    OpportunityIncomplete,
    OrganisationNotVerified,
    VersionStatus,
)
from marketplace.organisations.models import Member
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)

People = Callable[[str], Actor]
V, L = VersionStatus, LifeStatus


def told(session: Any, kind: str) -> set[int]:
    return set(session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))


def events(session: Any, version: OpportunityVersion) -> list[str]:
    return list(
        session.scalars(
            select(AuditEvent.kind)
            .where(AuditEvent.object_kind == "opportunity_version", AuditEvent.object_id == version.id)
            .order_by(AuditEvent.id)
        )
    )


def public_changes(session: Any, opportunity: Opportunity) -> int:
    return session.scalar(
        select(func.count(Change.id)).where(Change.kind == "opportunity", Change.object_id == opportunity.id)
    )


def step(action: Any, version: OpportunityVersion, actor: Actor, **more: Any) -> None:
    action(
        version,
        seen=more.pop("seen", version.revision),
        actor=actor,
        now=more.pop("now", clock.now()),
        **more,
    )


def returning(version: OpportunityVersion, actor: Actor, **more: Any) -> None:
    options = {"marks": {"problem": "Sebut angkanya."}, "reason": "incomplete", "words": ""}
    step(publishing.return_version, version, actor, **{**options, **more})


def test_the_whole_way(session: Any, person: People) -> None:
    editor, approver, moderator = person("pemda_editor"), person("pemda_approver"), person("moderator")
    opportunity = an_opportunity()
    version = the_version(opportunity)
    step(publishing.send_to_approver, version, editor)
    assert told(session, "version_sent_to_approver") == {approver.user_id, person("pemda_owner").user_id}
    step(publishing.submit_version, version, approver)
    assert version.submitted_at is not None
    assert told(session, "version_submitted") == {moderator.user_id, person("moderator_b").user_id}
    assert public_changes(session, opportunity) == 0
    step(publishing.publish_version, version, moderator)
    assert (version.status, opportunity.status) == (V.PUBLISHED, L.PUBLISHED)
    assert opportunity.slug == f"spam-bitung-demonstrasi-{opportunity.tail}"
    assert opportunity.published_version_id == version.id
    assert public_changes(session, opportunity) == 1
    assert told(session, "version_published") == {
        person(name).user_id for name in ("pemda_owner", "pemda_approver", "pemda_editor")
    }
    assert events(session, version) == ["version:sent_to_approver", "version:submitted", "version:published"]


def test_every_notice_of_the_way_owes_a_mail(session: Any, person: People) -> None:
    version = the_version(an_opportunity())
    step(publishing.send_to_approver, version, person("pemda_editor"))
    owed = session.scalars(
        select(Delivery.user_id).where(Delivery.template == "version_sent_to_approver")
    ).all()
    assert set(owed) == told(session, "version_sent_to_approver")


def test_the_deadline_ends_with_the_day_of_the_region(session: Any, person: People) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    opportunity = an_opportunity(review=V.SUBMITTED, closes_on=date(2026, 8, 28), now=now)
    step(publishing.publish_version, the_version(opportunity), person("moderator"), now=now)
    # 23.59 WITA is 15.59 UTC.
    assert opportunity.closes_at is not None
    assert opportunity.closes_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") == "2026-08-28 15:59"


def test_a_one_person_pemda_passes_approval_by_itself(session: Any, person: People) -> None:
    opportunity = an_opportunity("madiun")
    version = the_version(opportunity)
    step(publishing.send_to_approver, version, person("other_approver"))
    assert version.status is V.SUBMITTED
    assert events(session, version) == ["version:sent_to_approver", "version:submitted"]
    assert told(session, "version_sent_to_approver") == set()


def test_an_editor_left_alone_does_not_pass_by_itself(session: Any, person: People) -> None:
    editor = person("pemda_editor")
    session.execute(
        delete(Member).where(
            Member.organisation_id == an_organisation_id("bitung"), Member.user_id != editor.user_id
        )
    )
    version = the_version(an_opportunity())
    step(publishing.send_to_approver, version, editor)
    assert version.status is V.IN_APPROVAL


@pytest.mark.parametrize("action", [publishing.send_to_approver, publishing.submit_version])
def test_what_is_incomplete_is_not_sent_on(action: Any, session: Any, person: People) -> None:
    review = V.DRAFT if action is publishing.send_to_approver else V.IN_APPROVAL
    version = the_version(an_opportunity(review=review, users_served_id=""))
    with pytest.raises(OpportunityIncomplete):
        step(action, version, person("pemda_approver"))
    assert version.status is review


def test_an_unverified_pemda_drafts_but_does_not_send(session: Any, person: People) -> None:
    owner = person("new_pemda")
    opportunity = editing.start_draft(
        organisation_id=owner.memberships[0].organisation_id,
        template="kosong",
        content={},
        actor=owner,
        now=clock.now(),
    )
    assert opportunity.region_code == "71.73"
    with pytest.raises(OrganisationNotVerified):
        step(publishing.send_to_approver, the_version(opportunity), owner)


@pytest.mark.parametrize(
    "name", ["pemda_editor", "pemda_viewer", "other_approver", "investor", "moderator", "alone"]
)
def test_only_its_approvers_release_a_version(name: str, session: Any, person: People) -> None:
    version = the_version(an_opportunity(review=V.IN_APPROVAL))
    with pytest.raises(Forbidden):
        step(publishing.submit_version, version, person(name))
    assert version.status is V.IN_APPROVAL


@pytest.mark.parametrize(
    "name", ["pemda_owner", "other_approver", "investor", "programme_owner", "companion"]
)
def test_only_moderators_decide(name: str, session: Any, person: People) -> None:
    version = the_version(an_opportunity(review=V.SUBMITTED))
    with pytest.raises(Forbidden):
        step(publishing.publish_version, version, person(name))
    with pytest.raises(Forbidden):
        step(publishing.reject_version, version, person(name), reason="other", words="")
    with pytest.raises(Forbidden):
        returning(version, person(name))
    assert session.scalar(select(func.count(VersionMark.id))) == 0


def test_the_approver_sends_it_back_with_remarks_and_it_comes_again(session: Any, person: People) -> None:
    editor, approver = person("pemda_editor"), person("pemda_approver")
    version = the_version(an_opportunity(review=V.IN_APPROVAL))
    step(
        publishing.remark_version,
        version,
        approver,
        marks={"value_amount": "Sumbernya?"},
        reason="figures_doubtful",
        words="Cek lagi.",
    )
    assert version.status is V.DRAFT
    assert queries.list_marks(version.id) == {"value_amount": "Sumbernya?"}
    assert editor.user_id in told(session, "version_remarked")
    assert approver.user_id not in told(session, "version_remarked")
    step(publishing.send_to_approver, version, editor)
    assert queries.list_marks(version.id) == {}


def test_laip_returns_it_with_marks_and_saving_reopens_it(session: Any, person: People) -> None:
    editor, moderator = person("pemda_editor"), person("moderator")
    version = the_version(an_opportunity(review=V.SUBMITTED))
    returning(version, moderator, words="Lihat catatan.")
    assert version.status is V.RETURNED
    assert (version.decision_reason, version.decision_words) == ("incomplete", "Lihat catatan.")
    editing.save_draft(
        version, content={"title_id": "Baru"}, seen=version.revision, actor=editor, now=clock.now()
    )
    assert (version.status, version.title_id) == (V.DRAFT, "Baru")
    # The marks stay beside the fields until it is sent again.
    assert queries.list_marks(version.id) == {"problem": "Sebut angkanya."}
    words = session.scalars(select(AuditWords.words).where(AuditWords.words.is_not(None))).all()
    assert "Lihat catatan." in words


@pytest.mark.parametrize("reason", [None, "", "plans_changed"])
def test_a_negative_decision_needs_one_of_its_reasons(
    reason: str | None, session: Any, person: People
) -> None:
    version = the_version(an_opportunity(review=V.SUBMITTED))
    with pytest.raises(ReasonNeeded):
        returning(version, person("moderator"), reason=reason)
    with pytest.raises(ReasonNeeded):
        step(publishing.reject_version, version, person("moderator"), reason=reason, words="")
    assert version.status is V.SUBMITTED


def test_the_second_decision_is_refused_and_told_who_was_first(session: Any, person: People) -> None:
    version = the_version(an_opportunity(review=V.SUBMITTED))
    read = version.revision
    step(publishing.publish_version, version, person("moderator"))
    with pytest.raises(AlreadyDecided) as refused:
        step(publishing.reject_version, version, person("moderator_b"), seen=read, reason="other", words="")
    assert refused.value.params["who"] == "Maya Lestari"
    assert events(session, version) == ["version:published"]


def test_a_decision_names_the_version_that_it_read(session: Any, person: People) -> None:
    """Returned, changed and submitted again while another moderator still reads the old text."""
    editor, approver = person("pemda_editor"), person("pemda_approver")
    opportunity = an_opportunity(review=V.SUBMITTED)
    version = the_version(opportunity)
    read = version.revision
    returning(version, person("moderator_b"))
    editing.save_draft(
        version,
        content={"sought_id": "Lain sama sekali."},
        seen=version.revision,
        actor=editor,
        now=clock.now(),
    )
    step(publishing.send_to_approver, version, editor)
    step(publishing.submit_version, version, approver)
    with pytest.raises(ChangedSinceRead):
        step(publishing.publish_version, version, person("moderator"), seen=read)
    assert opportunity.status is L.UNPUBLISHED


def test_a_draft_cannot_be_published(session: Any, person: People) -> None:
    version = the_version(an_opportunity())
    with pytest.raises(MoveImpossible):
        step(publishing.publish_version, version, person("moderator"))


def test_what_waited_past_its_deadline_is_not_published(session: Any, person: People) -> None:
    version = the_version(an_opportunity(review=V.SUBMITTED))
    with pytest.raises(DeadlinePassed):
        step(publishing.publish_version, version, person("moderator"), now=clock.now() + timedelta(days=91))


def test_a_new_version_is_a_copy_and_replaces_the_old_one_when_published(
    session: Any, person: People
) -> None:
    editor, approver, moderator = person("pemda_editor"), person("pemda_approver"), person("moderator")
    opportunity = a_published_opportunity()
    first, slug = opportunity.published_version_id, opportunity.slug
    follow(
        "opportunity", opportunity.id, user_id=person("investor").user_id or 0, why="watch", now=clock.now()
    )
    version = editing.start_version(opportunity, actor=editor, now=clock.now())
    assert (version.number, version.title_id) == (2, "SPAM Bitung, demonstrasi")
    with pytest.raises(AnotherVersionOpen):
        editing.start_version(opportunity, actor=editor, now=clock.now())
    editing.save_draft(
        version, content={"title_id": "Judul lain"}, seen=version.revision, actor=editor, now=clock.now()
    )
    assert opportunity.published_version_id == first
    before = public_changes(session, opportunity)
    step(publishing.send_to_approver, version, editor)
    step(publishing.submit_version, version, approver)
    step(publishing.publish_version, version, moderator)
    assert opportunity.published_version_id == version.id
    assert opportunity.slug == slug
    assert public_changes(session, opportunity) == before + 1
    assert told(session, "opportunity_updated") == {person("investor").user_id}


def test_after_a_rejection_another_version_may_be_written(session: Any, person: People) -> None:
    opportunity = an_opportunity(review=V.SUBMITTED)
    version = the_version(opportunity)
    step(publishing.reject_version, version, person("moderator"), reason="is_a_tender", words="")
    assert (version.status, opportunity.status) == (V.REJECTED, L.UNPUBLISHED)
    assert editing.start_version(opportunity, actor=person("pemda_editor"), now=clock.now()).number == 2


@pytest.mark.parametrize("name", ["pemda_viewer", "other_approver", "investor", "moderator"])
def test_only_writers_of_the_pemda_save(name: str, session: Any, person: People) -> None:
    opportunity = an_opportunity()
    version = the_version(opportunity)
    with pytest.raises(Forbidden):
        editing.save_draft(
            version, content={"title_id": "X"}, seen=version.revision, actor=person(name), now=clock.now()
        )
    with pytest.raises(Forbidden):
        editing.start_version(opportunity, actor=person(name), now=clock.now())


@pytest.mark.parametrize("review", [V.IN_APPROVAL, V.SUBMITTED, V.PUBLISHED, V.REJECTED])
def test_what_is_with_others_is_not_edited(review: VersionStatus, session: Any, person: People) -> None:
    version = the_version(an_opportunity(review=review))
    with pytest.raises(NotEditable):
        editing.save_draft(
            version,
            content={"title_id": "X"},
            seen=version.revision,
            actor=person("pemda_editor"),
            now=clock.now(),
        )
    session.expire_all()
    assert version.title_id == "SPAM Bitung, demonstrasi"


def test_a_stale_save_is_refused_and_says_who_was_first(session: Any, person: People) -> None:
    version = the_version(an_opportunity())
    read = version.revision
    editing.save_draft(
        version, content={"title_id": "A"}, seen=read, actor=person("pemda_approver"), now=clock.now()
    )
    with pytest.raises(DraftChanged) as refused:
        editing.save_draft(
            version, content={"title_id": "B"}, seen=read, actor=person("pemda_editor"), now=clock.now()
        )
    assert refused.value.params["who"] == "Sari Tumbel"
    with pytest.raises(DraftChanged) as own:
        editing.save_draft(
            version, content={"title_id": "C"}, seen=read, actor=person("pemda_approver"), now=clock.now()
        )
    assert "Anda sendiri" in str(own.value.params["who"])
    assert version.title_id == "A"


def test_withdrawing_takes_it_down_with_a_reason(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    version = the_version(opportunity)
    follow(
        "opportunity", opportunity.id, user_id=person("investor").user_id or 0, why="watch", now=clock.now()
    )
    options: dict[str, Any] = {
        "version": version,
        "seen": opportunity.revision,
        "words": "",
        "now": clock.now(),
    }
    with pytest.raises(ReasonNeeded):
        ending.withdraw(opportunity, reason=None, actor=person("pemda_approver"), **options)
    with pytest.raises(Forbidden):
        ending.withdraw(opportunity, reason="plans_changed", actor=person("pemda_editor"), **options)
    ending.withdraw(opportunity, reason="plans_changed", actor=person("pemda_approver"), **options)
    assert (opportunity.status, opportunity.end_reason) == (L.WITHDRAWN, "plans_changed")
    assert public_changes(session, opportunity) == 1
    assert told(session, "opportunity_withdrawn") >= {
        person("investor").user_id,
        person("pemda_editor").user_id,
    }
    with pytest.raises(AlreadyDecided):
        ending.withdraw(opportunity, reason="other", actor=person("pemda_owner"), **options)


def test_a_withdrawn_listing_gets_no_new_version(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    version = editing.start_version(opportunity, actor=person("pemda_editor"), now=clock.now())
    step(publishing.send_to_approver, version, person("pemda_editor"))
    step(publishing.submit_version, version, person("pemda_approver"))
    ending.withdraw(
        opportunity,
        version=version,
        seen=opportunity.revision,
        reason="other",
        words="",
        actor=person("pemda_approver"),
        now=clock.now(),
    )
    with pytest.raises(ListingEnded):
        step(publishing.publish_version, version, person("moderator"))


@pytest.mark.parametrize("outcome, reason", [(L.PARTNER_FOUND, None), (L.NO_PARTNER, "no_interest")])
def test_an_outcome_closes_the_story(
    outcome: LifeStatus, reason: str | None, session: Any, person: People
) -> None:
    opportunity = a_published_opportunity()
    options: dict[str, Any] = {
        "version": the_version(opportunity), "outcome": outcome, "reason": reason, "words": "",
        "seen": opportunity.revision, "actor": person("pemda_approver"),
    }  # fmt: skip
    with pytest.raises(NotYetClosed):
        ending.record_outcome(opportunity, now=clock.now(), **options)
    ending.record_outcome(opportunity, now=clock.now() + timedelta(days=91), **options)
    assert opportunity.status is outcome
    assert public_changes(session, opportunity) == 1


def test_no_partner_needs_a_reason(session: Any, person: People) -> None:
    opportunity = a_published_opportunity()
    with pytest.raises(ReasonNeeded):
        ending.record_outcome(
            opportunity, version=the_version(opportunity), outcome=L.NO_PARTNER, reason="", words="", seen=opportunity.revision,
            actor=person("pemda_approver"), now=clock.now() + timedelta(days=91),
        )  # fmt: skip
