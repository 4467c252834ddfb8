"""The pages of both sides: suggestions of a listing, inviting from them, answering."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import STORED, WAITING_AT_MOST, InvitationStatus
from marketplace.interests.models import Interest
from marketplace.matching.factors import Side
from marketplace.matching.models import Dismissal, HandSuggestion
from marketplace.opportunities.models import Opportunity
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.rules import LegalForm, PartnerKind
from tests.factories.interests import OFFER, an_interest
from tests.factories.invitations import an_invitation
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.factories.suggestions import a_list
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

S = InvitationStatus
ClientAs = Callable[[str], PageClient]


def partners(number: int) -> list[int]:
    """So many verified partners."""
    made = []
    for each in range(number):
        organisation = Organisation(
            kind=OrganisationKind.PARTNER, name=f"PT Calon {each}", slug=f"pt-calon-{each}", name_key=f"pt calon {each}",
            status=OrganisationStatus.VERIFIED, created_at=clock.now(),
        )  # fmt: skip
        db.session.add(organisation)
        db.session.flush()
        profile = PartnerProfile(
            organisation_id=organisation.id, partner_kind=PartnerKind.OPERATOR, legal_name=organisation.name,
            legal_form=LegalForm.PT,
        )  # fmt: skip
        db.session.add(profile)
        made.append(organisation.id)
    db.session.flush()
    return made


@pytest.fixture
def suggested(session: Any) -> Opportunity:
    """An open listing of Bitung with two partners in its list."""
    listing = a_published_opportunity()
    named = [(an_organisation_id("investor"), 800_000), (an_organisation_id("startup"), 600_000)]
    a_list(Side.LISTING, listing.id, named)
    return listing


def test_suggestions_say_why_and_lead_to_the_partner(client_as: ClientAs, suggested: Opportunity) -> None:
    path = f"/dasbor/peluang/{suggested.id}/calon-mitra"
    page = client_as("pemda_editor").get(path)
    assert page.text.index("PT Tirta Uji") < page.text.index("PT Rintisan Uji")
    assert "/mitra/pt-tirta-uji" in page.text
    assert "dari 100" in page.text
    # What is not known stands there too, with what it could add.
    assert 'class="tt-ask"' in page.text
    assert "Bila diketahui" in page.text
    assert f"{path}/{an_organisation_id('investor')}/undang" in page.text
    seen = client_as("pemda_viewer").get(path)
    assert "PT Tirta Uji" in seen.text
    assert '/undang"' not in seen.text
    assert "/lewati" not in seen.text
    for name, home in (("pemda_editor", f"/dasbor/peluang/{suggested.id}"), ("pemda_viewer", "/dasbor")):
        assert path in client_as(name).get(home).text
        assert "PT Tirta Uji" in client_as(name).get(home).text


def test_one_press_invites_the_second_is_led_to_the_first(
    session: Any, client_as: ClientAs, suggested: Opportunity
) -> None:
    path = f"/dasbor/peluang/{suggested.id}/calon-mitra"
    target = f"{path}/{an_organisation_id('investor')}/undang"
    pemda = client_as("pemda_editor")
    assert pemda.submit(target, {}, on=path).location == path
    page = pemda.get(path).text
    assert "Undangan terkirim ke PT Tirta Uji" in page
    assert "Menunggu jawaban" in page
    # Who was asked stands among the suggestions no more.
    assert f'href="{target}"' not in page
    invitation = session.scalars(select(Invitation)).one()
    again = client_as("pemda_approver").submit(target, {"words": "Sekali lagi."}, on=path)
    assert again.location == f"/dasbor/undangan/{invitation.id}"
    assert session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_words_are_kept_where_they_are_refused(client_as: ClientAs, suggested: Opportunity) -> None:
    target = f"/dasbor/peluang/{suggested.id}/calon-mitra/{an_organisation_id('investor')}/undang"
    answer = client_as("pemda_editor").submit(target, {"words": "Hubungi 0812 3456 7890."})
    assert answer.status_code == 422
    assert "Hubungi 0812 3456 7890." in answer.text
    assert "Kontak dibuka" in answer.text


def test_too_many_are_refused_kindly(session: Any, client_as: ClientAs, suggested: Opportunity) -> None:
    for number in partners(WAITING_AT_MOST):
        an_invitation(suggested, organisation_id=number)
    path = f"/dasbor/peluang/{suggested.id}/calon-mitra"
    pemda = client_as("pemda_editor")
    assert f"{WAITING_AT_MOST} undangan menunggu jawaban" in pemda.get(path).text
    answer = pemda.submit(f"{path}/{an_organisation_id('investor')}/undang", {}, on=path)
    assert answer.status_code == 422
    assert "tetap berarti bagi mitra" in answer.text


def test_put_aside_with_a_reason_and_taken_back(
    session: Any, client_as: ClientAs, suggested: Opportunity
) -> None:
    path, number = f"/dasbor/peluang/{suggested.id}/calon-mitra", an_organisation_id("startup")
    pemda = client_as("pemda_editor")
    assert pemda.submit(f"{path}/{number}/lewati", {"words": "tanpa alasan"}).status_code == 422
    assert pemda.submit(f"{path}/{number}/lewati", {"reason": "size"}).location == path
    page = pemda.get(path).text
    assert "/mitra/pt-rintisan-uji" not in page
    assert "1 mitra disisihkan" in page
    assert "PT Rintisan Uji" in pemda.get(f"{path}/disisihkan").text
    # The other side never learns of it.
    assert session.scalars(select(Dismissal.side)).all() == [Side.LISTING]
    assert pemda.submit(f"{path}/{number}/kembali", {}, on=f"{path}/disisihkan").status_code == 302
    assert "/mitra/pt-rintisan-uji" in pemda.get(path).text


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("status", STORED)
def test_every_state_for_both_sides(client_as: ClientAs, status: S, late: bool, language: str) -> None:
    listing = a_published_opportunity()
    became = {"interest_id": an_interest(listing).id} if status is S.ACCEPTED else {}
    sent = clock.now() - timedelta(days=30 if late else 0)
    invitation = an_invitation(listing, status=status, now=sent, **became)
    for name in ("investor", "pemda_viewer"):
        page = client_as(name).get(f"{language}/dasbor/undangan/{invitation.id}")
        assert page.status_code == 200
        waits = status is S.SENT and not late
        assert (f"/dasbor/undangan/{invitation.id}/tolak" in page.text) == (waits and name == "investor")
        assert "/tarik" not in page.text
    assert (
        f"/dasbor/undangan/{invitation.id}" in client_as("investor").get(f"{language}/dasbor/undangan").text
    )
    assert client_as("startup").get(f"/dasbor/undangan/{invitation.id}").status_code == 404


def test_a_partner_accepts_by_its_own_interest(session: Any, client_as: ClientAs) -> None:
    listing, investor = a_published_opportunity(), an_organisation_id("investor")
    invitation = an_invitation(listing, words="Kami membaca **proyek** Anda.")
    session.add(TrackRecord(organisation_id=investor, title="SPAM Umbulan", place="Jawa Timur", year=2021))
    session.get(PartnerProfile, investor).capability_codes = ["fund", "operate"]
    session.flush()
    browser = client_as("investor")
    assert f"/dasbor/undangan/{invitation.id}" in browser.get("/dasbor").text
    assert "1 undangan menunggu jawaban Anda" in browser.get("/dasbor/minat").text
    form = browser.get(f"/peluang/{listing.slug}/minat").text
    assert "Kami membaca <strong>proyek</strong> Anda." in form
    assert "SPAM Umbulan, Jawa Timur, 2021" in form
    fields = {
        "version": listing.published_version_id,
        "roles": "fund",
        "offer": OFFER,
        "capacity": "Dua.",
        "kirim": "ya",
    }
    assert browser.submit(f"/peluang/{listing.slug}/minat", fields).status_code == 302
    session.refresh(invitation)
    interest = session.scalars(select(Interest)).one()
    assert (invitation.status, invitation.interest_id) == (S.ACCEPTED, interest.id)
    for path in ("/dasbor/minat-masuk", f"/dasbor/minat-masuk/{listing.id}", f"/dasbor/minat/{interest.id}"):
        assert "Dari undangan" in client_as("pemda_approver").get(path).text


def test_a_no_comes_with_its_reason(session: Any, client_as: ClientAs) -> None:
    invitation = an_invitation()
    path = f"/dasbor/undangan/{invitation.id}"
    browser = client_as("investor")
    assert browser.submit(f"{path}/tolak", {"seen": 1}).status_code == 422
    assert browser.submit(f"{path}/tolak", {"seen": 1, "reason": "other_size"}).location == path
    assert "Nilainya tidak sesuai ukuran kami" in client_as("pemda_viewer").get(path).text
    # Too late, and told by whom.
    late = client_as("pemda_editor").submit(
        f"{path}/tarik", {"seen": 1, "reason": "plan_changed"}, on="/dasbor/akun"
    )
    assert late.status_code == 409


@pytest.mark.parametrize(
    "name,path",
    [
        ("pemda_editor", "/dasbor/peluang/{listing}/calon-mitra"),
        ("pemda_editor", "/dasbor/peluang/{listing}/calon-mitra/undangan"),
        ("pemda_editor", "/dasbor/peluang/{listing}/calon-mitra/disisihkan"),
        ("investor", "/dasbor/undangan"),
        ("moderator", "/moderasi/saran"),
        ("moderator", "/moderasi/saran/mitra"),
    ],
)
def test_the_same_number_of_statements_with_three_rows_and_with_thirty(
    client_as: ClientAs, count_queries: QueryCounter, suggested: Opportunity, name: str, path: str
) -> None:
    browser, numbers = client_as(name), []
    everybody = partners(30)
    here = path.format(listing=suggested.id)
    for some in (everybody[:3], everybody[3:]):
        _rows(path, suggested, some)
        browser.get(here)
        with count_queries() as counted:
            page = browser.get(here)
        assert page.text.count("PT Calon") + page.text.count("Judul") >= 3
        numbers.append(counted.number)
    assert numbers[0] == numbers[1], counted.statements


def _rows(path: str, listing: Opportunity, some: list[int]) -> None:
    """As many rows on that page."""
    now = clock.now()
    if path.endswith("/calon-mitra"):
        db.session.add_all(
            HandSuggestion(opportunity_id=listing.id, organisation_id=each, words="Cocok.", made_at=now)
            for each in some
        )
    elif path.endswith("/calon-mitra/undangan"):
        for each in some:
            an_invitation(listing, organisation_id=each)
    elif path.endswith("/disisihkan"):
        db.session.add_all(
            Dismissal(
                side=Side.LISTING, opportunity_id=listing.id, organisation_id=each, reason="size", made_at=now
            )
            for each in some
        )
    elif path == "/dasbor/undangan":
        for number in range(len(some)):
            an_invitation(a_published_opportunity(title_id=f"Judul {number}"))
    elif path == "/moderasi/saran":
        for number in range(len(some)):
            a_list(Side.LISTING, a_published_opportunity(title_id=f"Judul {number}").id, [])
    else:
        for each in some:
            a_list(Side.PARTNER, each, [])
    db.session.flush()
