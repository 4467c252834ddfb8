"""What both sides see of a collaboration."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.interests.rules import InterestStatus
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
C = CollaborationStatus


def a_collaboration(session: Any, status: C = C.INTRODUCED) -> Collaboration:
    interest = an_interest(a_published_opportunity(), status=InterestStatus.ACCEPTED)
    reason = "partner_doubtful" if status is C.REFUSED else None
    row = Collaboration(
        interest_id=interest.id, status=status, decided_at=clock.now(), decision_reason=reason
    )
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("status", [status for status in C if status is not C.PROPOSED])
@pytest.mark.parametrize("name", ["pemda_viewer", "investor_editor", "moderator"])
def test_every_status_for_every_side(
    session: Any, client_as: ClientAs, status: C, name: str, language: str
) -> None:
    row = a_collaboration(session, status)
    page = client_as(name).get(f"{language}/dasbor/kerja-sama/{row.id}")
    assert page.status_code == 200
    assert ("555 0100" in page.text) == (status is not C.REFUSED)


@pytest.mark.parametrize(
    "name", ["startup", "other_approver", "new_pemda", "companion", "programme_owner", "alone"]
)
def test_strangers_find_nothing(session: Any, client_as: ClientAs, name: str) -> None:
    row = a_collaboration(session)
    assert client_as(name).get(f"/dasbor/kerja-sama/{row.id}").status_code == 404


def test_a_visitor_signs_in(session: Any, client: PageClient) -> None:
    row = a_collaboration(session)
    for path in ("/dasbor/kerja-sama", f"/dasbor/kerja-sama/{row.id}"):
        assert client.get(path).status_code == 302


def test_both_sides_see_the_other_office_first(session: Any, client_as: ClientAs) -> None:
    row = a_collaboration(session)
    path = f"/dasbor/kerja-sama/{row.id}"
    pemda, partner = client_as("pemda_editor").get(path).text, client_as("investor").get(path).text
    assert pemda.index("pt-tirta-uji@example.com") < pemda.index("pemerintah-kota-bitung@example.com")
    assert partner.index("pemerintah-kota-bitung@example.com") < partner.index("pt-tirta-uji@example.com")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_list_has_proposed_ones_too(session: Any, client_as: ClientAs, language: str) -> None:
    a_collaboration(session)
    waiting = an_interest(a_published_opportunity(), status=InterestStatus.ACCEPTED)
    for name in ("pemda_viewer", "investor"):
        page = client_as(name).get(f"{language}/dasbor/kerja-sama").text
        assert f"/dasbor/minat/{waiting.id}" in page
        assert ("Diusulkan" if not language else "Proposed") in page
    assert "Belum ada kerja sama" in client_as("startup").get("/dasbor/kerja-sama").text
    assert client_as("alone").get("/dasbor/kerja-sama").status_code == 404
    assert client_as("moderator").get("/dasbor/kerja-sama").status_code == 404


def test_the_same_number_of_queries_for_three_and_thirty(
    session: Any, client_as: ClientAs, count_queries: Any
) -> None:
    browser = client_as("investor")
    numbers = []
    for more in (3, 27):
        for _number in range(more):
            a_collaboration(session)
        browser.get("/dasbor/kerja-sama")
        with count_queries() as counted:
            browser.get("/dasbor/kerja-sama")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
