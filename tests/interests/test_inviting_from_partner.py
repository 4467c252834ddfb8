"""Inviting a partner from its own page: which of the Pemda's listings, how well it fits, what keeps it from it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.core import clock
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import WAITING_AT_MOST, InvitationStatus
from marketplace.matching.choice_models import MatchOptOut
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.interests import an_interest
from tests.factories.invitations import an_invitation
from tests.factories.opportunities import a_published_opportunity, an_opportunity, an_organisation_id
from tests.factories.suggestions import a_model
from tests.interests.test_invitation_pages import partners
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]


@pytest.fixture
def path(session: Any) -> str:
    """The page for inviting the investor; there is a model and no list that names anybody."""
    a_model()
    return f"/dasbor/mitra/{an_organisation_id('investor')}/undang"


def test_the_best_fit_stands_first_and_one_press_invites(
    session: Any, client_as: ClientAs, path: str
) -> None:
    best = a_published_opportunity(title_id="Judul pas", sector_code="water-supply")
    other = a_published_opportunity(
        title_id="Judul lain", sector_code=None, scheme_codes=[], sought_amount=None
    )
    an_opportunity(title_id="Judul draf")
    pemda = client_as("pemda_editor")
    public = pemda.get("/mitra/pt-tirta-uji").text
    assert path in public
    assert public.index("Judul pas") < public.index("Judul lain")
    assert path in pemda.get("/mitra").text
    page = pemda.get(path).text
    assert page.index("Judul pas") < page.index("Judul lain")
    assert "Judul draf" not in page
    assert page.count("dari 100") == 2
    target = f"/dasbor/peluang/{best.id}/calon-mitra/{an_organisation_id('investor')}/undang"
    words = pemda.get(f"{target}?dari=mitra").text
    assert "dari 100" in words
    assert f'href="{path}"' in words
    assert pemda.submit(target, {"dari": "mitra"}, on=path).location == path
    invitation = session.scalars(select(Invitation)).one()
    assert invitation.opportunity_id == best.id
    after = pemda.get(path).text
    assert f"/dasbor/undangan/{invitation.id}" in after
    assert f'action="{target}"' not in after
    assert f"/dasbor/peluang/{other.id}/calon-mitra" in after


@pytest.mark.parametrize("name", ["visitor", "investor", "moderator", "pemda_viewer"])
def test_nobody_else_is_offered_it(client: PageClient, client_as: ClientAs, path: str, name: str) -> None:
    reader = client if name == "visitor" else client_as(name)
    for address in ("/mitra", "/mitra/pt-tirta-uji"):
        assert path not in reader.get(address).text


def test_what_would_be_refused_is_said_instead_of_offered(client_as: ClientAs, path: str) -> None:
    investor = an_organisation_id("investor")
    interested, declined, twice, crowded, free = (a_published_opportunity() for _ in range(5))
    an_interest(interested)
    an_invitation(declined, status=InvitationStatus.DECLINED)
    for number in (1, 2):
        an_invitation(twice, status=InvitationStatus.WITHDRAWN, number=number)
    for number in partners(WAITING_AT_MOST):
        an_invitation(crowded, organisation_id=number)
    page = client_as("pemda_approver").get(path).text
    for words in (
        "sudah menyatakan minat", "sudah menjawab tidak", "sudah diundang 2 kali", "10 undangan untuk peluang ini",
    ):  # fmt: skip
        assert words in page, words
    offered = [one.id for one in (interested, declined, twice, crowded, free)
               if f'action="/dasbor/peluang/{one.id}/calon-mitra/{investor}/undang"' in page]  # fmt: skip
    assert offered == [free.id]


def test_a_partner_that_takes_no_part_is_not_invited(session: Any, client_as: ClientAs, path: str) -> None:
    listing = a_published_opportunity()
    session.add(MatchOptOut(organisation_id=an_organisation_id("investor"), made_at=clock.now()))
    session.flush()
    page = client_as("pemda_editor").get(path)
    assert "tidak ikut pencocokan" in page.text
    assert f"/dasbor/peluang/{listing.id}" not in page.text
    session.get(Organisation, an_organisation_id("investor")).status = OrganisationStatus.SUSPENDED
    session.flush()
    assert client_as("pemda_editor").get(path).status_code == 404


def test_the_same_number_of_statements_with_three_listings_and_with_thirty(
    client_as: ClientAs, count_queries: QueryCounter, path: str
) -> None:
    browser = client_as("pemda_editor")
    for address in (path, "/mitra/pt-tirta-uji"):
        numbers = []
        for more in (3, 27):
            for number in range(more):
                an_invitation(
                    a_published_opportunity(title_id=f"Judul {number}"), now=clock.now() - timedelta(days=30)
                )
            browser.get(address)
            with count_queries() as counted:
                assert browser.get(address).text.count("Judul") >= 3
            numbers.append(counted.number)
        assert numbers[0] == numbers[1], counted.statements
        assert numbers[0] <= 20, counted.statements
    assert 'rel="next"' in browser.get(path).text
