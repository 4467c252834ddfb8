"""Reminders of what waits for the approver: once each, one letter an organisation, none after downtime beside."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import publishing
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.reminding import list_with_waiting, remind_approvers
from marketplace.opportunities.rules import VersionStatus
from marketplace.organisations import stand_ins
from tests.factories.opportunities import an_opportunity, an_organisation_id, the_version

People = Callable[[str], Actor]
SENT = datetime(2026, 3, 2, 3, tzinfo=UTC)


def sent(person: People, now: datetime = SENT, **content: Any) -> OpportunityVersion:
    clock.use(lambda: now)
    version = the_version(an_opportunity(now=now, **content))
    publishing.send_to_approver(version, seen=version.revision, actor=person("pemda_editor"), now=now)
    return version


def run(now: datetime) -> int:
    """One run of the job."""
    clock.use(lambda: now)
    return sum(remind_approvers(number, now=now) for number in list_with_waiting())


def reminded(session: Any) -> list[int]:
    return sorted(session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == "approval_reminder")))


def test_after_three_and_seven_working_days_once_each(session: Any, person: People) -> None:
    version = sent(person)
    both = sorted([person("pemda_owner").user_id or 0, person("pemda_approver").user_id or 0])
    runs = [(day, run(SENT + timedelta(days=day))) for day in (3, 4, 4, 5, 9, 10, 11, 30)]
    assert [day for day, number in runs if number] == [4, 10]
    assert reminded(session) == sorted(both * 2)
    assert version.reminded_days == 7


def test_downtime_and_many_versions_make_one_letter(session: Any, person: People) -> None:
    for number in range(3):
        sent(person, title_id=f"Peluang {number}")
    assert run(SENT + timedelta(days=40)) == 3
    assert run(SENT + timedelta(days=41)) == 0
    assert len(reminded(session)) == 2
    letter = session.scalars(select(Delivery).where(Delivery.template == "approval_reminder")).first()
    assert (letter.params["count"], letter.path) == (3, "/dasbor")


def test_sent_again_begins_anew_and_what_is_gone_is_not_reminded_of(session: Any, person: People) -> None:
    version = sent(person)
    publishing.remark_version(
        version, seen=version.revision, marks={"problem": "Sebut."}, reason="unclear", words="",
        actor=person("pemda_approver"), now=SENT,
    )  # fmt: skip
    assert run(SENT + timedelta(days=20)) == 0
    again = SENT + timedelta(days=21)
    publishing.send_to_approver(version, seen=version.revision, actor=person("pemda_editor"), now=again)
    assert (version.awaiting_since, version.reminded_days) == (again, None)
    assert run(again + timedelta(days=1)) == 0
    publishing.submit_version(version, seen=version.revision, actor=person("pemda_approver"), now=again)
    assert run(again + timedelta(days=20)) == 0


def test_who_stands_in_is_reminded_too_and_an_unverified_pemda_nobody(session: Any, person: People) -> None:
    sent(person)
    bitung = an_organisation_id("bitung")
    viewer = person("pemda_viewer")
    stand_ins.name_stand_in(
        bitung, user_id=viewer.user_id or 0, begins=date(2026, 3, 2), until=date(2026, 3, 20),
        actor=person("pemda_approver"), now=SENT,
    )  # fmt: skip
    the_version(an_opportunity("new_pemda", review=VersionStatus.IN_APPROVAL)).awaiting_since = SENT
    session.flush()
    assert run(SENT + timedelta(days=7)) == 1
    assert viewer.user_id in reminded(session)
    assert person("new_pemda").user_id not in reminded(session)


def test_reading_goes_on_while_a_reminder_is_written(session: Any, person: People) -> None:
    """A reminder is no change of what the approver has read."""
    version = sent(person)
    seen = version.revision
    run(SENT + timedelta(days=7))
    publishing.submit_version(version, seen=seen, actor=person("pemda_approver"), now=clock.now())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_editor_sees_since_when_it_waits_and_that_a_reminder_went_out(
    person: People, client_as: Callable[[str], Any], prefix: str
) -> None:
    version = sent(person)
    page = f"{prefix}/dasbor/peluang/{version.opportunity_id}"
    run(SENT + timedelta(days=7))
    text = client_as("pemda_editor").get(page).text
    assert ("Penyetuju diingatkan 9 Maret 2026" if not prefix else "reminded on 9 March 2026") in text
