"""One queue of three kinds, the decision on a match, and the audit trail."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.interests.rules import InterestStatus
from marketplace.moderation.queue_queries import list_queue
from marketplace.moderation.rules import QueueKind
from marketplace.moderation.stalled_queries import count_waiting
from marketplace.opportunities.rules import VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity, an_opportunity, an_organisation_id
from tests.support.clients import PageClient

S = InterestStatus
ClientAs = Callable[[str], PageClient]


def one_of_each(session: Any) -> None:
    """An organisation, a listing and a match, submitted one after another."""
    now = clock.now()
    session.execute(
        update(Organisation)
        .where(Organisation.id == an_organisation_id("new_partner"))
        .values(status=OrganisationStatus.SUBMITTED, submitted_at=now - timedelta(days=10))
    )
    an_opportunity(review=VersionStatus.SUBMITTED, now=now)
    an_interest(status=S.ACCEPTED, now=now - timedelta(days=1))


def test_the_three_kinds_and_their_count(session: Any) -> None:
    one_of_each(session)
    an_interest(a_published_opportunity(), status=S.SENT)
    items = list_queue(clock.now(), limit=10)
    assert items[0].kind is QueueKind.ORGANISATION
    assert {item.kind for item in items} == set(QueueKind)
    counted = {kind: sum(1 for item in items if item.kind is kind) for kind in QueueKind}
    assert count_waiting(clock.now()).counts == counted == dict.fromkeys(QueueKind, 1)


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page(session: Any, client_as: ClientAs, language: str) -> None:
    one_of_each(session)
    page = client_as("moderator").get(f"{language}/moderasi").text
    assert ("3 keputusan menunggu" if not language else "3 decisions are waiting") in page
    assert ("1 lewat janji layanan" if not language else "1 past the service promise") in page
    assert "PT Baru Uji" in page
    only = client_as("moderator").get(f"{language}/moderasi/penjodohan").text
    assert "PT Baru Uji" not in only
    assert "× PT Tirta Uji" in only
    assert client_as("moderator").get(f"{language}/moderasi/peluang?halaman=99").status_code == 200


def test_the_tabs_count_what_waits(session: Any, client_as: ClientAs) -> None:
    one_of_each(session)
    an_interest(a_published_opportunity(), now=clock.now() - timedelta(days=30))
    browser = client_as("moderator")
    for path in (
        "/moderasi",
        "/moderasi/organisasi",
        "/moderasi/peluang",
        "/moderasi/penjodohan",
        "/moderasi/macet",
    ):
        page = browser.get(path).text
        found = re.findall(
            r'<li><a href="(/moderasi[^"]*)"( aria-current="page")?>[^<]+<span class="tt-badge[^"]*">(\d+)',
            page,
        )
        assert {url: number for url, _current, number in found} == {
            "/moderasi": "3", "/moderasi/organisasi": "1", "/moderasi/peluang": "1", "/moderasi/penjodohan": "1",
            "/moderasi/macet": "1",
        }  # fmt: skip
        assert [url for url, current, _number in found if current] == [path]


def test_an_empty_queue_says_what_comes_next(client_as: ClientAs) -> None:
    assert "Tidak ada yang menunggu" in client_as("moderator").get("/moderasi").text


@pytest.mark.parametrize(
    "path", ["/moderasi", "/moderasi/jejak", "/moderasi/macet", "/moderasi/penjodohan/{}"]
)
def test_closed_to_all_but_moderators(client: PageClient, client_as: ClientAs, path: str) -> None:
    path = path.format(an_interest(status=S.ACCEPTED).id)
    assert client.get(path).status_code == 302
    assert client_as("programme_owner").get(path).status_code == 403
    for name in ("pemda_owner", "investor", "startup", "companion", "alone"):
        assert client_as(name).get(path).status_code == 404
    assert client_as("moderator").get(path).status_code == 200


def test_the_same_number_of_queries_for_three_and_thirty(client_as: ClientAs, count_queries: Any) -> None:
    browser = client_as("moderator")
    numbers = []
    for more in (1, 9):
        for _number in range(more):
            an_interest(a_published_opportunity(), status=S.ACCEPTED)
            an_interest(a_published_opportunity("madiun"), "startup", status=S.ACCEPTED)
            an_opportunity(review=VersionStatus.SUBMITTED)
        browser.get("/moderasi")
        with count_queries() as counted:
            browser.get("/moderasi")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]


def test_introduces(session: Any, client_as: ClientAs) -> None:
    interest = an_interest(status=S.ACCEPTED)
    moderator = client_as("moderator")
    path = f"/moderasi/penjodohan/{interest.id}"
    page = moderator.get(path).text
    assert "SPAM Bitung, demonstrasi × PT Tirta Uji" in page
    answer = moderator.submit(path, {"seen": "1", "langkah": "perkenalkan"})
    assert answer.status_code == 302
    row = session.execute(select(Collaboration)).scalar_one()
    assert row.status is CollaborationStatus.INTRODUCED
    after = moderator.get(path).text
    assert "Diperkenalkan" in after
    assert 'value="perkenalkan"' not in after


def test_refuses_with_a_reason_only(session: Any, client_as: ClientAs) -> None:
    interest = an_interest(status=S.ACCEPTED)
    moderator = client_as("moderator")
    path = f"/moderasi/penjodohan/{interest.id}"
    bare = moderator.submit(path, {"seen": "1", "langkah": "tolak", "words": "Tulisan saya"})
    assert bare.status_code == 422
    assert "Pilih alasannya" in bare.text
    assert "Tulisan saya" in bare.text
    alone = moderator.submit(path, {"seen": "1", "langkah": "tolak", "reason": "other"})
    assert alone.status_code == 422
    assert session.scalar(select(func.count()).select_from(Collaboration)) == 0
    done = moderator.submit(path, {"seen": "1", "langkah": "tolak", "reason": "conflict_of_interest"})
    assert done.status_code == 302
    row = session.execute(select(Collaboration)).scalar_one()
    for name in ("pemda_viewer", "investor"):
        page = client_as(name).get(f"/dasbor/kerja-sama/{row.id}").text
        assert "Ada benturan kepentingan" in page
        assert "555 0100" not in page


def test_the_second_moderator_is_told_who_was_first(client_as: ClientAs) -> None:
    interest = an_interest(status=S.ACCEPTED)
    path = f"/moderasi/penjodohan/{interest.id}"
    second = client_as("moderator_b")
    second.get(path)
    assert client_as("moderator").submit(path, {"seen": "1", "langkah": "perkenalkan"}).status_code == 302
    late = second.submit(
        path, {"seen": "1", "langkah": "tolak", "reason": "other", "words": "x"}, on="/dasbor/akun"
    )
    assert late.status_code == 409
    assert "Sudah diputuskan Maya Lestari" in late.text


def test_what_is_not_accepted_is_no_match(client_as: ClientAs) -> None:
    interest = an_interest()
    assert client_as("moderator").get(f"/moderasi/penjodohan/{interest.id}").status_code == 404
    assert client_as("moderator").get(f"/moderasi/penjodohan/{2**63}").status_code == 404


def test_a_suspended_side_is_named_on_the_page(session: Any, client_as: ClientAs) -> None:
    interest = an_interest(status=S.ACCEPTED)
    session.get(Organisation, interest.organisation_id).status = OrganisationStatus.SUSPENDED
    path = f"/moderasi/penjodohan/{interest.id}"
    answer = client_as("moderator").submit(path, {"seen": "1", "langkah": "perkenalkan"})
    assert answer.status_code == 422
    assert "PT Tirta Uji tidak terverifikasi sekarang, jadi kontaknya tidak dapat dibuka" in answer.text
    assert session.scalar(select(func.count()).select_from(Collaboration)) == 0
