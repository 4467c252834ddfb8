"""Watching: who is told of what, by which way, once each; and how it ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.core import clock
from marketplace.core.actor import VISITOR, Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.notifications.actions import follow
from marketplace.notifications.models import Follower, NoticeRow
from marketplace.opportunities import amending, editing, ending, publishing
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.saved import watching
from marketplace.saved.queries import list_closing_soon
from marketplace.saved.rules import NothingToWatch
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.personas import PEOPLE
from tests.support.clients import PageClient

People = Callable[[str], Actor]
ClientAs = Callable[[str], PageClient]
# In Bitung, eight hours ahead.
CLOSES = date(2026, 3, 31)
LONG_BEFORE = datetime(2026, 3, 1, tzinfo=UTC)


def told(session: Any, kind: str) -> list[int]:
    return sorted(session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == kind)))


def mailed(session: Any, kind: str) -> list[int]:
    return sorted(session.scalars(select(Delivery.user_id).where(Delivery.template == kind)))


def watched(session: Any, listing: Opportunity, *names: str, person: People, **options: Any) -> list[int]:
    for name in names:
        watching.watch(listing, actor=person(name), now=clock.now(), **options)
    return sorted(person(name).user_id or 0 for name in names)


def test_who_may_watch_what(session: Any, person: People) -> None:
    investor, listing = person("investor"), a_published_opportunity()
    with pytest.raises(Forbidden):
        watching.watch(listing, actor=VISITOR, now=clock.now())
    for hidden in (an_opportunity(), a_published_opportunity(life=LifeStatus.WITHDRAWN)):
        with pytest.raises(NotFound):
            watching.watch(hidden, actor=investor, now=clock.now())
    for still in (
        a_published_opportunity(life=LifeStatus.NO_PARTNER),
        a_published_opportunity(origin=Origin.PUBLIC_EXAMPLE),
    ):
        with pytest.raises(NothingToWatch):
            watching.watch(still, actor=investor, now=clock.now())
    for by_mail in (True, False):
        watching.watch(listing, by_mail=by_mail, actor=investor, now=clock.now())
    row = session.scalars(select(Follower)).one()
    assert (row.object_id, row.why, row.by_mail) == (listing.id, "watch", False)
    watching.stop(listing.id, actor=person("startup"))
    watching.stop(listing.id, actor=investor)
    watching.stop(listing.id, actor=investor)
    assert session.scalars(select(Follower)).all() == []


def test_an_edit_is_told_once_with_its_difference_and_by_the_way_chosen(session: Any, person: People) -> None:
    listing, moderator = a_published_opportunity(), person("moderator")
    both = watched(session, listing, "investor", person=person)
    both += watched(session, listing, "startup", person=person, by_mail=False)
    # A colleague hears of it as such, and not once more.
    watched(session, listing, "pemda_editor", person=person)
    version = editing.start_version(listing, actor=person("pemda_editor"), now=clock.now())
    editing.save_draft(
        version,
        content={"title_id": "Judul baru"},
        seen=version.revision,
        actor=person("pemda_editor"),
        now=clock.now(),
    )
    publishing.send_to_approver(version, seen=version.revision, actor=person("pemda_editor"), now=clock.now())
    publishing.submit_version(version, seen=version.revision, actor=person("pemda_approver"), now=clock.now())
    assert told(session, "opportunity_updated") == []
    publishing.publish_version(version, seen=version.revision, actor=moderator, now=clock.now())
    assert told(session, "opportunity_updated") == sorted(both)
    assert person("pemda_editor").user_id in told(session, "version_published")
    letter = session.scalars(select(Delivery).where(Delivery.template == "opportunity_updated")).one()
    assert letter.user_id == person("investor").user_id
    assert letter.path == f"/peluang/{listing.slug}/perubahan?versi=2"


def test_more_time_the_outcome_and_a_withdrawal_are_told(session: Any, person: People) -> None:
    past = clock.now() - timedelta(days=40)
    approver = person("pemda_approver")
    longer, ended, gone = (
        a_published_opportunity(), a_published_opportunity(now=past, closes_on=(past + timedelta(days=30)).date()),
        a_published_opportunity(),
    )  # fmt: skip
    for listing in (longer, ended, gone):
        readers = watched(session, listing, "investor", person=person)
    later = amending.Amendment("Tenggat diundur.", interest_deadline=longer.closes_on + timedelta(days=9))
    amending.publish_addendum(
        longer,
        version=the_version(longer),
        amendment=later,
        seen=longer.revision,
        actor=approver,
        now=clock.now(),
    )
    ending.record_outcome(
        ended, version=the_version(ended), outcome=LifeStatus.PARTNER_FOUND, seen=ended.revision, reason=None, words="",
        actor=approver, now=clock.now(),
    )  # fmt: skip
    ending.withdraw(
        gone, version=the_version(gone), seen=gone.revision, reason="plans_changed", words="", actor=approver,
        now=clock.now(),
    )  # fmt: skip
    for kind in ("opportunity_addendum", "opportunity_outcome"):
        assert set(readers) <= set(told(session, kind)), kind
    assert told(session, "opportunity_withdrawn").count(readers[0]) == 1


def closing(session: Any, person: People) -> Opportunity:
    """A listing that ends at the end of March, watched by two since long, one of them in the inbox only."""
    clock.use(lambda: LONG_BEFORE)
    listing = a_published_opportunity(now=LONG_BEFORE, closes_on=CLOSES)
    watched(session, listing, "investor", person=person)
    watched(session, listing, "startup", person=person, by_mail=False)
    follow("opportunity", listing.id, user_id=person("tutor").user_id or 0, why="interest", now=LONG_BEFORE)
    session.flush()
    return listing


def run(at: datetime) -> int:
    """One run of the job."""
    clock.use(lambda: at)
    return sum(watching.warn_of_deadline(number, now=at) for number in list_closing_soon(at))


def morning(day: int) -> datetime:
    """Seven in the morning of that day of March in Bitung."""
    return datetime(2026, 3, day, 7, tzinfo=UTC) - timedelta(hours=8)


def test_seven_days_and_one_day_before_once_each(session: Any, person: People) -> None:
    closing(session, person)
    days = {day: run(morning(day)) for day in range(20, 32)}
    days_again = {day: run(morning(day)) for day in (24, 30, 31)}
    assert {day: number for day, number in days.items() if number} == {24: 2, 30: 2}
    assert not any(days_again.values())
    assert run(morning(31) + timedelta(days=1)) == 0
    both = sorted(person(name).user_id or 0 for name in ("investor", "startup"))
    assert told(session, "opportunity_deadline") == sorted(both * 2)
    assert mailed(session, "opportunity_deadline") == [person("investor").user_id] * 2


def test_after_downtime_one_thing_is_told_and_a_later_deadline_anew(session: Any, person: People) -> None:
    listing = closing(session, person)
    assert run(morning(31)) == 2
    listing.closes_on, listing.closes_at = CLOSES + timedelta(days=7), listing.closes_at + timedelta(days=7)
    session.flush()
    assert run(morning(31) + timedelta(hours=3)) == 2
    news = session.scalars(select(NoticeRow.params).where(NoticeRow.kind == "opportunity_deadline")).all()
    assert sorted((each["days"], each["deadline"]) for each in news) == [
        (0, "2026-03-31"), (0, "2026-03-31"), (7, "2026-04-07"), (7, "2026-04-07"),
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["withdrawn", "paused", "late", "nobody"])
def test_nobody_is_told_of_a_deadline_that_is_none(session: Any, person: People, what: str) -> None:
    listing = closing(session, person)
    if what == "withdrawn":
        listing.status = LifeStatus.WITHDRAWN
    elif what == "paused":
        session.get_one(Organisation, listing.organisation_id).status = OrganisationStatus.SUSPENDED
    elif what == "late":
        for row in session.scalars(select(Follower)):
            row.created_at = morning(25)
    else:
        for name in ("investor", "startup"):
            watching.stop(listing.id, actor=person(name))
    session.flush()
    assert run(morning(24)) + run(morning(26)) == 0
    assert told(session, "opportunity_deadline") == []


def test_watching_by_pages_and_stopping_from_a_letter(
    session: Any, person: People, client_as: ClientAs
) -> None:
    listing, browser = a_published_opportunity(), client_as("investor")
    page, way = f"/peluang/{listing.slug}", f"/peluang/{listing.slug}/ikuti"
    pressed = browser.submit("/dasbor/diikuti", {"ikuti": str(listing.id), "kembali": page}, on=page)
    assert pressed.location == page
    assert f'href="{way}"' in browser.get(page).text
    assert "lewat surel" in browser.get("/dasbor/diikuti").text
    browser.submit("/dasbor/diikuti", {"tanpa_surel": str(listing.id)})
    assert session.scalars(select(Follower.by_mail)).one() is False
    browser.submit(way, {"by_mail": "y"})
    assert session.scalars(select(Follower.by_mail)).one() is True
    ending.withdraw(
        listing, version=the_version(listing), seen=listing.revision, reason="plans_changed", words="",
        actor=person("pemda_approver"), now=clock.now(),
    )  # fmt: skip
    letter = session.scalars(select(Delivery).where(Delivery.user_id == person("investor").user_id)).one()
    text = compose(letter, PEOPLE["investor_editor"]).get_body(("plain",)).get_content()
    assert f"http://localhost/en{way}" in text
    assert "sudah berakhir" in browser.get(way).text
    assert client_as("startup").get(way).status_code == 404
    assert browser.submit(way, {"berhenti": "1"}).location == "/dasbor/diikuti"
    assert session.scalars(select(Follower)).all() == []
