"""What waits comes first, for every kind of person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from marketplace.core import clock
from marketplace.interests.rules import InterestStatus
from marketplace.opportunities.rules import VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.pages.waiting import heading
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity, an_opportunity, an_organisation_id
from tests.personas import PEOPLE
from tests.support.clients import PageClient

S = InterestStatus
ClientAs = Callable[[str], PageClient]


def test_a_visitor_signs_in(client: PageClient) -> None:
    assert client.get("/dasbor").status_code == 302


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", list(PEOPLE))
def test_everybody_has_one(client_as: ClientAs, name: str, language: str) -> None:
    assert client_as(name).get(f"{language}/dasbor").status_code == 200


def test_the_heading_counts_in_words(session: Any) -> None:
    assert heading(0) == "Tidak ada yang menunggu Anda"
    assert heading(3) == "Tiga hal menunggu Anda"
    assert heading(9) == "Sembilan hal menunggu Anda"
    assert heading(12) == "12 hal menunggu Anda"


def test_a_pemda_approver(client_as: ClientAs) -> None:
    now = clock.now()
    an_interest(a_published_opportunity(), now=now - timedelta(days=12))
    an_opportunity(review=VersionStatus.IN_APPROVAL, title_id="Pasar cerdas")
    old = now - timedelta(days=100)
    a_published_opportunity(now=old, closes_on=(now - timedelta(days=3)).date(), title_id="Parkir cerdas")
    page = client_as("pemda_approver").get("/dasbor").text
    assert "Tiga hal menunggu Anda" in page
    assert "Jawab minat PT Tirta Uji" in page
    assert "Setujui Pasar cerdas" in page
    assert "Catat hasil Parkir cerdas" in page
    # The one that waited past the promise is the urgent one, and only that one is warm.
    assert page.count("btn-warm") == 1
    assert page.index("Jawab minat") < page.index("Setujui Pasar")


def test_an_editor_has_only_what_an_editor_may(client_as: ClientAs) -> None:
    an_opportunity(review=VersionStatus.IN_APPROVAL, title_id="Pasar cerdas")
    an_opportunity("bitung", review=VersionStatus.RETURNED, title_id="Sampah cerdas")
    page = client_as("pemda_editor").get("/dasbor").text
    assert "Satu hal menunggu Anda" in page
    assert "Perbaiki Sampah cerdas" in page
    assert "Tidak ada yang menunggu Anda" in client_as("pemda_viewer").get("/dasbor").text


def test_many_interests_are_told_in_one_sentence(client_as: ClientAs) -> None:
    for _number in range(6):
        an_interest(a_published_opportunity())
    page = client_as("pemda_editor").get("/dasbor").text
    assert "Empat hal menunggu Anda" in page
    assert "3 minat lain menunggu jawaban" in page


def test_a_partner(client_as: ClientAs) -> None:
    an_interest(a_published_opportunity(), status=S.MORE_INFO, asked="Berapa liter?")
    an_interest(a_published_opportunity(), status=S.DRAFT)
    an_interest(a_published_opportunity(), status=S.DECLINED, decision_reason="partner_found")
    page = client_as("investor").get("/dasbor").text
    assert "Dua hal menunggu Anda" in page
    assert "Jawab pertanyaan Pemerintah Kota Bitung" in page
    assert "Berapa liter?" in page
    assert "Alasan: Sudah ada mitra" in page
    assert "/dasbor/minat-masuk" not in page


@pytest.mark.parametrize(
    "status,words",
    [(OrganisationStatus.REGISTERED, "Ajukan PT"), (OrganisationStatus.NEEDS_INFO, "Lengkapi PT")],
)
def test_an_unfinished_organisation(session: Any, client_as: ClientAs, status: Any, words: str) -> None:
    session.execute(
        update(Organisation).where(Organisation.id == an_organisation_id("new_partner")).values(status=status)
    )
    page = client_as("new_partner").get("/dasbor").text
    assert "Satu hal menunggu Anda" in page
    assert words in page


def test_a_moderator_sees_the_queue(client_as: ClientAs) -> None:
    an_interest(status=S.ACCEPTED)
    page = client_as("moderator").get("/dasbor").text
    assert "Satu hal menunggu Anda" in page
    assert "/moderasi/penjodohan/" in page


def test_alone_is_invited_to_register(client_as: ClientAs) -> None:
    assert "/dasbor/organisasi/baru" in client_as("alone").get("/dasbor").text


@pytest.mark.parametrize("name", ["pemda_approver", "investor", "moderator"])
def test_the_same_number_of_queries_for_three_and_thirty(
    client_as: ClientAs, count_queries: Any, name: str
) -> None:
    browser = client_as(name)
    numbers = []
    for more in (3, 27):
        for number in range(more):
            an_interest(a_published_opportunity(), status=list(S)[number % 3 + 1])
            an_interest(a_published_opportunity(), status=S.ACCEPTED)
        browser.get("/dasbor")
        with count_queries() as counted:
            browser.get("/dasbor")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]


def test_tabs_count_what_waits_in_two_statements(client_as: ClientAs, count_queries: Any) -> None:
    an_interest()
    browser = client_as("pemda_editor")
    page = browser.get("/dasbor/kabar").text
    assert 'tt-badge-warm">1<' in page
    with count_queries() as counted:
        browser.get("/dasbor/kabar")
    of_tabs = [statement for statement in counted.statements if "interests" in statement]
    assert len(of_tabs) == 2, counted.statements
