"""Interests side by side: choosing whom, what stands in the columns, and steps with several."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import insert

from marketplace.audit import actions as audit
from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.core.actor import VISITOR, Actor, OrganisationKind
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.files.rules import ScanStatus
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.opportunities.models import Opportunity, OpportunityDocument
from marketplace.opportunities.rules import DocumentAccess
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.rules import LegalForm, PartnerKind
from tests.factories.interests import OFFER, an_interest
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.support.clients import PageClient

S = InterestStatus
ClientAs = Callable[[str], PageClient]


def a_partner(number: int, **profile: Any) -> int:
    """One more verified partner; its number."""
    organisation = Organisation(
        kind=OrganisationKind.PARTNER, status=OrganisationStatus.VERIFIED, name=f"PT Banding {number}",
        name_key=f"banding {number}", slug=f"pt-banding-{number}", created_at=clock.now(),
    )  # fmt: skip
    db.session.add(organisation)
    db.session.flush()
    values = {
        "partner_kind": PartnerKind.OPERATOR,
        "legal_form": LegalForm.PT,
        "legal_name": organisation.name,
    }
    db.session.execute(insert(PartnerProfile).values(organisation_id=organisation.id, **values, **profile))
    return organisation.id


def some_interests(opportunity: Opportunity, number: int, **values: Any) -> list[Interest]:
    """Interests of so many partners in one opportunity."""
    made = []
    for index in range(number):
        interest = Interest(
            opportunity_id=opportunity.id, version_id=opportunity.published_version_id or 0, status=S.SENT,
            organisation_id=a_partner(index), roles=["operate"], offer=OFFER, created_at=clock.now(),
            sent_at=clock.now() - timedelta(minutes=number - index), capacity="Dua.", **values,
        )  # fmt: skip
        db.session.add(interest)
        made.append(interest)
    db.session.flush()
    return made


def base(opportunity: Opportunity) -> str:
    return f"/dasbor/minat-masuk/{opportunity.id}"


def chosen(interests: list[Interest]) -> str:
    return "&".join(f"pilih={each.id}" for each in interests)


def test_the_columns_say_what_is_known(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity(must_haves_id=["Izin usaha air minum", "Pernah mengelola SPAM"])
    interest = an_interest(
        opportunity, ticket_amount=1_000_000, ticket_currency="USD", must_answers=["Ada sejak 2019.", ""]
    )
    other = an_interest(opportunity, "startup", S.SHORTLISTED)
    profile = session.get(PartnerProfile, interest.organisation_id)
    profile.usd_rate, profile.usd_rate_on, profile.ticket_max_usd = 16_000, date(2026, 11, 3), 31_250_000
    profile.hub_id_cohort, profile.region_codes = "Angkatan 4", ["33"]
    session.add(
        TrackRecord(
            organisation_id=interest.organisation_id, title="SPAM Uji", year=2021, evidence_words="BA 7"
        )
    )
    earlier = an_interest(a_published_opportunity(), status=S.ACCEPTED)
    session.add(
        Collaboration(interest_id=earlier.id, status=CollaborationStatus.INTRODUCED, decided_at=clock.now())
    )
    audit.record(
        "organisation:verified", actor=VISITOR, now=clock.now(), object_kind="organisation",
        object_id=interest.organisation_id,
    )  # fmt: skip
    session.flush()
    page = client_as("pemda_approver").get(base(opportunity)).text
    for words in (
        "kira-kira Rp16 miliar", "kurs Rp16.000, 3 November 2026", "Angkatan 4",
        "Menjawab 1 dari 2 syarat", "Ada sejak 2019.", "belum dijawab", "1 proyek", "1 dengan bukti",
        "1 kali, 1 kali dengan Anda", "sejak ", "Peluang ini tanpa dokumen", "Sektor sama",
        "Nilai dalam kisaran", "Skema sama", "Semua tingkat kesiapan", "Profil mitra: Jawa Tengah", "dari 100",
    ):  # fmt: skip
        assert words in page, words
    assert f'action="/dasbor/minat/{other.id}/terima"' in page
    english = client_as("pemda_approver").get(f"/en{base(opportunity)}").text
    assert "Answers 1 of 2 must-haves" in english


@pytest.mark.parametrize(
    "status,until", [(OrganisationStatus.SUSPENDED, None), (OrganisationStatus.VERIFIED, -1)]
)
def test_why_accept_is_not_offered(
    session: Any, client_as: ClientAs, status: OrganisationStatus, until: int | None
) -> None:
    opportunity = a_published_opportunity()
    interest = an_interest(opportunity)
    partner = session.get(Organisation, interest.organisation_id)
    partner.status = status
    partner.valid_until = clock.now().date() + timedelta(days=until - 1) if until else None
    approver = client_as("pemda_approver")
    page = approver.get(base(opportunity)).text
    assert f"/dasbor/minat/{interest.id}/terima" not in page
    word = "ditangguhkan" if until is None else "verifikasi kedaluwarsa"
    assert f"Belum dapat diterima: {word}" in page
    own = approver.get(f"/dasbor/minat/{interest.id}").text
    assert f"/dasbor/minat/{interest.id}/terima" not in own
    assert "baru dapat diterima sesudah verifikasinya pulih" in own
    assert f"/dasbor/minat/{interest.id}/daftar-pendek" in own


def test_a_suspended_pemda_compares_and_reads_why_it_cannot_answer(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    interest = an_interest(opportunity)
    an_interest(opportunity, "startup")
    session.get(Organisation, an_organisation_id("bitung")).status = OrganisationStatus.SUSPENDED
    approver = client_as("pemda_approver")
    page = approver.get(base(opportunity)).text
    assert "Menjawabnya terbuka lagi sesudah verifikasi pulih" in page
    assert 'name="pilih"' not in page
    assert f"/dasbor/minat/{interest.id}/terima" not in page
    assert approver.get(f"{base(opportunity)}/tolak?pilih={interest.id}").status_code == 403


def test_more_than_six_are_chosen_from_and_the_choice_is_an_address(
    client: PageClient, client_as: ClientAs
) -> None:
    opportunity = a_published_opportunity()
    made = some_interests(opportunity, 8)
    editor = client_as("pemda_editor")
    away = editor.get(base(opportunity))
    assert (away.status_code, away.location) == (302, f"{base(opportunity)}/pilih")
    assert editor.get(away.location).text.count('name="pilih"') == 8
    seven = editor.get(f"{base(opportunity)}?{chosen(made[:7])}")
    assert seven.status_code == 302
    page = editor.get(seven.location).text
    assert "7 minat dicentang" in page
    assert page.count(" checked") == 7
    address = f"{base(opportunity)}?{chosen(made[2:5])}"
    three = editor.get(address).text
    assert "Bandingkan 3 minat" in three
    assert [name for name in range(8) if f">PT Banding {name}</a></b>" in three] == [2, 3, 4]
    led = client.get(address)
    target = parse_qs(urlsplit(led.location).query)["next"][0]
    assert (led.status_code, target) == (302, address)


def test_the_choice_goes_along_from_page_to_page(client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    made = some_interests(opportunity, 23)
    editor = client_as("pemda_editor")
    first = editor.get(f"{base(opportunity)}/pilih").text
    assert 'name="halaman" value="2"' in first
    second = editor.get(f"{base(opportunity)}/pilih?halaman=2&{chosen(made[:2])}").text
    assert "Dicentang di halaman lain" in second
    assert second.count(" checked") == 2
    strange = editor.get(f"{base(opportunity)}?pilih=abc&pilih=99999999&pilih=0&pilih={'9' * 30}")
    assert strange.status_code == 302
    assert editor.get(f"{base(opportunity)}/tolak?{chosen(made)}").status_code == 302


def test_the_same_number_of_queries_for_two_columns_and_six(client_as: ClientAs, count_queries: Any) -> None:
    opportunity = a_published_opportunity()
    made = some_interests(opportunity, 30)
    browser = client_as("pemda_editor")
    for paths in (
        [f"{base(opportunity)}?{chosen(made[:number])}" for number in (2, 6)],
        [f"{base(opportunity)}/{step}?{chosen(made[:n])}" for step in ("tanya", "tolak") for n in (2, 20)],
        [f"{base(opportunity)}/pilih?{chosen(made[:number])}" for number in (1, 30)],
    ):
        numbers = []
        for path in paths:
            browser.get(path)
            with count_queries() as counted:
                assert browser.get(path).status_code == 200
            numbers.append(counted.number)
        assert len(set(numbers)) == 1, (paths[0], numbers)
        assert numbers[0] <= 20, numbers


def test_steps_lead_back_to_those_that_stood_beside(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second, _third = some_interests(opportunity, 3)
    compared = {"banding": [str(first.id), str(second.id)]}
    address = f"{base(opportunity)}?{chosen([first, second])}"
    done = client_as("pemda_editor").submit(
        f"/dasbor/minat/{first.id}/daftar-pendek", {"seen": "1", **compared}, on=address
    )
    assert done.location == address
    session.refresh(first)
    assert first.status is S.SHORTLISTED


def test_one_question_to_two(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second, third = some_interests(opportunity, 3)
    path = f"{base(opportunity)}/tanya?{chosen([first, second])}&banding={first.id}&banding={second.id}&banding={third.id}"
    fields = {"minat": [f"{first.id}.1", f"{second.id}.1", f"{third.id}.1"]}
    editor = client_as("pemda_editor")
    empty = editor.submit(path, {**fields, "question": " "})
    assert (empty.status_code, "Tulis yang ingin Anda tanyakan" in empty.text) == (422, True)
    done = editor.submit(path, {**fields, "question": "Kapan mulai?"})
    assert (done.status_code, done.location) == (302, f"{base(opportunity)}?{chosen([first, second, third])}")
    assert "Pertanyaan terkirim kepada 2 mitra" in editor.get(done.location).text
    for interest, status in ((first, S.MORE_INFO), (second, S.MORE_INFO), (third, S.SENT)):
        session.refresh(interest)
        assert interest.status is status


def test_no_to_two_is_read_before_it_is_sent(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second = some_interests(opportunity, 2)
    path = f"{base(opportunity)}/tolak?{chosen([first, second])}"
    fields: dict[str, Any] = {
        "minat": [f"{first.id}.1", f"{second.id}.1"], "words": "Terima kasih.", f"kata-{first.id}": "Kapasitas <b>Anda</b>.",
        "langkah": "periksa",
    }  # fmt: skip
    editor = client_as("pemda_editor")
    unreasoned = editor.submit(path, fields)
    assert (unreasoned.status_code, "Pilih alasannya" in unreasoned.text) == (422, True)
    assert "Kapasitas &lt;b&gt;Anda&lt;/b&gt;." in unreasoned.text
    long = editor.submit(path, {**fields, "reason": "capacity", f"kata-{second.id}": "x" * 501})
    assert (long.status_code, "paling banyak 500 huruf" in long.text) == (422, True)
    fields["reason"] = "capacity"
    review = editor.submit(path, fields).text
    for words in (
        "Inilah yang dibaca 2 mitra",
        "PT Banding 0",
        "PT Banding 1",
        "Alasan: Kapasitas belum cukup.",
    ):
        assert words in review
    assert review.count("<p>Terima kasih.</p>") == 2
    back = editor.submit(path, {**fields, "langkah": "ubah"}).text
    assert "Kapasitas &lt;b&gt;Anda&lt;/b&gt;." in back
    session.refresh(first)
    assert first.status is S.SENT
    done = editor.submit(path, {**fields, "langkah": "kirim"})
    assert done.status_code == 302
    assert "2 minat tidak dilanjutkan" in editor.get(done.location).text
    late = editor.submit(path, {**fields, "langkah": "kirim"}, on=base(opportunity))
    assert late.status_code == 409
    assert "Sudah diputuskan Joko Rumondor" in late.text


def test_those_decided_meanwhile_are_named_and_the_others_go_through(
    session: Any, client_as: ClientAs
) -> None:
    opportunity = a_published_opportunity()
    first, second = some_interests(opportunity, 2)
    first.status, first.revision = S.ACCEPTED, 2
    session.flush()
    path = f"{base(opportunity)}/tolak?{chosen([first, second])}"
    fields = {"minat": [f"{first.id}.1", f"{second.id}.1"], "reason": "capacity", "langkah": "kirim"}
    page = client_as("pemda_editor").submit(path, fields)
    assert page.status_code == 200
    assert "1 minat tidak ikut" in page.text
    assert "PT Banding 0" in page.text
    session.refresh(second)
    assert second.status is S.DECLINED


def test_a_viewer_compares_and_has_no_buttons(client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second = some_interests(opportunity, 2)
    viewer = client_as("pemda_viewer")
    page = viewer.get(base(opportunity)).text
    assert "Bandingkan 2 minat" in page
    assert 'name="pilih"' not in page
    assert f"/dasbor/minat/{second.id}/terima" not in page
    assert viewer.get(f"{base(opportunity)}/tanya?pilih={first.id}").status_code == 403


def test_opened_documents_are_those_of_the_partners_own_people(client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, _second = some_interests(opportunity, 2)
    studies = [a_document(opportunity, title) for title in ("Studi dibuka", "Studi lain")]
    for _time in range(2):
        audit.record(
            "opportunity:document_opened", actor=Actor(user_id=1), now=clock.now(), object_kind="opportunity",
            object_id=opportunity.id, details={"document": studies[0], "organisation": first.organisation_id},
        )  # fmt: skip
    page = client_as("pemda_editor").get(base(opportunity)).text
    assert (page.count("1 dari 2"), page.count("Studi dibuka"), page.count("Studi lain")) == (1, 1, 0)


def a_document(opportunity: Opportunity, title: str) -> int:
    """A document of the published version; its number."""
    blob = Blob(
        sha256="0" * 64, size=9, media_type="application/pdf", original_name="studi.pdf", storage_key=f"x/{title}",
        created_at=clock.now(), scan_status=ScanStatus.UNSCANNED,
    )  # fmt: skip
    db.session.add(blob)
    db.session.flush()
    document = OpportunityDocument(
        version_id=opportunity.published_version_id or 0, blob_id=blob.id, title=title,
        access=DocumentAccess.PUBLIC, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    return document.id


def test_one_alone_has_its_own_page_and_leads_back_too(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    made = some_interests(opportunity, 2)
    editor = client_as("pemda_editor")
    for step in ("tanya", "tolak"):
        away = editor.get(
            f"{base(opportunity)}/{step}?pilih={made[0].id}&banding={made[0].id}&banding={made[1].id}"
        )
        assert (away.status_code, f"/dasbor/minat/{made[0].id}/{step}?banding=" in away.location) == (
            302,
            True,
        )
    done = editor.submit(away.location, {"seen": "1", "reason": "capacity"})
    assert done.location == f"{base(opportunity)}?{chosen(made)}"


def test_what_changed_since_it_was_shown_is_not_declined_unread(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first, second = some_interests(opportunity, 2)
    path = f"{base(opportunity)}/tolak?{chosen([first, second])}"
    shown = {"minat": [f"{first.id}.1", f"{second.id}.1"], "reason": "capacity"}
    first.revision = 2
    editor = client_as("pemda_editor")
    assert f'name="minat" value="{first.id}.1"' in editor.submit(path, {**shown, "langkah": "periksa"}).text
    sent = editor.submit(path, {**shown, "langkah": "kirim"})
    assert "Isinya berubah sejak Anda membukanya" in sent.text
    session.refresh(first)
    assert first.status is S.SENT
