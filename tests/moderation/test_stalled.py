"""What has come to a standstill, with LAIP and with others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.rules import InterestStatus
from marketplace.moderation.rules import STALLED_DAYS, StalledKind, is_stalled
from marketplace.moderation.stalled_queries import count_waiting, list_stalled
from marketplace.opportunities.questions.rules import QuestionStatus
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity, an_opportunity, an_organisation_id
from tests.factories.questions import a_question
from tests.support.clients import PageClient

S, C, Q = InterestStatus, CollaborationStatus, QuestionStatus
ClientAs = Callable[[str], PageClient]
NOW = datetime(2026, 6, 10, 3, tzinfo=UTC)
AGES = (13, 14, 15, 16, 17, 29, 30, 31, 32)


def one_of_each(since: datetime) -> dict[StalledKind, int]:
    """An unanswered interest, an undecided match and version, a quiet introduction; and the page of each."""
    an_interest(a_published_opportunity(now=since), status=S.SENT, now=since)
    an_interest(a_published_opportunity(now=since, life=LifeStatus.WITHDRAWN), status=S.SENT, now=since)
    an_interest(a_published_opportunity(now=since), status=S.DECLINED, now=since)
    met = an_interest(a_published_opportunity(now=since), status=S.ACCEPTED, now=since)
    meeting = Collaboration(interest_id=met.id, status=C.INTRODUCED, decided_at=since)
    refused = an_interest(a_published_opportunity(now=since), status=S.ACCEPTED, now=since)
    db.session.add_all((meeting, Collaboration(interest_id=refused.id, status=C.REFUSED, decided_at=since)))
    match = an_interest(a_published_opportunity(now=since), status=S.ACCEPTED, now=since)
    an_opportunity(review=VersionStatus.SUBMITTED, now=since)
    db.session.flush()
    return {StalledKind.COLLABORATION: meeting.id, StalledKind.MATCH: match.id}


@pytest.mark.usefixtures("session")
def test_sql_finds_what_the_rule_calls_stalled() -> None:
    pages, expected = [], []
    for days in AGES:
        since = NOW - timedelta(days=days)
        pages.append(one_of_each(since))
        kinds = (StalledKind.INTEREST, StalledKind.MATCH, StalledKind.OPPORTUNITY, StalledKind.COLLABORATION)
        expected += [(kind, since) for kind in kinds if is_stalled(kind, since, NOW)]
    found = list_stalled(NOW, limit=100)
    assert sorted((item.kind, item.since) for item in found) == sorted(expected)
    assert 0 < len(expected) < 4 * len(AGES)
    assert count_waiting(NOW).stalled == len(expected)
    for item in found:
        if item.kind in pages[0]:
            assert item.id in {page[item.kind] for page in pages}
    paged = [item for offset in range(0, len(found), 3) for item in list_stalled(NOW, limit=3, offset=offset)]
    assert paged == found


@pytest.mark.usefixtures("session")
def test_several_interests_in_one_listing_are_one_line() -> None:
    since = NOW - timedelta(days=20)
    listing = a_published_opportunity(now=since)
    an_interest(listing, now=since)
    an_interest(listing, "startup", status=S.SHORTLISTED, now=since + timedelta(hours=1))
    (item,) = list_stalled(NOW, limit=10)
    assert (item.number, item.since, item.other) == (2, since, "Pemerintah Kota Bitung")
    assert item.path == f"/moderasi/organisasi/{an_organisation_id('bitung')}"
    assert count_waiting(NOW).stalled == 1


@pytest.mark.usefixtures("session")
def test_questions_past_the_day_of_their_answer_are_one_line_a_listing() -> None:
    asked, today = NOW - timedelta(days=9), NOW.date()
    listing = a_published_opportunity(now=asked)
    for days, status in ((-1, Q.ASKED), (-2, Q.ASKED), (0, Q.ASKED), (-1, Q.ANSWERED), (-1, Q.WITHDRAWN)):
        a_question(listing, status=status, asked_at=asked, due_on=today + timedelta(days=days))
    gone = a_published_opportunity(now=asked, life=LifeStatus.WITHDRAWN)
    a_question(gone, asked_at=asked, due_on=today - timedelta(days=1))
    (item,) = list_stalled(NOW, limit=10)
    assert (item.kind, item.number, item.since) == (StalledKind.QUESTION, 2, asked)
    assert item.path == f"/moderasi/organisasi/{an_organisation_id('bitung')}"
    assert count_waiting(NOW).stalled == 1
    # In Jakarta the day has begun, in which the third is overdue too.
    (item,) = list_stalled(NOW.replace(hour=17), limit=10)
    assert item.number == 3


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page(session: Any, client_as: ClientAs, language: str) -> None:
    since = clock.now() - timedelta(days=45)
    one_of_each(since)
    session.execute(
        update(Organisation)
        .where(Organisation.id == an_organisation_id("new_partner"))
        .values(status=OrganisationStatus.SUBMITTED, submitted_at=since)
    )
    a_question(a_published_opportunity(), due_on=clock.now().date() - timedelta(days=2))
    browser = client_as("moderator")
    page = browser.get(f"{language}/moderasi/macet").text
    assert ("1 pertanyaan belum dijawab" if not language else "1 question unanswered") in page
    assert "PT Baru Uji" in page
    assert f"{STALLED_DAYS} hari kerja" in page or f"{STALLED_DAYS} working days" in page
    assert ("Minat belum dijawab" if not language else "Unanswered interest") in page
    # Who is interested is the Pemda's to know until it has accepted.
    assert page.count("PT Tirta Uji") == 4
    for link in (f"/moderasi/organisasi/{an_organisation_id('bitung')}", "/dasbor/kerja-sama/"):
        assert f'href="{language}{link}' in page
    assert browser.get(f"{language}/moderasi/macet?halaman=99").status_code == 200


def test_an_empty_page_says_what_would_stand_here(client_as: ClientAs) -> None:
    assert "Tidak ada yang macet" in client_as("moderator").get("/moderasi/macet").text


def test_the_same_number_of_queries_for_three_and_thirty(client_as: ClientAs, count_queries: Any) -> None:
    browser = client_as("moderator")
    numbers = []
    for more in (1, 7):
        for _number in range(more):
            one_of_each(clock.now() - timedelta(days=45))
        browser.get("/moderasi/macet")
        with count_queries() as counted:
            browser.get("/moderasi/macet")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
